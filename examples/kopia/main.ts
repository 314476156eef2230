import { App } from 'cdk8s';
import { kopia } from './chart';

const app = new App();
kopia(app);
app.synth();
