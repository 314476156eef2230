import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';

escapeHatch('acknowledgement-idle', usual => () =>
  usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.add('/metadata/annotations/cdk8s-velero~1acknowledge.skip-immediately', 'for fun')));
