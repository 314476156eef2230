/* eslint-disable @typescript-eslint/no-require-imports -- an import would load all of them at once */
import type * as configMaps from './config-maps';
import type * as definitions from './definitions';
import type * as flags from './flags';
import type * as metrics from './metrics';
import type * as plugins from './plugins';
import type * as volumePolicies from './volume-policies';

/** The large tables, each loaded on first use: most apps need few of them, and everyone who imports the library waits for its files. */
export const tables = {
  configMaps: (): typeof configMaps => require('./config-maps'),
  definitions: (): typeof definitions => require('./definitions'),
  flags: (): typeof flags => require('./flags'),
  metrics: (): typeof metrics => require('./metrics'),
  plugins: (): typeof plugins => require('./plugins'),
  volumePolicies: (): typeof volumePolicies => require('./volume-policies'),
};
