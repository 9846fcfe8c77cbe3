// A small snapshot, for what only reads it.
import { NO_ALERTS } from '../../../src/shared/contract/alerts';
import type { AppSnapshot } from '../../../src/shared/contract/snapshot';

const STARTED_AT_MS = Date.UTC(2026, 0, 1);

export function aSnapshot(): AppSnapshot {
  return {
    version: 1,
    atMs: STARTED_AT_MS,
    app: {
      version: '1.2.3',
      mode: 'demo',
      keyPlan: 'none',
      theme: 'system',
      motion: 'system',
      language: 'system',
      startedAtMs: STARTED_AT_MS,
      dataDir: 'data',
      runtime: {},
      testBuild: true,
    },
    verdict: { level: 'ok', finding: { kind: 'told' }, sentence: 'All is well.', cause: null, sinceMs: STARTED_AT_MS },
    collectors: [],
    databases: [],
    hosts: [
      {
        host: 'api.example',
        callsPerMinute: 30,
        callsInWindow: 1,
        waiting: 0,
        throttledUntilMs: null,
        calls: 7,
        throttles: 0,
        errors: 0,
        breaker: { state: 'closed', sinceMs: STARTED_AT_MS, nextProbeAtMs: null },
      },
    ],
    banners: [],
    operations: [],
    alerts: NO_ALERTS,
  };
}
