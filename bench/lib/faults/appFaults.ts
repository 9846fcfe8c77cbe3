// Faults of the program and of the machine below it.
import { rmSync, writeFileSync } from 'node:fs';
import type { FaultBench } from '../faultBench';
import type { Fault } from './fault';

const BLOCK_MS = 4_500;
const HOUR_MS = 60 * 60_000;

const isThreadGone = ({ engine }: FaultBench): boolean => engine.market.status().breaker.reason === 'thread';

const clockJumps =
  (byMs: number): Fault['make'] =>
  (bench) => {
    bench.wallOffsetMs += byMs;
    return () => undefined;
  };

export const APP_FAULTS: readonly Fault[] = [
  {
    id: 'app-thread-once',
    area: 'app',
    title: 'the storage thread dies once',
    expects: 'mended',
    names: /thread/i,
    shows: isThreadGone,
    make({ deathFile, engine }) {
      writeFileSync(deathFile, '');
      void engine.market.write({ id: 'fatal', parts: [] }).catch(() => undefined);
      // Before it is started again.
      setTimeout(() => rmSync(deathFile, { force: true }), 300);
      return () => undefined;
    },
  },
  {
    id: 'app-thread',
    area: 'app',
    title: 'the storage thread dies at every start',
    expects: 'incident',
    names: /thread/i,
    shows: isThreadGone,
    make({ deathFile, engine }) {
      writeFileSync(deathFile, '');
      void engine.market.write({ id: 'fatal', parts: [] }).catch(() => undefined);
      return () => rmSync(deathFile);
    },
  },
  {
    id: 'app-block',
    area: 'app',
    title: 'the event loop is blocked for 4.5 s',
    expects: 'incident',
    names: /was held up|judged too late/,
    alone: true,
    make() {
      const untilMs = performance.now() + BLOCK_MS;
      while (performance.now() < untilMs);
      return () => undefined;
    },
  },
  {
    id: 'app-sleep',
    area: 'app',
    title: 'the machine sleeps for an hour',
    expects: 'quiet',
    names: /asleep/,
    shows: ({ engine }) => engine.alerts.view().settlingUntilMs !== null,
    make: clockJumps(HOUR_MS),
  },
  {
    id: 'app-clock-back',
    area: 'app',
    title: 'the wall clock is set back by an hour',
    expects: 'quiet',
    names: /./,
    make: clockJumps(-HOUR_MS),
  },
];
