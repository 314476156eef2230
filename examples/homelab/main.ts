import { App } from 'cdk8s';
import { homelab } from './chart';

const app = new App();
homelab(app);
app.synth();
