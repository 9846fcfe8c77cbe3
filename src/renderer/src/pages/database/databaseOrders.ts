// What a person orders a database to do. The effect shows in the operations of its card.
import type { CommandArgs } from '../../../../shared/contract/commands';
import type { DatabaseName } from '../../../../shared/domain/database';
import { giveOrder } from '../../components/orders';
import { t } from '../../texts/texts';
import type { PlainTextKey } from '../../texts/textKeys';

/** Orders that need to be told nothing but the database. */
type PlainOrder =
  | 'database.backup'
  | 'database.checkpoint'
  | 'database.compact'
  | 'database.applyRetention'
  | 'database.isolate'
  | 'database.rejoin';

const REFUSALS = {
  'database.backup': 'database.refused.backup',
  'database.checkpoint': 'database.refused.checkpoint',
  'database.compact': 'database.refused.compact',
  'database.applyRetention': 'database.refused.applyRetention',
  'database.isolate': 'database.refused.isolate',
  'database.rejoin': 'database.refused.rejoin',
} as const satisfies Readonly<Record<PlainOrder, PlainTextKey>>;

export function orderPlain(name: PlainOrder, database: DatabaseName): Promise<boolean> {
  return giveOrder({ name, args: { database }, accepted: () => null, refused: t(REFUSALS[name]) });
}

export function orderCheck(database: DatabaseName, thorough: boolean): Promise<boolean> {
  return giveOrder({
    name: 'database.check',
    args: { database, thorough },
    accepted: () => null,
    refused: t('database.noCheckBegun'),
  });
}

export function orderVerify(database: DatabaseName, backup: string): Promise<boolean> {
  return giveOrder({
    name: 'database.verify',
    args: { database, backup },
    accepted: () => null,
    refused: t('database.backupNotRead'),
  });
}

export function orderRestore(args: CommandArgs<'database.restore'>): Promise<boolean> {
  return giveOrder({
    name: 'database.restore',
    args,
    accepted: () => null,
    refused: t('database.backupNotRestored'),
  });
}
