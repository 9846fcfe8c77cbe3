// Steps that look at this machine: the program itself, its folder, the disk, the spool, backups, logs, crashes, proxies.
import { constants } from 'node:fs';
import { access, open, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { formatBytes, formatDuration, formatQuantity } from '../../../shared/util/format';
import { crashFolder, listCrashDumps } from '../../logging/crashDumps';
import { listLogStreams } from '../../logging/logFiles';
import { logFolder } from '../../logging/readLog';
import type { Store } from '../../storage/store';
import { type DiagnosticStep, found } from '../step';

const HOUR_MS = 60 * 60_000;
/** A day, and time for a backup that waits for a quiet moment. */
const BACKUP_EXPECTED_WITHIN_MS = 26 * HOUR_MS;
const LITTLE_SPACE_BYTES = 2 * 1_024 ** 3;
const NO_SPACE_BYTES = 256 * 1_024 ** 2;
const RECENT_CRASH_MS = 7 * 24 * HOUR_MS;
const PROXY_VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'];

const runtime: DiagnosticStep = {
  id: 'runtime',
  capMs: 1_000,
  look: ({ appVersion, testBuild, runtime: versions }) => {
    const facts = { poolwatch: appVersion, ...versions, platform: process.platform, arch: process.arch };
    return Promise.resolve(
      testBuild
        ? found(
            'notice',
            'This build uses a runtime that is only for tests.',
            facts,
            'Use a released package for daily work.',
          )
        : found('ok', `Poolwatch ${appVersion} on ${process.platform}.`, facts),
    );
  },
};

const addon: DiagnosticStep = {
  id: 'addon',
  capMs: 2_000,
  async look({ monitor }) {
    const { sqlite, nodeApi } = await monitor.read('addon.about', null);
    return found('ok', `It is loaded and works: SQLite ${sqlite}.`, { sqlite, nodeApi });
  },
};

const dataFolder: DiagnosticStep = {
  id: 'data_folder',
  capMs: 2_000,
  async look({ profileDir, monotonicMs }) {
    const probe = join(profileDir, `.diagnostics-probe-${process.pid}`);
    await access(profileDir, constants.R_OK | constants.W_OK);
    const beganMs = monotonicMs();
    try {
      const file = await open(probe, 'w');
      try {
        await file.write(Buffer.alloc(4_096));
        await file.sync();
      } finally {
        await file.close();
      }
    } finally {
      await rm(probe, { force: true });
    }
    const syncMs = Math.round(monotonicMs() - beganMs);
    return found('ok', `It can be written, and a write is safe on disk after ${formatDuration(syncMs)}.`, { syncMs });
  },
};

const disk: DiagnosticStep = {
  id: 'disk',
  capMs: 2_000,
  async look({ profileDir }) {
    const volume = await statfs(profileDir);
    const freeBytes = volume.bavail * volume.bsize;
    const facts = { freeBytes, totalBytes: volume.blocks * volume.bsize };
    const words = `${formatBytes(freeBytes)} are free where the databases are.`;
    const advice = 'Free some space, shorten what is kept, or compact the databases.';
    if (freeBytes < NO_SPACE_BYTES) return found('problem', words, facts, advice);
    return freeBytes < LITTLE_SPACE_BYTES ? found('notice', words, facts, advice) : found('ok', words, facts);
  },
};

const spool: DiagnosticStep = {
  id: 'spool',
  capMs: 1_000,
  look({ market, monitor }) {
    const spools = [market, monitor].map((store) => store.status().spool);
    const sum = (of: (spool: (typeof spools)[number]) => number): number =>
      spools.reduce((total, each) => total + of(each), 0);
    const facts = {
      batches: sum(({ batches }) => batches),
      bytes: sum(({ bytes }) => bytes),
      lost: sum(({ lost }) => lost),
    };
    if (facts.lost > 0) {
      const finding = `${formatQuantity(facts.lost, 'acknowledged batch', 'acknowledged batches')} cannot be found.`;
      return Promise.resolve(found('problem', finding, facts, 'Look at the operations log of the Database page.'));
    }
    if (facts.batches === 0) return Promise.resolve(found('ok', 'Nothing waits.', facts));
    const finding = `${formatQuantity(facts.batches, 'batch', 'batches')} wait safely for their database.`;
    return Promise.resolve(found('notice', finding, facts, 'They are stored by themselves as soon as it takes rows.'));
  },
};

const backups: DiagnosticStep = {
  id: 'backups',
  capMs: 3_000,
  async look({ market, monitor, wallMs }) {
    const ages = await Promise.all([market, monitor].map((store) => newestAgeMs(store, wallMs())));
    const facts = { marketAgeMs: ages[0] ?? null, monitorAgeMs: ages[1] ?? null };
    const advice = 'Back up now on the Database page.';
    if (facts.marketAgeMs === null) return found('notice', 'There is no backup of market.db yet.', facts, advice);
    const words = `The newest verified backup of market.db is ${formatDuration(facts.marketAgeMs)} old.`;
    return facts.marketAgeMs > BACKUP_EXPECTED_WITHIN_MS
      ? found('notice', words, facts, advice)
      : found('ok', words, facts);
  },
};

async function newestAgeMs(store: Store, nowMs: number): Promise<number | null> {
  const [newest] = await store.backups();
  return newest ? Math.max(0, nowMs - newest.atMs) : null;
}

const logs: DiagnosticStep = {
  id: 'logs',
  capMs: 2_000,
  async look({ rootDir }) {
    const files = (await listLogStreams(logFolder(rootDir))).flatMap((stream) => stream.files);
    const sizes = await Promise.all(files.map(async ({ path }) => (await stat(path)).size));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const facts = { files: files.length, bytes };
    // A command line that works alone keeps no log.
    return files.length === 0
      ? found('notice', 'There are no log files.', facts, 'Start Poolwatch with its window once.')
      : found('ok', `${formatQuantity(files.length, 'file')} with ${formatBytes(bytes)}.`, facts);
  },
};

const crashes: DiagnosticStep = {
  id: 'crashes',
  capMs: 1_000,
  async look({ rootDir, wallMs }) {
    const dumps = await listCrashDumps(crashFolder(rootDir));
    const newest = dumps[0];
    if (!newest) return found('ok', 'The program has left no crash dump.', { dumps: 0 });
    const facts = { dumps: dumps.length, newestAgeMs: Math.max(0, Math.round(wallMs() - newest.atMs)) };
    const words = `${formatQuantity(dumps.length, 'crash dump')} kept on this machine, the newest ${formatDuration(facts.newestAgeMs)} old.`;
    const advice = 'They were sent to nobody. Who looks into a crash needs the newest one, from the folder “crashes”.';
    return found(facts.newestAgeMs < RECENT_CRASH_MS ? 'notice' : 'ok', words, facts, advice);
  },
};

const proxy: DiagnosticStep = {
  id: 'proxy',
  capMs: 1_000,
  look({ environment }) {
    // Addresses of proxies may hold a password: only names are told.
    const set = PROXY_VARIABLES.filter((name) => environment[name] ?? environment[name.toLowerCase()]);
    return Promise.resolve(
      set.length === 0
        ? found('ok', 'No proxy is set.')
        : found(
            'notice',
            `${set.join(', ')} ${set.length > 1 ? 'are' : 'is'} set, and Poolwatch connects directly.`,
            {},
            'When the source cannot be reached, ask whether this network allows direct connections.',
          ),
    );
  },
};

export const LOCAL_STEPS: readonly DiagnosticStep[] = [
  runtime,
  addon,
  dataFolder,
  disk,
  spool,
  backups,
  logs,
  crashes,
  proxy,
];
