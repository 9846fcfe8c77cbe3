// What a person can ask and order about the databases. Whatever takes long runs on the operation board.
import type { OneDatabase, Started } from '../../../shared/contract/commands';
import { fail, ok, type Result } from '../../../shared/contract/envelope';
import type { DatabaseName } from '../../../shared/domain/database';
import type { LongOperationKind, LongWork } from '../../../shared/domain/operation';
import type { Store } from '../../storage/store';
import type { CommandHandlers, QueryHandlers } from '../application';
import type { Engine } from '../engine';
import { type HandlerContext, ordering, reading } from './context';

type DatabaseQuery = 'database.operations' | 'database.backups' | 'database.restorePreview';
type DatabaseCommand = Extract<keyof CommandHandlers, `database.${string}`>;

export function databaseQueries(context: HandlerContext): Pick<QueryHandlers, DatabaseQuery> {
  return {
    'database.operations': ({ database, kind, limit }) =>
      reading(context, async (engine) => {
        const records = storeOf(engine, database).operations();
        const wanted = kind === null ? records : records.filter((record) => record.kind === kind);
        return { operations: wanted.slice(-limit).reverse() };
      }),
    'database.backups': ({ database }) =>
      reading(context, async (engine) => ({ backups: await storeOf(engine, database).backups() })),
    'database.restorePreview': ({ database, backup }) =>
      reading(context, (engine) => storeOf(engine, database).previewRestore(backup)),
  };
}

export function databaseCommands(context: HandlerContext): Pick<CommandHandlers, DatabaseCommand> {
  const starting = <A extends OneDatabase>(
    plan: { readonly kind: LongOperationKind; readonly title: string; readonly cancellable?: boolean },
    run: (store: Store, args: A, work: LongWork) => Promise<{ readonly detail: string } | null>,
  ) => {
    return (args: A): Promise<Result<Started>> =>
      ordering(context, (engine) => {
        const title = `${plan.title} ${args.database}.db`;
        const started = context.operations.start({ ...plan, title, subject: args.database }, async (work) => {
          const record = await run(storeOf(engine, args.database), args, work);
          return record?.detail ?? 'The settings keep everything, so there was nothing to do.';
        });
        return started.ok ? ok({ operationId: started.value.operationId }) : started;
      });
  };
  const switching = (act: (store: Store) => Result<null>) => {
    return ({ database }: OneDatabase): Promise<Result<null>> =>
      ordering(context, (engine) => act(storeOf(engine, database)));
  };
  return {
    'database.backup': starting({ kind: 'backup', title: 'Back up' }, (store, _, work) => store.backup(work)),
    'database.verify': starting<OneDatabase & { readonly backup: string }>(
      { kind: 'verify', title: 'Verify a backup of' },
      (store, { backup }, work) => store.verify(backup, work),
    ),
    'database.check': starting<OneDatabase & { readonly thorough: boolean }>(
      { kind: 'check', title: 'Check' },
      (store, { thorough }, work) => store.check(thorough, work),
    ),
    'database.checkpoint': starting({ kind: 'checkpoint', title: 'Checkpoint', cancellable: false }, (store) =>
      store.checkpoint(),
    ),
    'database.compact': starting({ kind: 'compact', title: 'Compact' }, (store, _, work) => store.compact(work)),
    'database.restore': starting<OneDatabase & { readonly backup: string; readonly bringNewer: boolean }>(
      { kind: 'restore', title: 'Restore' },
      (store, { backup, bringNewer }, work) => store.restore(backup, bringNewer, work),
    ),
    'database.applyRetention': starting({ kind: 'retention', title: 'Delete old rows of' }, (store, _, work) =>
      store.applyRetention(work),
    ),
    'database.isolate': switching((store) => {
      if (store.status().breaker.reason === 'isolated') return fail('conflict', 'It is out of service already.');
      store.isolate();
      return ok(null);
    }),
    'database.rejoin': switching((store) => {
      if (store.status().breaker.reason !== 'isolated') return fail('conflict', 'It is not out of service.');
      store.rejoin();
      return ok(null);
    }),
  };
}

function storeOf(engine: Engine, database: DatabaseName): Store {
  return database === 'market' ? engine.market : engine.monitor;
}
