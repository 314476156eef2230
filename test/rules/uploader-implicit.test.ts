import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';

escapeHatch('uploader-implicit', usual => () =>
  usual.object('Deployment', 'velero').addJsonPatch(JsonPatch.replace('/spec/template/spec/containers/0/args', ['server'])));
