// What a database can be told to do. What changes the file or deletes rows asks once more, as its button does.
import type { DatabaseStatus } from '../../../../../shared/domain/database';
import type { LongOperation, LongOperationKind } from '../../../../../shared/domain/operation';
import { orderCheck, orderPlain } from '../../../pages/database/databaseOrders';
import { type DatabaseQuestion, showOverlay } from '../../../store/overlayStore';
import type { PaletteAction, PaletteContext } from '../paletteAction';
import { t } from '../../../texts/texts';

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
      group: 'databases',
      title,
      keywords: t('palette.databaseWords'),
      ...(underWay && { refused: t('palette.databaseBusy', { file }) }),
      run,
    };
  };
  const ask = (question: DatabaseQuestion) => (): void => showOverlay({ kind: 'database', database: name, question });
  return [
    order('backup', t('palette.backUp', { file }), 'backup', () => void orderPlain('database.backup', name)),
    order(
      'checkpoint',
      t('palette.checkpoint', { file }),
      'checkpoint',
      () => void orderPlain('database.checkpoint', name),
    ),
    order('check', t('palette.check', { file }), 'check', () => void orderCheck(name, false)),
    order('thorough', t('palette.checkThoroughly', { file }), 'check', () => void orderCheck(name, true)),
    order('compact', t('palette.compact', { file }), 'compact', ask('compact')),
    order('restore', t('palette.restore', { file }), 'restore', ask('restore')),
    order('retention', t('palette.deleteOld', { file }), 'retention', ask('retention')),
    isolated
      ? order('rejoin', t('palette.putBack', { file }), null, () => void orderPlain('database.rejoin', name))
      : order('isolate', t('palette.takeOut', { file }), null, ask('isolate')),
  ];
}
