import { baselineNamespace, neverStart, shellInImage } from './rules/programs';
import { homelessServer, lostNodeAgent, rollingUpdate, taintedNode, wrongServer } from './rules/saving-programs';
import { Savings } from '../fixture/savings';
import { scenario } from '../fixture/scenario';
import { timed } from '../progress';

const APPLICATION = 'shop';
/** Has a repository of its own. */
const ATTIC = 'attic';
const SCHEDULE = `tier0-${APPLICATION}`;

scenario('rules about programs, Velero 1.18.3', async cluster => {
  const installation = await timed('  install', () => cluster.installVelero({ version: '1.18.3', uploader: 'kopia', applications: [APPLICATION, ATTIC] }));
  await cluster.namespace(APPLICATION);
  await cluster.namespace(ATTIC);
  const savings = new Savings(cluster, installation, APPLICATION);
  await savings.start();
  const atticSavings = new Savings(cluster, installation, ATTIC);
  await atticSavings.start();
  await timed('  homeless server', () => homelessServer(cluster, installation, atticSavings));
  await timed('  node-agent', () => lostNodeAgent(cluster, installation, savings));
  await timed('  server', () => wrongServer(cluster, installation, savings));
  await timed('  rolling update', () => rollingUpdate(cluster, installation, SCHEDULE));
  await timed('  never start', () => neverStart(cluster, installation));
  await timed('  shell', () => shellInImage(cluster, installation));
  await timed('  namespace', () => baselineNamespace(cluster, installation));
  await timed('  tainted node', () => taintedNode(cluster, installation, savings));
});
