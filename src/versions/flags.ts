import { Availability } from './capabilities';

/** How the value of a flag is written: Go's flag types. */
export type FlagType = 'bool' | 'int' | 'float' | 'duration' | 'string' | 'list' | 'map';

/** A command line flag of a Velero program. */
export interface Flag extends Availability {
  readonly name: string;
  readonly type: FlagType;
  readonly default: string;
  readonly source: string;
}

export const SERVER_FLAGS: Flag[] = [];
export const NODE_AGENT_FLAGS: Flag[] = [];
