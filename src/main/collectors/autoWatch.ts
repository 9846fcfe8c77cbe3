// Which pools join the watchlist by themselves: those whose signal scored high enough of late, best first, within a daily limit.
// A pool that a person removed does not come back.
import {
  groupsText,
  parseGroups as sentences,
  type WatchCandidate,
  type WatchlistRow,
} from '../../shared/domain/watchlist';
import type { CollectContext } from './collector';

const DAY_MS = 86_400_000;

/** A score is about the moment: an older one has nothing to say. */
const SCORE_AGE_MS = 3_600_000;

/** Name of the group that they are put into. */
const GROUP = 'signals';

export async function autoAdded({
  clock,
  read,
  settings,
}: Pick<CollectContext, 'clock' | 'read' | 'settings'>): Promise<readonly WatchlistRow[]> {
  const { enabled, minScore, perDay } = settings.watchlist.autoAdd;
  if (!enabled) return [];
  const nowMs = clock.wallMs();
  const { candidates, autoAdded: added } = await read('watchlist.candidates', {
    minScore,
    sinceMs: nowMs - SCORE_AGE_MS,
    addedSinceMs: nowMs - DAY_MS,
    limit: perDay,
  });
  return candidates.slice(0, Math.max(0, perDay - added)).map((candidate) => toRow(candidate, minScore, nowMs));
}

function toRow(candidate: WatchCandidate, minScore: number, nowMs: number): WatchlistRow {
  const { id, networkId, address, dexId, symbol, name, baseTokenId, score, reasons } = candidate;
  return {
    id,
    networkId,
    address,
    symbol,
    name,
    dexId,
    tokenAddress: baseTokenId === null ? null : baseTokenId.slice(networkId.length + 1),
    groups: groupsText([GROUP]),
    note: '',
    active: 1,
    addedBy: 'auto',
    addedAtMs: nowMs,
    score,
    reasons: JSON.stringify([
      `its signal scored ${score.toFixed(1)}, ${minScore} are asked for`,
      ...sentences(reasons),
    ]),
    updatedAtMs: nowMs,
  };
}
