// Long work that a command orders: its progress on the terminal, Ctrl-C to call it off, and how it ended.
import type { AppSnapshot } from '../../shared/contract/snapshot';
import type { Result } from '../../shared/contract/envelope';
import type { LongOperation, LongOperationKind, Progress } from '../../shared/domain/operation';
import { formatBytes, formatCount } from '../../shared/util/format';
import { interruptible, whenAborted } from './interrupt';
import { type Link, until } from './link/link';
import { answerOf, CommandError, EXIT } from './outcome';

/**
 * Orders work that answers with the id of its operation at once, and waits for its end. Rejects with a CommandError when it was
 * refused, failed or was called off.
 */
export async function workToItsEnd(
  link: Link,
  kind: LongOperationKind,
  order: () => Promise<Result<{ readonly operationId: string }>>,
): Promise<LongOperation> {
  return await withProgress(link, kind, async () => {
    const { operationId } = answerOf(await order());
    const ended = await until(link, ({ operations }) => findEnded(operations, operationId));
    if (ended.state === 'done') return ended;
    const code = ended.state === 'cancelled' ? EXIT.interrupted : EXIT.failed;
    throw new CommandError(code, `${ended.title}: ${ended.detail ?? ended.state}`);
  });
}

/** Shows the progress of whatever operation of this kind begins while `work` is under way; Ctrl-C calls that operation off. */
export async function withProgress<T>(link: Link, kind: LongOperationKind, work: () => Promise<T>): Promise<T> {
  const { operations } = answerOf(await link.query('snapshot.get', null));
  const earlier = new Set(operations.map(({ id }) => id));
  let current: LongOperation | null = null;
  const unwatch = link.watch(
    (snapshot) => {
      current = newest(snapshot, kind, earlier) ?? current;
      if (current) show(current);
    },
    () => undefined,
  );
  const working = work();
  try {
    const finished = await interruptible((signal) =>
      Promise.race([working.then((value) => ({ value })), whenAborted(signal)]),
    );
    if (finished) return finished.value;
    await callOff(link, current, working);
    throw new CommandError(EXIT.interrupted, 'It was done before it could be called off.');
  } finally {
    unwatch();
    clearLine();
  }
}

/** Rejects with how it ended, unless it was done all the same. */
async function callOff(link: Link, operation: LongOperation | null, working: Promise<unknown>): Promise<void> {
  if (!operation) {
    working.catch(() => undefined);
    throw new CommandError(EXIT.interrupted, 'Interrupted before the work had begun.');
  }
  await link.command('operation.cancel', { operationId: operation.id });
  try {
    // It ends at its next step.
    await working;
  } catch (error) {
    throw new CommandError(EXIT.interrupted, error instanceof Error ? error.message : String(error));
  }
}

function findEnded(operations: readonly LongOperation[], id: string): LongOperation | null {
  return operations.find((operation) => operation.id === id && operation.endedAtMs !== null) ?? null;
}

function newest(
  { operations }: AppSnapshot,
  kind: LongOperationKind,
  earlier: ReadonlySet<string>,
): LongOperation | null {
  return operations.find((operation) => operation.kind === kind && !earlier.has(operation.id)) ?? null;
}

function show({ title, progress }: LongOperation): void {
  if (!process.stderr.isTTY) return;
  const width = process.stderr.columns || 80;
  process.stderr.write(`\r\u001b[K${`${title}${progress ? `: ${progressWords(progress)}` : ''}`.slice(0, width - 1)}`);
}

function clearLine(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}

function progressWords({ done, total, unit, step }: Progress): string {
  const figure = (value: number): string => (unit === 'bytes' ? formatBytes(value) : formatCount(value));
  const amount = total === null ? figure(done) : `${figure(done)} of ${figure(total)}`;
  return `${amount}${unit === 'bytes' ? '' : ` ${unit}`}${step === null ? '' : `, ${step}`}`;
}
