import { JsonPatch } from 'cdk8s';
import { escapeHatch } from './escape-hatch';

escapeHatch('skip-immediately', usual => () => usual.object('Schedule', 'nightly').addJsonPatch(JsonPatch.replace('/spec/skipImmediately', true)));
