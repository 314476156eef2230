import { tell } from '../progress';
import { childrenOf, groupOf } from './processes';

/** Exit codes of what a signal ended. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

type Signal = keyof typeof SIGNALS;

const POLL_MS = 100;

let received: Signal | undefined;

/** The processes that know: one interrupt is enough. */
const interrupted = new Set<number>();

/**
 * From now on a signal does not end this process at once: it interrupts the commands that this process runs, also those that begin later, so that
 * they fail and whoever waits for them undoes on the way out what was begun.
 */
export function endInOrder(): void {
  // After SIGHUP there is no terminal any more, and that must not end this process either.
  [process.stdout, process.stderr].forEach(stream => stream.on('error', () => { /* nobody reads it */ }));
  onSignal(signal => {
    if (received === undefined) {
      received = signal;
      tell(`${signal}: ends, and undoes what is begun`);
      interruptChildren();
      setInterval(() => interruptChildren(), POLL_MS);
    }
  });
}

/** Does something more at a signal. */
export function onSignal(work: (signal: Signal) => void): void {
  (Object.keys(SIGNALS) as Signal[]).forEach(signal => process.on(signal, () => work(signal)));
}

/** Refuses to begin what no command is needed for, after a signal. */
export function refuseAfterSignal(): void {
  if (received !== undefined) {
    throw new Error(`ended by ${received}`);
  }
}

/** The exit code of this process: that of the signal, if there was one. */
export function exitCode(code: number): number {
  return received === undefined ? code : SIGNALS[received];
}

/**
 * As Ctrl-C at the terminal does: not below a command with a group of its own. SIGINT, because apt-get lets dpkg finish then. Go does not wait for
 * its compilers, so they come first.
 */
function interruptChildren(of = process.pid): void {
  for (const child of childrenOf(of)) {
    if (groupOf(child) === groupOf(process.pid)) {
      interruptChildren(child);
    }
    if (!interrupted.has(child)) {
      interrupted.add(child);
      interrupt(child);
    }
  }
}

function interrupt(id: number): void {
  try {
    process.kill(id, 'SIGINT');
  } catch {
    // It has ended meanwhile.
  }
}
