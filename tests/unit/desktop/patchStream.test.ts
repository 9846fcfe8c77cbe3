import { beforeEach, describe, expect, it } from 'vitest';
import { PatchStream } from '../../../src/main/desktop/ipc/patchStream';
import type { AppSnapshot, SnapshotPatch, SnapshotSlices } from '../../../src/shared/contract/snapshot';
import { applyPatchText } from '../../../src/shared/contract/snapshotWire';
import { fakeCollector, healthySnapshot } from '../renderer/support/fakeSnapshot';

const NOW_MS = Date.UTC(2026, 10, 28);
const dexes = fakeCollector('dexes', NOW_MS);
const start: AppSnapshot = { ...healthySnapshot(NOW_MS), collectors: [dexes] };

let sent: string[];
let stream: PatchStream;
beforeEach(() => {
  sent = [];
  stream = new PatchStream((text) => sent.push(text), start.collectors);
});

function patch(from: number, slices: Partial<SnapshotSlices>): SnapshotPatch {
  return { from, to: from + 1, atMs: NOW_MS + from, slices };
}

/** What a page has that began with the first version. */
function page(): AppSnapshot | null {
  return sent.reduce<AppSnapshot | null>((snapshot, text) => snapshot && applyPatchText(snapshot, text), start);
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

  it('is not lost when a page takes nothing because it has begun anew', () => {
    stream.add(patch(1, {}), true);
    stream.add(patch(2, {}), true);
    stream.taken();
    stream.flush();
    stream.flush();
    expect(sent).toHaveLength(2);
  });
});
