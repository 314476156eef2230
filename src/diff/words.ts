import { type GoDuration, withoutSecrets } from '../model';

/** `168h (7 d)`: hours as Velero has them, and days where people think in days. */
export function hours(seconds: number): string {
  const days = seconds / 86_400;
  const text = [['h', 3600], ['m', 60], ['s', 1]] as const;
  let rest = seconds;
  const parts = text.map(([unit, size]) => {
    const amount = unit === 's' ? Math.round(rest * 1000) / 1000 : Math.floor(rest / size);
    rest -= amount * size;
    return amount === 0 ? '' : `${amount}${unit}`;
  }).join('');
  return Number.isInteger(days) && days >= 2 ? `${parts} (${days} d)` : parts || '0s';
}

/** A duration that somebody wrote; as it stands there when Go cannot read it. */
export function durationText(duration: GoDuration | undefined, otherwise: string): string {
  return duration === undefined ? otherwise : duration.seconds === undefined ? JSON.stringify(duration.text) : hours(duration.seconds);
}

/** `1 schedule`, `2 schedules` */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

const LISTED = 6;

/** `a, b, c and 4 more`, without what is secret in a URL. */
export function listed(names: readonly string[], most = LISTED): string {
  const told = names.slice(0, names.length <= most ? most : most - 1).map(withoutSecrets).join(', ');
  return names.length <= most ? told : `${told} and ${names.length - most + 1} more`;
}

const LONGEST = 60;

/** The same in an order that is not that of the files. */
export function namesText(named: readonly { readonly name: string }[], most = LISTED): string {
  return listed(named.map(({ name }) => name).sort(), most);
}

/** A value that should be a text or a number, and may be anything. */
export function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value) ?? '';
}

/** A value of a field, short: nobody reads a certificate in a list of changes. Without what is secret in a URL. */
export function shown(value: unknown): string {
  if (value === undefined) {
    return 'nothing';
  }
  const plainText = typeof value === 'string' ? withoutSecrets(value) : '';
  const text = /^[\w./:@…-]+$/.test(plainText) ? plainText : JSON.stringify(value, (_, each) => typeof each === 'string' ? withoutSecrets(each) : each);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `a → b` */
export function arrow(from: unknown, to: unknown): string {
  return `${shown(from)} → ${shown(to)}`;
}
