import { olderDefinition, pruned, replacedSchedule } from './rules/delivery';
import { failValidation } from './rules/filters';
import { lastStatus } from './rules/monitoring';
import { longName, ownedBackups, wrongCrons, wrongFields } from './rules/schedules';
import { expectKnownMetrics } from '../fixture/metrics';
import { scenario } from '../fixture/scenario';
import { timed } from '../progress';

const APPLICATION = 'shop';
const SCHEDULE = `tier0-${APPLICATION}`;

/** 1.17.2 takes one backup after the other, and has no queue in which they would wait. */
scenario('rules about schedules, Velero 1.17.2', async cluster => {
  const installation = await timed('  install', () => cluster.installVelero({ version: '1.17.2', uploader: 'kopia', applications: [APPLICATION] }));
  await cluster.namespace(APPLICATION);
  await timed('  filters and policies', () => failValidation(cluster, installation, SCHEDULE, APPLICATION));
  await timed('  crons', () => wrongCrons(cluster, installation, SCHEDULE));
  await timed('  name', () => longName(cluster, installation, SCHEDULE));
  await timed('  fields', () => wrongFields(cluster, installation, SCHEDULE));
  const later = [
    await timed('  owner', () => ownedBackups(cluster, installation, SCHEDULE)),
    await timed('  alert', () => lastStatus(cluster, installation, SCHEDULE)),
    await timed('  replaced', () => replacedSchedule(cluster, installation, SCHEDULE)),
  ];
  await timed('  a minute later', () => Promise.all(later.map(look => look())));
  await timed('  metrics', () => expectKnownMetrics(cluster, installation));
  await timed('  older definition', () => olderDefinition(cluster, installation));
  await timed('  pruned', () => pruned(cluster, installation));
});
