// Which entries the palette shows for what was typed, in which order. Pure.
import { fuzzyScore } from './fuzzy';
import { type PaletteAction, PALETTE_GROUPS } from './paletteAction';
import { t } from '../../texts/texts';

export interface PaletteSection {
  readonly title: string;
  readonly actions: readonly PaletteAction[];
}

/** Lifts what was used lately above its equals, never above what fits better. */
const RECENT_BONUS = 0.5;
const KEYWORD_SHARE = 0.5;

/**
 * Nothing typed: what was used lately first, then everything by group. Else one list, the best first.
 * @param recent ids, the latest first
 * @param most entries at most; the rest is found by typing more
 */
export function findActions(
  actions: readonly PaletteAction[],
  typed: string,
  recent: readonly string[],
  most: number,
): readonly PaletteSection[] {
  const sections =
    typed.trim() === '' ? grouped(actions, recent) : [{ title: '', actions: best(actions, typed, recent) }];
  let left = most;
  return sections.flatMap((section) => {
    const shown = section.actions.slice(0, left);
    left -= shown.length;
    return shown.length === 0 ? [] : [{ ...section, actions: shown }];
  });
}

function grouped(actions: readonly PaletteAction[], recent: readonly string[]): readonly PaletteSection[] {
  const lately = recent.flatMap((id) => actions.filter((action) => action.id === id));
  const others = actions.filter((action) => !lately.includes(action));
  return [
    { title: t('palette.usedLately'), actions: lately },
    ...PALETTE_GROUPS.map((group) => ({
      title: t(`palette.group.${group}`),
      actions: others.filter((action) => action.group === group),
    })),
  ];
}

function best(actions: readonly PaletteAction[], typed: string, recent: readonly string[]): readonly PaletteAction[] {
  return actions
    .flatMap((action) => {
      const score = scoreOf(action, typed);
      return score === null ? [] : [{ action, score: score + (recent.includes(action.id) ? RECENT_BONUS : 0) }];
    })
    .toSorted((a, b) => b.score - a.score)
    .map(({ action }) => action);
}

/** What stands in the title weighs more than what only describes it. */
function scoreOf({ title, group, keywords = '' }: PaletteAction, typed: string): number | null {
  const all = fuzzyScore(typed, `${title} ${t(`palette.group.${group}`)} ${keywords}`);
  if (all === null) return null;
  return fuzzyScore(typed, title) ?? all * KEYWORD_SHARE;
}
