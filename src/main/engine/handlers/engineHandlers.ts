// The handlers of every subject together, but for those that belong to the application itself.
import type { ApplicationOptions } from '../applicationOptions';
import type { CommandHandlers, QueryHandlers } from '../application';
import type { HandlerContext } from './context';
import { alertCommands, alertQueries } from './alertHandlers';
import { backfillCommands, backfillQueries } from './backfillHandlers';
import { collectorCommands, collectorQueries } from './collectorHandlers';
import { databaseCommands, databaseQueries } from './databaseHandlers';
import { deliveryCommands, deliveryQueries } from './deliveryHandlers';
import { demoCommands } from './demoHandlers';
import { exportCommands } from './exportHandlers';
import { healthQueries } from './healthHandlers';
import { hostCommands } from './hostHandlers';
import { importCommands } from './importHandlers';
import { logCommands, logQueries } from './logHandlers';
import { marketQueries } from './marketHandlers';
import { metricCommands, metricQueries } from './metricHandlers';
import { operationCommands } from './operationHandlers';
import { outsideCommands } from './outsideHandlers';
import { qualityQueries } from './qualityHandlers';
import { retentionQueries } from './retentionHandlers';
import { timelineQueries } from './timelineHandlers';
import { updateCommands, updateQueries } from './updateHandlers';
import { watchlistCommands, watchlistQueries } from './watchlistHandlers';

type Named = Pick<ApplicationOptions, 'rootDir' | 'appVersion'>;

export function engineQueries(context: HandlerContext, { rootDir, appVersion }: Named) {
  return {
    ...collectorQueries(context),
    ...databaseQueries(context),
    ...marketQueries(context),
    ...watchlistQueries(context),
    ...backfillQueries(context),
    ...qualityQueries(context),
    ...retentionQueries(context),
    ...healthQueries(context),
    ...alertQueries(context),
    ...metricQueries(context),
    ...deliveryQueries(context),
    ...timelineQueries(context),
    ...logQueries(rootDir),
    ...updateQueries(context, appVersion),
  } satisfies Partial<QueryHandlers>;
}

export function engineCommands(context: HandlerContext, { rootDir, appVersion }: Named) {
  return {
    ...collectorCommands(context),
    ...hostCommands(context),
    ...databaseCommands(context),
    ...exportCommands(context),
    ...importCommands(context),
    ...watchlistCommands(context),
    ...backfillCommands(context),
    ...operationCommands(context),
    ...alertCommands(context),
    ...metricCommands(context),
    ...deliveryCommands(context),
    ...demoCommands(context),
    ...logCommands(rootDir, context.ports),
    ...outsideCommands(rootDir, context.ports),
    ...updateCommands(context, appVersion),
  } satisfies Partial<CommandHandlers>;
}
