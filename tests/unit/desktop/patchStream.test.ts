import { beforeEach, describe, expect, it } from 'vitest';
import { PatchStream } from '../../../src/main/desktop/ipc/patchStream';
import type { AppSnapshot, SnapshotPatch, SnapshotSlices } from '../../../src/shared/contract/snapshot';
import type { ShownSnapshot } from '../../../src/shared/contract/shownSnapshot';
import { applyPatchText, shownSnapshot } from '../../../src/shared/contract/snapshotWire';
import { fakeCollector, healthySnapshot } from '../renderer/support/fakeSnapshot';

const NOW_MS = Date.UTC(2026, 10, 28);
const dexes = fakeCollector('dexes', NOW_MS);
const start: AppSnapshot = { ...healthySnapshot(NOW_MS), collectors: [dexes] };

let sent: string[];
let stream: PatchStream;
beforeEach(() => {
  sent = [];
  stream = new PatchStream((text) => sent.push(text), start.collectors);
  stream.begin();
});

function patch(from: number, slices: Partial<SnapshotSlices>): SnapshotPatch {
  return { from, to: from + 1, atMs: NOW_MS + from, slices };
}

/** What a page has that began with the first version. */
function page(): ShownSnapshot | null {
  return sent.reduce<ShownSnapshot | null>(
    (snapshot, text) => snapshot && applyPatchText(snapshot, text),
    shownSnapshot(start),
  );
}

describe('what a window is told', () => {
  it('waits until the page has taken what is under way, and is then one patch with all of it', () => {
    stream.add(patch(1, { collectors: [{ ...dexes, cause: 'one' }] }), true);
    stream.add(patch(2, { hosts: [] }), true);
    stream.add(patch(3, { collectors: [{ ...dexes, cause: 'two' }] }), true);
    expect(sent).toHaveLength(1);
    stream.taken();
    stream.flush();
    expect(sent).toHaveLength(2);
    expect(page()).toMatchObject({ version: 4, hosts: [], collectors: [{ cause: 'two' }] });
  });

  it('is nothing while nobody watches, and all of it with one patch afterwards', () => {
    stream.add(patch(1, { collectors: [{ ...dexes, cause: 'one' }] }), false);
    stream.add(patch(2, { banners: [] }), false);
    expect(sent).toEqual([]);
    stream.flush();
    expect(page()).toMatchObject({ version: 3, banners: [], collectors: [{ cause: 'one' }] });
  });

  it('is nothing before the page has asked for all there is, and nothing of what it was given then', () => {
    const fresh = new PatchStream((text) => sent.push(text), []);
    fresh.add(patch(0, { collectors: start.collectors }), true);
    fresh.flush();
    expect(sent).toEqual([]);
    fresh.begin();
    fresh.flush();
    expect(sent).toEqual([]);
    fresh.add(patch(1, { collectors: [{ ...dexes, cause: 'one' }] }), true);
    expect(page()).toMatchObject({ version: 2, collectors: [{ cause: 'one' }] });
  });

  it('goes on with a page that has begun anew, and takes nothing that was sent to it before', () => {
    stream.add(patch(1, { collectors: [{ ...dexes, cause: 'one' }] }), true);
    stream.add(patch(2, { collectors: [{ ...dexes, cause: 'two' }] }), true);
    sent = [];
    stream.begin();
    stream.add(patch(3, { hosts: [] }), true);
    const begunAnew: ShownSnapshot = { ...shownSnapshot(start), version: 3 };
    expect(sent.map((text) => applyPatchText(begunAnew, text)?.version)).toEqual([4]);
  });
});
