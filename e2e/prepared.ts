import { Tools } from './host/tools';

/** What the machine has prepared for the cluster. */
export interface Prepared {
  readonly tools: Tools;
  /** Archives of images. */
  readonly images: string[];
}

const VARIABLE = 'E2E_PREPARED';

/** The variable that hands it to the processes in the namespaces. */
export function asEnvironment(what: Prepared): { [name: string]: string } {
  return { [VARIABLE]: JSON.stringify(what) };
}

/** Whether this process runs in the namespaces of a cluster. */
export function isInCluster(): boolean {
  return process.env[VARIABLE] !== undefined;
}

/** What was handed over. */
export function prepared(): Prepared {
  const value = process.env[VARIABLE];
  if (value === undefined) {
    throw new Error(`${VARIABLE}: not set; scenarios run by npm run e2e, in the namespaces of a cluster`);
  }
  return JSON.parse(value) as Prepared;
}
