import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';

escapeHatch('unreadable-field', usual => () => usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.replace('/spec/template/ttl', 720)));
