import { collidingSchedules, incompleteHooks } from './rules/hooks';
import { withoutPods } from './rules/restores';
import { foreignNodeAgent, implicitUploader, savedScratch, unsavedVolumes } from './rules/volumes';
import { deployment } from '../fixture/application';
import { scenario } from '../fixture/scenario';
import { timed } from '../progress';

const APPLICATION = 'shop';
const SCHEDULE = `tier0-${APPLICATION}`;

/** 1.16.2 copies volumes without pods of their own, which takes less time. */
scenario('rules about volumes, Velero 1.16.2', async cluster => {
  const installation = await timed('  install', () => cluster.installVelero({ version: '1.16.2', uploader: 'kopia', applications: [APPLICATION] }));
  await cluster.namespace(APPLICATION);
  await timed('  application', () => cluster.run(...deployment(APPLICATION)));
  await timed('  scratch volumes', () => savedScratch(cluster, installation, SCHEDULE, APPLICATION));
  await timed('  node-agent of another user', () => foreignNodeAgent(cluster, installation, SCHEDULE, APPLICATION));
  await timed('  unsaved volumes', () => unsavedVolumes(cluster, installation, SCHEDULE));
  await timed('  incomplete hooks', () => incompleteHooks(cluster, installation, SCHEDULE));
  await timed('  colliding schedules', () => collidingSchedules(cluster, installation, SCHEDULE));
  await timed('  implicit uploader', () => implicitUploader(cluster, installation, SCHEDULE));
  await timed('  restores without pods', () => withoutPods(cluster, installation, SCHEDULE, APPLICATION));
});
