// Makes one fault in an engine of its own and watches, from outside, what the program makes of it. Times are monotonic milliseconds.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Incident } from '../../src/shared/domain/alerts';
import type { BenchRun } from './run';
import { FaultBench } from './faultBench';
import { serveByName } from './faults/apiFaults';
import { type Fault, system } from './faults/fault';
import { wait } from './measure';

const LOOK_EVERY_MS = 20;
/** Nobody waits longer for a fault to be found, told, and called over. */
const FOUND_WITHIN_MS = 75_000;
const TOLD_WITHIN_MS = 40_000;
const OVER_WITHIN_MS = 100_000;
/** After it is over, and without an incident: what comes then is one too many. */
const AFTERMATH_MS = 8_000;

export interface FaultResult {
  readonly fault: string;
  readonly area: Fault['area'];
  readonly title: string;
  readonly expects: Fault['expects'];
  /** Why it could not be made; null when it was. */
  readonly skipped: string | null;
  /** Milliseconds since the fault was there; null: never. */
  readonly detectedMs: number | null;
  readonly namedMs: number | null;
  readonly notifiedMs: number | null;
  /** Milliseconds since the fault was gone until the program says so. */
  readonly recoveredMs: number | null;
  /** Of this fault, less those that were folded into another; that the machine of the bench was busy is told apart. */
  readonly incidents: number;
  readonly titles: readonly string[];
  readonly heldUp: number;
  readonly notices: number;
  /** What a person was told. */
  readonly told: string | null;
}

interface Seen {
  readonly title: string;
  readonly cause: string | null;
  readonly root: Incident['root']['kind'];
}

/** Follows one engine from the moment of the fault. */
class Watch {
  readonly incidents = new Map<string, Seen>();
  detectedAtMs: number | null = null;
  namedAtMs: number | null = null;
  told: string | null = null;
  readonly #bench: FaultBench;
  readonly #fault: Fault;
  readonly #known: ReadonlyMap<string, Seen>;
  readonly #recordedBefore: number;
  readonly #timer: NodeJS.Timeout;

  constructor(bench: FaultBench, fault: Fault) {
    this.#bench = bench;
    this.#fault = fault;
    const { incidents, lately } = bench.engine.alerts.view();
    this.#known = new Map(
      [...incidents, ...lately].map(({ id, title, cause, root }) => [id, { title, cause, root: root.kind }]),
    );
    this.#recordedBefore = bench.engine.market.operations().at(-1)?.atMs ?? 0;
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  isShown(): boolean {
    return this.#open().length > 0 || (this.#fault.shows?.(this.#bench) ?? false);
  }

  /** What happened before the fault was there does not count. */
  restart(): void {
    this.detectedAtMs = null;
    this.namedAtMs = null;
  }

  /** Those that were not folded into another. */
  standing(): readonly Seen[] {
    const { incidents, lately } = this.#bench.engine.alerts.view();
    const ids = new Set([...incidents, ...lately].map(({ id }) => id));
    return [...this.incidents].filter(([id]) => ids.has(id)).map(([, seen]) => seen);
  }

