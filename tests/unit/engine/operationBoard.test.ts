import { describe, expect, it } from 'vitest';
import { OperationBoard } from '../../../src/main/engine/operationBoard';
import type { LongOperation, LongWork } from '../../../src/shared/domain/operation';
import { FakeClock, settle } from '../../support/fakeClock';

const BACKUP = { kind: 'backup', subject: 'market', title: 'Back up market.db' } as const;

function bench() {
  const clock = new FakeClock();
  const published: (readonly LongOperation[])[] = [];
  const board = new OperationBoard(clock, (operations) => published.push(operations));
  return { clock, board, published };
}

/** Work that a test ends by hand; like all honest work it gives up when it is called off. */
class HandWork {
  tools: LongWork | null = null;
  finish: (detail: string) => void = () => {};

  readonly run = (tools: LongWork): Promise<string> => {
    this.tools = tools;
    return new Promise((resolve, reject) => {
      this.finish = resolve;
      tools.signal.addEventListener('abort', () => reject(tools.signal.reason as Error));
    });
  };
}

function started(result: ReturnType<OperationBoard['start']>) {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('OperationBoard', () => {
  it('shows work from its start to its end, with the sentence it ends on', async () => {
    const { board, published, clock } = bench();
    const work = new HandWork();
    const { ended } = started(board.start(BACKUP, work.run));
    expect(published.at(-1)).toMatchObject([{ ...BACKUP, state: 'running', endedAtMs: null, detail: null }]);
    await settle();
    await clock.advance(2_000);
    work.finish('A backup of 3 kB was made.');
    expect(await ended).toMatchObject({ state: 'done', detail: 'A backup of 3 kB was made.' });
    const [shown] = published.at(-1) ?? [];
    expect((shown?.endedAtMs ?? 0) - (shown?.startedAtMs ?? 0)).toBe(2_000);
  });

  it('tells of progress at most four times a second, and always of the last', async () => {
    const { board, published, clock } = bench();
    const work = new HandWork();
    started(board.start(BACKUP, work.run));
    await settle();
    const before = published.length;
    for (let done = 1; done <= 100; done += 1) {
      work.tools?.onProgress({ done, total: 100, unit: 'pages', step: null });
      await clock.advance(10);
    }
    await clock.advance(250);
    const told = published.slice(before);
    expect(told.length).toBeGreaterThanOrEqual(4);
    expect(told.length).toBeLessThanOrEqual(6);
    expect(told.at(-1)?.[0]?.progress).toEqual({ done: 100, total: 100, unit: 'pages', step: null });
  });

  it('calls work off, and says "cancelling" until it has stopped', async () => {
    const { board } = bench();
    let giveUp = (): void => {};
    const { operationId, ended } = started(
      board.start(BACKUP, () => new Promise((_, reject) => void (giveUp = () => reject(new Error('stopped'))))),
    );
    await settle();
    expect(board.cancel(operationId)).toEqual({ ok: true, value: null });
    expect(board.list()[0]).toMatchObject({ state: 'cancelling', endedAtMs: null });
    giveUp();
    expect(await ended).toMatchObject({ state: 'cancelled' });
    expect(board.cancel(operationId)).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });

  it('says that work was done when it ended before it heard of being called off', async () => {
    const { board } = bench();
    let finish = (_detail: string): void => {};
    const { operationId, ended } = started(
      board.start(BACKUP, () => new Promise((resolve) => void (finish = resolve))),
    );
    await settle();
    board.cancel(operationId);
    finish('It was already in place.');
    expect(await ended).toMatchObject({ state: 'done', detail: 'It was already in place.' });
  });

  it('keeps the reason of a failure', async () => {
    const { board } = bench();
    const { ended } = started(board.start(BACKUP, () => Promise.reject(new Error('the disk is full'))));
    expect(await ended).toMatchObject({ state: 'failed', detail: 'the disk is full' });
  });

  it('does one thing of a kind to a subject at a time, and different things side by side', async () => {
    const { board } = bench();
    const work = new HandWork();
    const { ended } = started(board.start(BACKUP, work.run));
    expect(board.start(BACKUP, () => Promise.resolve(''))).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(board.start({ ...BACKUP, subject: 'monitor' }, () => Promise.resolve('')).ok).toBe(true);
    expect(board.start({ ...BACKUP, kind: 'check' }, () => Promise.resolve('')).ok).toBe(true);
    await settle();
    work.finish('');
    await ended;
    expect(board.start(BACKUP, () => Promise.resolve('')).ok).toBe(true);
  });

  it('refuses to stop what must not be stopped half way, and what it does not know', () => {
    const { board } = bench();
    const { operationId } = started(board.start({ ...BACKUP, cancellable: false }, () => new Promise(() => {})));
    expect(board.cancel(operationId)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(board.cancel('op-99')).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('remembers the newest twenty that ended, and everything that runs', async () => {
    const { board } = bench();
    const { operationId } = started(board.start(BACKUP, () => new Promise(() => {})));
    for (let run = 0; run < 25; run += 1) {
      await started(board.start({ ...BACKUP, subject: null }, () => Promise.resolve(`run ${run}`))).ended;
    }
    const list = board.list();
    expect(list).toHaveLength(21);
    expect(list[0]?.detail).toBe('run 24');
    expect(list.at(-1)?.id).toBe(operationId);
  });

  it('ends everything when the program stops, and takes no more', async () => {
    const { board } = bench();
    const work = new HandWork();
    const { ended } = started(board.start({ ...BACKUP, cancellable: false }, work.run));
    await settle();
    await board.close();
    expect(await ended).toMatchObject({ state: 'cancelled' });
    expect(board.start(BACKUP, () => Promise.resolve(''))).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  });
});
