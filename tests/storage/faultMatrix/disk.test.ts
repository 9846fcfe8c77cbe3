import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, expect } from 'vitest';
import type { StoreOptions } from '../../../src/main/storage/store';
import { bundleProgram } from '../support/bundle';
import { holdLock } from '../support/holder';
import { breakDisk, buildFaultyDisk, type DiskFault, diskEnvironment } from './support/faultyDisk';
import { growDisk, immutableObstacle, makeImmutable, mountObstacle, mountSmallDisk } from './support/machine';
import type { SceneOptions } from './support/scene';
import { type ConditionalDrill, drillAll } from './support/subject';
import { DISK_FAULTS } from './table/disk';

const tools = mkdtempSync(join(tmpdir(), 'poolwatch-disk-'));
afterAll(() => rmSync(tools, { recursive: true, force: true }));
const program = await bundleProgram('../faultMatrix/support/storeHost.ts', tools);
const library = buildFaultyDisk(tools);

/** The parts that are named lie on a small disk of their own. */
function onSmallDisk(size: string, ...parts: readonly ('file' | 'spoolDir')[]): SceneOptions['place'] {
  return (options) => {
    const disk = join(dirname(options.file), 'disk');
    mkdirSync(disk);
    mountSmallDisk(disk, size);
    const moved = Object.fromEntries(parts.map((part) => [part, join(disk, basename(options[part]))]));
    return { ...options, ...moved };
  };
}

const diskOf = (path: string): string => dirname(path);

/** Leaves less room than one batch needs. Returns what makes room. */
function fill(disk: string): () => void {
  const ballast = join(disk, 'ballast');
  for (let bytes = 1 << 20; bytes >= 1 << 10; bytes >>= 1) {
    try {
      for (;;) writeFileSync(ballast, Buffer.alloc(bytes), { flag: 'a' });
    } catch {
      // Full for this size; a smaller one may still fit.
    }
  }
  return () => {
    rmSync(ballast);
    growDisk(disk, '20m');
  };
}

async function untilLogIsFull({ write }: { write(rows: number): Promise<unknown> }): Promise<void> {
  for (let batch = 0; batch < 5; batch += 1) await write(100);
}

function onFaultyDisk(fault: DiskFault): ConditionalDrill {
  return {
    obstacle: library === null ? 'there is no C compiler to build a misbehaving disk' : null,
    host: { program, env: (folder) => diskEnvironment(library ?? '', folder, 'market.db') },
    inject: ({ folder }) => breakDisk(folder, fault),
  };
}

drillAll('the disk', DISK_FAULTS, {
  '6': {
    obstacle: mountObstacle,
    place: onSmallDisk('2m', 'file'),
    async inject(scene) {
      const lift = fill(diskOf(scene.options.file));
      await untilLogIsFull({ write: (rows) => scene.write(rows) });
      return lift;
    },
    during: async ({ store }) => expect(await store.countPools()).toBeGreaterThan(0),
  },
  '6 spool': {
    obstacle: mountObstacle,
    place: onSmallDisk('1m', 'spoolDir'),
    async inject({ options }) {
      const makeRoom = fill(diskOf(options.spoolDir));
      const holder = await holdLock(options.file, 'write');
      return async () => {
        makeRoom();
        await holder.release();
      };
    },
  },
  '6 both': {
    obstacle: mountObstacle,
    place: onSmallDisk('2m', 'file', 'spoolDir'),
    async inject(scene) {
      const lift = fill(diskOf(scene.options.file));
      await untilLogIsFull({ write: (rows) => scene.write(rows) });
      return lift;
    },
  },
  '7': { obstacle: immutableObstacle, closed: true, inject: ({ options }) => makeImmutable(options.file) },
  '8': {
    obstacle: immutableObstacle,
    place(options: StoreOptions) {
      const folder = join(dirname(options.file), 'data');
      mkdirSync(folder);
      return { ...options, file: join(folder, basename(options.file)) };
    },
    closed: true,
    inject: ({ options }) => makeImmutable(dirname(options.file)),
  },
  '9': { obstacle: immutableObstacle, inject: ({ options }) => makeImmutable(options.file) },
  '34': onFaultyDisk('eio-write'),
  '35': onFaultyDisk('eio-sync'),
  '37': {
    ...onFaultyDisk('slow-sync'),
    async during({ store }) {
      expect((await store.status()).commitLatency.maxMs).toBeGreaterThanOrEqual(200);
    },
  },
});
