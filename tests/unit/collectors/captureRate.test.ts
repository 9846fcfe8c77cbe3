import { describe, expect, it } from 'vitest';
import { capturePoll, reachesBack } from '../../../src/main/collectors/captureRate';
import type { DiscoveryPollRow } from '../../../src/shared/domain/poolHistory';
import { pool, T0 } from '../../storage/support/sampleRows';

const MINUTE_MS = 60_000;

/** `count` launches, one every `everyMs`, the newest at `newestMs`. */
const launches = (count: number, newestMs: number, everyMs: number) =>
  Array.from({ length: count }, (_, n) => pool(n, { createdAtMs: newestMs - n * everyMs }));

const look = (pools: ReturnType<typeof launches>, reachedEnd = false) => ({
  networkId: 'solana',
  observedAtMs: T0,
  pages: 2,
  pools,
  reachedEnd,
});

const before = (newestCreatedAtMs: number | null, observedAtMs = T0 - 5 * MINUTE_MS): DiscoveryPollRow => ({
  ...capturePoll({ ...look([]), observedAtMs }, null),
  newestCreatedAtMs,
});

describe('the share of launches that were seen', () => {
  it('cannot be told at the first look', () => {
    const poll = capturePoll(look(launches(40, T0, 2_000)), null);
    expect(poll).toMatchObject({ capturePct: null, missedEstimate: null, previousAtMs: null, freshPools: 40 });
    expect(poll).toMatchObject({ newestCreatedAtMs: T0, oldestCreatedAtMs: T0 - 78_000, launchesPerMinute: '30' });
  });

  it('is everything when the list reaches back to the look before', () => {
    const poll = capturePoll(look(launches(40, T0, 2_000)), before(T0 - 60_000));
    expect(poll).toMatchObject({ capturePct: 100, missedEstimate: 0, freshPools: 30 });
  });

  it('is less when it does not, by what the pace of the listed ones makes likely', () => {
    // 40 launches in 78 s are listed; four minutes before them nobody looked, at 30 a minute.
    const poll = capturePoll(look(launches(40, T0, 2_000)), before(T0 - 78_000 - 4 * MINUTE_MS));
    expect(poll).toMatchObject({ freshPools: 40, missedEstimate: 120, capturePct: 25 });
  });

  it('is everything when the list has an end, unless launches may have left it again', () => {
    const few = launches(3, T0, MINUTE_MS);
    expect(capturePoll(look(few, true), before(null)).capturePct).toBe(100);
    expect(capturePoll(look([], true), before(T0 - MINUTE_MS)).capturePct).toBe(100);
    const twoDays = before(T0 - 49 * 60 * MINUTE_MS, T0 - 49 * 60 * MINUTE_MS);
    expect(capturePoll(look(few, true), twoDays).capturePct).toBeLessThan(1);
  });

  it('is not made up where launches have no times', () => {
    const timeless = launches(5, T0, 1_000).map((row) => ({ ...row, createdAtMs: null }));
    expect(capturePoll(look(timeless), before(T0 - MINUTE_MS))).toMatchObject({
      capturePct: null,
      missedEstimate: null,
      newestCreatedAtMs: T0 - MINUTE_MS,
    });
  });

  it('never moves its mark back', () => {
    expect(capturePoll(look(launches(2, T0 - 60_000, 1_000)), before(T0)).newestCreatedAtMs).toBe(T0);
  });

  it('knows when paging has met the look before', () => {
    expect(reachesBack(launches(20, T0, 1_000), before(T0 - 10_000))).toBe(true);
    expect(reachesBack(launches(20, T0, 1_000), before(T0 - 60_000))).toBe(false);
    expect(reachesBack(launches(20, T0, 1_000), null)).toBe(false);
  });
});
