import { App } from 'cdk8s';
import { synthesize } from './without-rules';
import { homelab } from '../../examples/homelab/chart';

const app = new App();
homelab(app);
synthesize(app);
