import { describe, expect, it } from 'vitest';
import {
  applyPatch,
  type AppSnapshot,
  type SnapshotPatch,
  type SnapshotSlices,
} from '../../../src/shared/contract/snapshot';
import { NO_ALERTS } from '../../../src/shared/contract/alerts';
import { HEARTBEAT_MS, SnapshotHub } from '../../../src/main/snapshot/hub';
import { FakeClock } from '../../support/fakeClock';

const banner = (id: string) => ({ id, level: 'info' as const, message: id, dismissible: true });
const slices: SnapshotSlices = {
  app: {
    version: '0',
    mode: 'demo',
    keyPlan: 'none',
    theme: 'system',
    motion: 'system',
    language: 'system',
    startedAtMs: 0,
    dataDir: '',
    runtime: {},
    testBuild: false,
  },
  verdict: { level: 'starting', finding: { kind: 'told' }, sentence: '', cause: null, sinceMs: 0 },
  collectors: [],
  databases: [],
  hosts: [],
  banners: [],
  operations: [],
  alerts: NO_ALERTS,
};

function bench() {
  const clock = new FakeClock();
  const hub = new SnapshotHub(clock, slices);
  const patches: SnapshotPatch[] = [];
  hub.onPatch((patch) => patches.push(patch));
  return { clock, hub, patches };
}

describe('SnapshotHub', () => {
  it('sends at most four patches a second, however much changes', async () => {
    const { clock, hub, patches } = bench();
    for (let step = 0; step < 100; step += 1) {
      hub.replace('banners', [banner(`b${step}`)]);
      await clock.advance(10);
    }
    expect(patches.length).toBeGreaterThanOrEqual(3);
    expect(patches.length).toBeLessThanOrEqual(4);
  });

  it('rebuilds the same snapshot from patches as from a fresh full one', async () => {
    const { clock, hub, patches } = bench();
    let mine: AppSnapshot | null = hub.current();
    patches.length = 0;
    for (let step = 0; step < 20; step += 1) {
      hub.replace('banners', [banner(`b${step}`)]);
      await clock.advance(100);
    }
    for (const patch of patches) mine = mine && applyPatch(mine, patch);
    const { version: _, atMs: __, ...full } = hub.current();
    const last = patches.at(-1);
    mine = mine && last && mine.version === last.from ? applyPatch(mine, last) : mine;
    expect({ ...mine, version: 0, atMs: 0 }).toEqual({ ...full, version: 0, atMs: 0 });
  });

  it('tells a receiver that missed a patch to ask again', () => {
    const { hub } = bench();
    const stale = hub.current();
    expect(applyPatch(stale, { from: stale.version + 1, to: stale.version + 2, atMs: 0, slices: {} })).toBeNull();
  });

  it('sends a heartbeat when nothing changes, so that silence means trouble', async () => {
    const { clock, patches } = bench();
    await clock.advance(HEARTBEAT_MS * 3);
    expect(patches).toHaveLength(3);
    expect(patches.every((patch) => Object.keys(patch.slices).length === 0)).toBe(true);
  });

  it('is silent while nobody watches and sends everything missed at once afterwards', async () => {
    const { clock, hub, patches } = bench();
    hub.setWatched(false);
    hub.replace('banners', [banner('a')]);
    await clock.advance(60_000);
    expect(patches).toHaveLength(0);
    hub.setWatched(true);
    await clock.advance(1);
    expect(patches).toHaveLength(1);
    expect(patches[0]?.slices.banners).toEqual([banner('a')]);
  });

  it('makes patches for a follower while nobody watches, and none once it has gone', async () => {
    const { clock, hub } = bench();
    hub.setWatched(false);
    const heard: SnapshotPatch[] = [];
    const leave = hub.follow((patch) => heard.push(patch));
    hub.replace('banners', [banner('a')]);
    await clock.advance(1_000);
    expect(heard.map(({ slices: { banners } }) => banners?.map(({ id }) => id))).toEqual([['a']]);
    leave();
    leave();
    hub.replace('banners', [banner('b')]);
    await clock.advance(HEARTBEAT_MS * 2);
    expect(heard).toHaveLength(1);
    expect(clock.pendingTimers).toBe(0);
  });
});
