import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';

escapeHatch('restic-removed', usual => () =>
  usual.object('Deployment', 'velero').addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/args/-', '--uploader-type=restic')));
