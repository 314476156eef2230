import { Availability } from './availability';
import { OWN_NODE_AGENT_FLAGS } from './node-agent-flags';
import { PROGRAM_FLAGS } from './program-flags';
import { OWN_SERVER_FLAGS } from './server-flags';

/** How the value of a flag is written: Go's flag types. A list is separated by commas, a map is `provider:name,provider:name`. */
export type FlagType = 'bool' | 'int' | 'float' | 'duration' | 'string' | 'list' | 'map';

/** A command line flag of a Velero program. An unknown one ends the program with exit code 1, so that its pod never starts. */
export interface Flag extends Availability {
  /** Without dashes. */
  readonly name: string;
  readonly type: FlagType;

  /** As Go prints it; empty when nothing is set. */
  readonly default: string;

  /** The values accepted, where Velero lists them. */
  readonly values?: readonly string[];

  /** What to do instead, where Velero calls the flag deprecated. */
  readonly deprecated?: string;

  /** Release, file and line of the registration. */
  readonly source: string;
}

/** Every flag that `velero server` takes in some release. */
export const SERVER_FLAGS: readonly Flag[] = [...OWN_SERVER_FLAGS, ...PROGRAM_FLAGS];

/** Every flag that `velero node-agent server` takes in some release. */
export const NODE_AGENT_FLAGS: readonly Flag[] = [...OWN_NODE_AGENT_FLAGS, ...PROGRAM_FLAGS];
