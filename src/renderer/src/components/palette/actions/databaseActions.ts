// What a database can be told to do. What changes the file or deletes rows asks once more, as its button does.
import type { DatabaseStatus } from '../../../../../shared/domain/database';
import type { LongOperation, LongOperationKind } from '../../../../../shared/domain/operation';
import { orderCheck, orderPlain } from '../../../pages/database/databaseOrders';
import { type DatabaseQuestion, showOverlay } from '../../../store/overlayStore';
import type { PaletteAction, PaletteContext } from '../paletteAction';

export function databaseActions({ snapshot }: PaletteContext): readonly PaletteAction[] {
  return snapshot.databases.flatMap((status) => ordersOf(status, snapshot.operations));
}

function ordersOf({ name, breaker }: DatabaseStatus, operations: readonly LongOperation[]): readonly PaletteAction[] {
  const file = `${name}.db`;
  const isolated = breaker.reason === 'isolated';
  const order = (key: string, title: string, kind: LongOperationKind | null, run: () => void): PaletteAction => {
    const underWay = operations.some((one) => one.kind === kind && one.subject === name && one.endedAtMs === null);
    return {
      id: `database.${key}.${name}`,
      group: 'Databases',
      title,
      keywords: 'database sqlite',
      ...(underWay && { refused: `${file} is at it already; the Database page shows how far.` }),
      run,
    };
  };
  const ask = (question: DatabaseQuestion) => (): void => showOverlay({ kind: 'database', database: name, question });
  return [
    order('backup', `Back up ${file} now`, 'backup', () => void orderPlain('database.backup', name)),
    order('checkpoint', `Checkpoint ${file}`, 'checkpoint', () => void orderPlain('database.checkpoint', name)),
    order('check', `Check ${file}`, 'check', () => void orderCheck(name, false)),
    order('thorough', `Check ${file} thoroughly, with indexes`, 'check', () => void orderCheck(name, true)),
    order('compact', `Compact ${file}…`, 'compact', ask('compact')),
    order('restore', `Restore ${file} from a backup…`, 'restore', ask('restore')),
    order('retention', `Delete old rows of ${file}…`, 'retention', ask('retention')),
    isolated
      ? order('rejoin', `Put ${file} back into service`, null, () => void orderPlain('database.rejoin', name))
      : order('isolate', `Take ${file} out of service…`, null, ask('isolate')),
  ];
}
