// Lives through one fault: rows before, the fault, rows meanwhile, its end, a row afterwards; then counts from outside.
import { expect } from 'vitest';
import { classifyCode } from '../../../../src/main/storage/common/errorClass';
import type { OperationKind } from '../../../../src/shared/domain/database';
import type { Fault } from '../table/fault';
import { Scene, type SceneOptions } from './scene';

/** Ends the fault. */
export type Lift = () => unknown;

export interface Drill extends SceneOptions {
  /** After the first rows are in, before the fault. */
  readonly prepare?: (scene: Scene) => unknown;
  /** The store is closed when the fault strikes, and opened again into it. */
  readonly closed?: boolean;
  readonly inject: (scene: Scene) => Promise<Lift | void> | Lift | void;
  /** Somebody has to look, some damage does not show by itself. */
  readonly look?: 'quick' | 'thorough';
  /** More to be said about what happened, while the fault lasts. */
  readonly during?: (scene: Scene) => unknown;
}

const ROWS_BEFORE = 300;
const ROWS_PER_BATCH = 100;
const SOON = { timeout: 15_000, interval: 20 };
/** Kinds of operations that say that something went wrong. */
export const TROUBLE: readonly OperationKind[] = ['lock', 'breaker', 'thread', 'files', 'recovery'];

export async function runDrill(fault: Fault, drill: Drill): Promise<void> {
  const scene = new Scene(drill);
  await scene.open();
  for (let rows = 0; rows < ROWS_BEFORE; rows += ROWS_PER_BATCH) await scene.write(ROWS_PER_BATCH);
  await drill.prepare?.(scene);
  if (drill.closed) await scene.close();
  const lift = await drill.inject(scene);
  if (fault.action === 'refuses' || fault.action === 'read_only') await expectNotWritten(fault, scene, drill);
  else await expectAnswer(fault, scene, drill);
  expectCode(fault, scene);
  await lift?.();
  await goOn(fault, scene);
  await scene.close();
  await expectStored(fault, scene);
}

async function expectNotWritten(fault: Fault, scene: Scene, drill: Drill): Promise<void> {
  if (fault.action === 'refuses') {
    await expect(scene.open()).rejects.toThrow();
    return;
  }
  await scene.open();
  expect(await scene.store.status()).toMatchObject({ state: 'read_only', cause: expect.any(String) });
  await expect(scene.store.write({ id: 'refused', parts: [] })).rejects.toMatchObject({ code: 'READ_ONLY' });
  expect(await scene.store.countPools()).toBe(ROWS_BEFORE);
  await drill.during?.(scene);
  await scene.close();
}

async function expectAnswer(fault: Fault, scene: Scene, drill: Drill): Promise<void> {
  if (drill.closed) await scene.open();
  if (drill.look) await scene.look(drill.look === 'thorough');
  await expect
    .poll(async () => {
      await scene.write();
      return await isAnswered(fault, scene);
    }, SOON)
    .toBe(true);
  if (fault.action !== 'volatile') expect(scene.durabilities).not.toContain('volatile');
  await drill.during?.(scene);
}

async function isAnswered({ action }: Fault, { store, durabilities }: Scene): Promise<boolean> {
  const operations = await store.operations();
  const { state, cause } = await store.status();
  switch (action) {
    case 'none':
    case 'restarts':
      return durabilities.at(-1) === 'committed';
    case 'warns':
      return state === 'degraded' && cause !== null;
    case 'spools':
      return durabilities.includes('spooled') && state === 'spooling' && cause !== null;
    case 'volatile':
      return durabilities.includes('volatile') && state === 'degraded' && (cause ?? '').includes('only in memory');
    case 'rescues':
      return operations.some(({ kind }) => kind === 'files');
    case 'replaces':
      return operations.some(({ kind, detail }) => kind === 'recovery' && detail.includes('was replaced by'));
    case 'refuses':
    case 'read_only':
      return false;
  }
}

function expectCode(fault: Fault, scene: Scene): void {
  if (fault.codes.length === 0) return;
  expect(fault.codes.map(classifyCode)).toEqual(fault.codes.map(() => fault.class));
  const seen = new Set(scene.codes());
  expect(
    [...seen].filter((code) => fault.codes.includes(code)),
    `seen: ${[...seen].join(', ')}`,
  ).not.toEqual([]);
}

/** After the fault, all is well again by itself, or once the store is opened anew. */
async function goOn(fault: Fault, scene: Scene): Promise<void> {
  if (fault.heals !== 'by itself') {
    await scene.close();
    await scene.open();
  }
  await expect
    .poll(async () => {
      const { state, breaker, queuedBatches, spool, cause } = await scene.store.status();
      return { state, cause, breaker: breaker.state, queuedBatches, lost: spool.lost };
    }, SOON)
    .toEqual({ state: 'ok', cause: null, breaker: 'closed', queuedBatches: 0, lost: 0 });
  if (fault.action === 'replaces') await expectSalvaged(scene);
  expect(await scene.write()).toBe('committed');
  if (fault.action !== 'none') return;
  const operations = await scene.store.operations();
  expect(operations.filter(({ kind }) => TROUBLE.includes(kind))).toEqual([]);
}

async function expectSalvaged({ store }: Scene): Promise<void> {
  const told = async (): Promise<boolean> =>
    (await store.operations()).some(({ kind, detail }) => kind === 'recovery' && detail.includes('could be read'));
  await expect.poll(told, SOON).toBe(true);
}

async function expectStored(fault: Fault, scene: Scene): Promise<void> {
  const { lost, integrity } = await scene.audit();
  expect(integrity).toBe('ok');
  const most = { nothing: 0, 'one value': 1, 'what only the log held': scene.atRisk }[fault.lost];
  expect(lost.slice(most, most + 3), `${lost.length} rows are lost`).toEqual([]);
}