  /** Notices of a busy machine, and of what was there before, are not those of the fault. */
  concerns(title: string): boolean {
    const others = [...this.#known.values(), ...[...this.incidents.values()].filter((seen) => !this.isOurs(seen))];
    return !others.some((other) => title.endsWith(other.title));
  }

  isOurs({ root }: Pick<Seen, 'root'>): boolean {
    return root !== 'app' || this.#fault.area === 'app' || this.#fault.id === 'run-never-starts';
  }

  #open(): readonly Incident[] {
    const { incidents } = this.#bench.engine.alerts.view();
    return incidents.filter(({ id, root }) => !this.#known.has(id) && this.isOurs({ root: root.kind }));
  }

  #look(): void {
    const nowMs = performance.now();
    const { incidents, lately } = this.#bench.engine.alerts.view();
    for (const { id, title, cause, root } of [...incidents, ...lately])
      if (!this.#known.has(id)) this.incidents.set(id, { title, cause, root: root.kind });
    if (this.isShown()) this.detectedAtMs ??= nowMs;
    const texts = [...this.#open().map(({ title, cause }) => `${title}\n${cause ?? ''}`), ...this.#recorded()];
    const named = texts.find((text) => this.#fault.names.test(text));
    if (named === undefined) this.told ??= texts[0] ?? null;
    else if (this.namedAtMs === null) {
      this.detectedAtMs ??= nowMs;
      this.namedAtMs = nowMs;
      this.told = named;
    }
  }

  /** What the storage layer wrote down, or says now, of a fault that it mends itself. */
  #recorded(): readonly string[] {
    if (this.#fault.expects !== 'mended') return [];
    const { market } = this.#bench.engine;
    const later = market.operations().filter(({ atMs }) => atMs > this.#recordedBefore);
    return [...later.map(({ detail }) => detail), market.status().cause ?? ''];
  }
}

/** Never rejects: what could not be made is told as such. */
export async function makeFault(run: BenchRun, fault: Fault): Promise<FaultResult> {
  const folder = join(run.folder, fault.id);
  mkdirSync(folder, { recursive: true });
  try {
    if (fault.onSmallDisk) await system('mount', '-t', 'tmpfs', '-o', 'size=2g', 'tmpfs', folder);
  } catch {
    return resultOf(fault, { skipped: 'mounting a small disk is not allowed here' });
  }
  try {
    return await inEngine(run, fault, folder);
  } catch (error) {
    return resultOf(fault, {
      skipped: error instanceof Error ? (error.message.split('\n')[0] ?? null) : String(error),
    });
  } finally {
    if (fault.onSmallDisk) await system('umount', '--lazy', folder).catch(() => undefined);
  }
}

async function inEngine(run: BenchRun, fault: Fault, folder: string): Promise<FaultResult> {
  const hostName = fault.byName ? `${fault.id}.test` : undefined;
  if (hostName) serveByName(hostName);
  const bench = await FaultBench.start({
    folder,
    root: run.root,
    ...(fault.intervalMs && { intervalMs: fault.intervalMs }),
    ...(hostName && { hostName }),
  });
  try {
    await fault.prepare?.(bench);
    return await observe(bench, fault);
  } finally {
    await bench.stop();
  }
}

async function observe(bench: FaultBench, fault: Fault): Promise<FaultResult> {
  const watch = new Watch(bench, fault);
  const shownBefore = bench.shown.length;
  let madeMs = performance.now();
  const end = await fault.make(bench);
  // A fault that takes a while to be made is there when it is; one that is noticed meanwhile, was there.
  if (watch.detectedAtMs === null) madeMs = performance.now();
  const within = (limitMs: number, isSo: () => boolean): Promise<void> => until(isSo, limitMs);
  const fired = (): number | null =>
    bench.shown.slice(shownBefore).find(({ message }) => watch.concerns(message.title))?.atMs ?? null;
  if (fault.expects !== 'quiet') {
    await within(FOUND_WITHIN_MS, () => watch.detectedAtMs !== null);
    if (fault.expects === 'incident') await within(TOLD_WITHIN_MS, () => watch.namedAtMs !== null && fired() !== null);
    if (fault.expects === 'shown') await within(FOUND_WITHIN_MS, () => watch.namedAtMs !== null && fired() !== null);
    if (fault.expects === 'mended') await within(OVER_WITHIN_MS, () => watch.namedAtMs !== null && !watch.isShown());
  } else await within(AFTERMATH_MS, () => false);
  const endedMs = fault.expects === 'mended' ? madeMs : performance.now();
  await end();
  const goodBefore = goodRuns(bench);
  // Where nothing was told, the next good run is the sign.
  const isByRun = fault.expects === 'quiet' || fault.expects === 'shown';
  const isOver = (): boolean => (isByRun ? goodRuns(bench) > goodBefore : !watch.isShown());
  await within(OVER_WITHIN_MS, isOver);
  const overMs = performance.now();
  const isRecovered = isOver();
  await wait(AFTERMATH_MS);
  watch.stop();
  const since = (ms: number | null, fromMs: number): number | null => (ms === null ? null : Math.max(0, ms - fromMs));
  const incidents = watch.standing();
  const ours = incidents.filter((incident) => watch.isOurs(incident));
  return resultOf(fault, {
    detectedMs: since(watch.detectedAtMs, madeMs),
    namedMs: since(watch.namedAtMs, madeMs),
    notifiedMs: since(fired(), madeMs),
    recoveredMs: isRecovered ? overMs - endedMs : null,
    incidents: ours.length,
    titles: ours.map(({ title }) => title),
    heldUp: incidents.length - ours.length,
    notices: bench.shown.slice(shownBefore).filter(({ message }) => watch.concerns(message.title)).length,
    told: watch.told,
  });
}

function goodRuns({ slots }: FaultBench): number {
  return slots.filter(({ outcome }) => outcome === 'ok').length;
}

function resultOf(fault: Fault, seen: Partial<FaultResult>): FaultResult {
  return {
    fault: fault.id,
    area: fault.area,
    title: fault.title,
    expects: fault.expects,
    skipped: null,
    detectedMs: null,
    namedMs: null,
    notifiedMs: null,
    recoveredMs: null,
    incidents: 0,
    titles: [],
    heldUp: 0,
    notices: 0,
    told: null,
    ...seen,
  };
}

async function until(isSo: () => boolean, limitMs: number): Promise<void> {
  const giveUpMs = performance.now() + limitMs;
  while (!isSo() && performance.now() < giveUpMs) await wait(LOOK_EVERY_MS);
}
