// The verdict in the language of the window. What only an incident can say comes in the words of the engine.
import type { VerdictSlice } from '../../../../shared/contract/snapshot';
import { assertNever } from '../../../../shared/util/assertNever';
import { t } from '../../texts/texts';

export interface VerdictWords {
  readonly sentence: string;
  readonly cause: string | null;
}

export function verdictWords({ finding, sentence, cause }: VerdictSlice): VerdictWords {
  switch (finding.kind) {
    case 'told':
      return { sentence, cause };
    case 'starting':
    case 'collecting_first':
    case 'well':
    case 'all_paused':
      return { sentence: t(`now.finding.${finding.kind}`), cause };
    case 'some_paused':
      return { sentence: t('now.finding.some_paused', { titles: finding.titles.join(', ') }), cause };
    case 'collectors_down':
      return {
        sentence: ofCollectors(finding.titles, 'now.finding.collectors_down', 'now.finding.several_down'),
        cause,
      };
    case 'collectors_ailing':
      return {
        sentence: ofCollectors(finding.titles, 'now.finding.collectors_ailing', 'now.finding.several_ailing'),
        cause,
      };
    case 'locked':
      return {
        sentence: t('now.finding.locked', { database: finding.database, who: whoHolds(finding.holder) }),
        cause: t('now.finding.meanwhile'),
      };
    case 'read_only':
    case 'failed':
    case 'spooling':
    case 'database_ailing':
      return { sentence: t(`now.finding.${finding.kind}`, { database: finding.database }), cause };
    default:
      return assertNever(finding);
  }
}

function ofCollectors(
  titles: readonly string[],
  one: 'now.finding.collectors_down' | 'now.finding.collectors_ailing',
  several: 'now.finding.several_down' | 'now.finding.several_ailing',
): string {
  return t(titles.length > 1 ? several : one, { titles: titles.join(', ') });
}

function whoHolds(holder: { readonly program: string | null; readonly pid: number } | null): string {
  if (holder === null) return t('now.anotherProgram');
  return t('now.finding.process', { program: holder.program ?? t('now.finding.aProgram'), pid: holder.pid });
}
