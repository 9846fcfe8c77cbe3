// One entry of the settings as a field: where it lies, how it is read from text and written as text. Pure. What is allowed is for
// the program to say; here it is only made sure that there is a value at all.
import type { SettingsChange } from '../../../../../shared/contract/settings';
import type { Settings } from '../../../../../shared/domain/settings';
import { readAmount, writeAmount } from '../../../../../shared/util/metricAmount';
import { assertNever } from '../../../../../shared/util/assertNever';
import { t } from '../../../texts/texts';

/** `days` and `optional_count` may be empty: for ever, and as the program thinks best. */
export type FieldKind = 'duration' | 'count' | 'optional_count' | 'share' | 'days' | 'flag';

export interface SettingField {
  /** Names of the entries on the way to it, with dots. */
  readonly path: string;
  readonly label: () => string;
  readonly kind: FieldKind;
  readonly hint?: () => string;
}

export type ReadField = { readonly value: unknown } | { readonly problem: string };

const EMPTY_FLAG = 'true';

export function writeField(kind: FieldKind, value: unknown): string {
  if (value === null) return '';
  // Flags that a file leaves out are on.
  if (value === undefined) return kind === 'flag' ? EMPTY_FLAG : '';
  if (kind === 'flag') return String(value === true);
  return writeAmount(value as number, unitOf(kind));
}

export function readField(kind: FieldKind, text: string): ReadField {
  if (kind === 'flag') return { value: text === 'true' };
  const isEmpty = text.trim() === '';
  if (isEmpty && (kind === 'days' || kind === 'optional_count')) return { value: null };
  const value = readAmount(text, unitOf(kind));
  return value === null ? { problem: t(`settings.problem.${kind}`) } : { value };
}

function unitOf(kind: Exclude<FieldKind, 'flag'>): 'ms' | 'count' | 'share' {
  switch (kind) {
    case 'duration':
      return 'ms';
    case 'share':
      return 'share';
    case 'count':
    case 'optional_count':
    case 'days':
      return 'count';
    default:
      return assertNever(kind);
  }
}

/** What lies at a path; undefined where the settings leave it out. */
export function valueAt(settings: Settings, path: string): unknown {
  return path.split('.').reduce<unknown>((within, name) => {
    return typeof within === 'object' && within !== null ? (within as Record<string, unknown>)[name] : undefined;
  }, settings);
}

/** One change that holds all of them. */
export function changeOf(values: ReadonlyMap<string, unknown>): SettingsChange {
  const change: Record<string, unknown> = {};
  for (const [path, value] of values) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let within = change;
    for (const name of names) within = (within[name] ??= {}) as Record<string, unknown>;
    within[last] = value;
  }
  return change as SettingsChange;
}
