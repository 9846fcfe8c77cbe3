// What the parts of a store know, put together for everybody else.
import type { DatabaseStatus } from '../../shared/domain/database';
import type { FileStats } from './common/protocol';
import { conditionOf, type StoreFacts } from './condition';
import type { ReaderLink } from './readerLink';
import type { Keeper } from './recovery/keeper';
import type { StoreHealth, StoreOptions } from './store';
import type { WalWatch } from './walWatch';
import type { WriteFigures } from './writeFigures';
import type { WriteRouter } from './writeRouter';

export interface StoreParts extends Pick<StoreFacts, 'phase' | 'phaseCause' | 'breakerDetail' | 'concerns'> {
  readonly options: StoreOptions;
  readonly schemaVersion: number;
  readonly fileStats: FileStats;
  readonly figures: WriteFigures;
  readonly router: WriteRouter;
}

export function statusOf(parts: StoreParts): DatabaseStatus {
  const { figures, router } = parts;
  const { clock, file, name } = parts.options;
  const { breaker, lock, nextProbeAtMs, replayed, spool, spoolProblem, volatileBatches } = router;
  const phases = figures.phases(clock.monotonicMs());
  return {
    name,
    ...conditionOf({ ...parts, breaker, holder: lock.holder, spoolProblem, volatileBatches }),
    path: file,
    schemaVersion: parts.schemaVersion,
    ...parts.fileStats,
    commits: figures.commits,
    rowsWritten: figures.rowsWritten,
    rowsRejected: figures.rowsRejected,
    busyRetries: figures.busyRetries,
    queuedBatches: router.queuedBatches,
    commitLatency: phases.commit,
    lockWait: phases.lock,
    lastCommitAtMs: figures.lastCommitAtMs,
    lockedSinceMs: lock.blockedSinceMs,
    holder: lock.holder,
    lastLock: router.lastLock,
    spool: { batches: spool.batches, bytes: spool.bytes, replayed, lost: spool.lost },
    breaker: { ...breaker, nextProbeAtMs },
  };
}

export function healthOf(wal: WalWatch, keeper: Keeper, reader: ReaderLink): StoreHealth {
  return {
    walPinnedForMs: wal.pinnedForMs,
    checkpointFailures: wal.failures,
    newestBackupAtMs: keeper.newestBackupAtMs,
    readLatency: reader.latency,
  };
}
