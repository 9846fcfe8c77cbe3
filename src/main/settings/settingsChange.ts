// What a change of the settings comes to: the saved ones with the change in them, and what has to begin anew because of it. Pure.
import type { SettingsChange } from '../../shared/contract/settings';
import type { Settings } from '../../shared/domain/settings';

/** Read each time they are needed; everything else is read once, when an engine starts. */
const READ_LATE: ReadonlySet<keyof Settings> = new Set([
  'retention',
  'notifications',
  'doors',
  'updates',
  'window',
  'appearance',
]);

/** Not validated yet: whatever the change holds, it ends up in its place. */
export function changed(saved: Settings, change: SettingsChange): unknown {
  return merged(saved, change);
}

/**
 * True when an engine that goes by `before` must start anew to go by `after`.
 * @param replaced sections that it does not go by
 */
export function needsRestart(before: Settings, after: Settings, replaced: readonly (keyof Settings)[] = []): boolean {
  return (Object.keys(after) as (keyof Settings)[]).some(
    (section) =>
      !READ_LATE.has(section) &&
      !replaced.includes(section) &&
      JSON.stringify(before[section]) !== JSON.stringify(after[section]),
  );
}

function merged(present: unknown, change: unknown): unknown {
  if (!isRecord(change)) return change;
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  const base = isRecord(present) ? present : {};
  return {
    ...base,
    ...Object.fromEntries(
      entries.map(([key, value]) => [key, merged(Object.hasOwn(base, key) ? base[key] : undefined, value)]),
    ),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
