// What a person orders a database to do. The effect shows in the operations of its card.
import type { CommandArgs } from '../../../../shared/contract/commands';
import type { DatabaseName } from '../../../../shared/domain/database';
import { giveOrder } from '../../components/orders';

/** Orders that need to be told nothing but the database. */
type PlainOrder =
  | 'database.backup'
  | 'database.checkpoint'
  | 'database.compact'
  | 'database.applyRetention'
  | 'database.isolate'
  | 'database.rejoin';

const REFUSALS: Readonly<Record<PlainOrder, string>> = {
  'database.backup': 'No backup was begun',
  'database.checkpoint': 'No checkpoint was begun',
  'database.compact': 'The database was not compacted',
  'database.applyRetention': 'Nothing was deleted',
  'database.isolate': 'The database stays in service',
  'database.rejoin': 'The database stays out of service',
};

export function orderPlain(name: PlainOrder, database: DatabaseName): Promise<boolean> {
  return giveOrder({ name, args: { database }, accepted: () => null, refused: REFUSALS[name] });
}

export function orderCheck(database: DatabaseName, thorough: boolean): Promise<boolean> {
  return giveOrder({
    name: 'database.check',
    args: { database, thorough },
    accepted: () => null,
    refused: 'No check was begun',
  });
}

export function orderVerify(database: DatabaseName, backup: string): Promise<boolean> {
  return giveOrder({
    name: 'database.verify',
    args: { database, backup },
    accepted: () => null,
    refused: 'The backup was not read',
  });
}

export function orderRestore(args: CommandArgs<'database.restore'>): Promise<boolean> {
  return giveOrder({
    name: 'database.restore',
    args,
    accepted: () => null,
    refused: 'The backup was not restored',
  });
}
