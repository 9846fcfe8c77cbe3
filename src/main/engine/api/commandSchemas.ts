// What each command accepts. The types tie this file to the contract: a missing, extra or wrong schema does not compile.
import { z } from 'zod';
import type { CommandArgs, CommandName } from '../../../shared/contract/commands';
import { COPYABLE } from '../../../shared/contract/settings';
import { DIAGNOSTIC_STEPS } from '../../../shared/domain/diagnostics';
import { SEVERITIES } from '../../../shared/domain/alerts';
import { REMOTE_CHANNEL_KINDS } from '../../../shared/domain/delivery';
import { KEY_PLANS, SOURCE_MODES, THEMES } from '../../../shared/domain/settings';
import {
  backfillScope,
  backupName,
  channelId,
  collectorId,
  database,
  logPlace,
  poolId,
  poolOrder,
  sourceId,
  wallMs,
} from './fields';
import { incidentId, rule, ruleId, silenceArgs, silenceId } from './alertFields';
import { settingsChange } from './settingsFields';
import { askedPlace, exportArgs, filePath, importArgs } from './fileFields';

type CommandSchemas = { readonly [C in CommandName]: z.ZodType<CommandArgs<C>> };

/** What an HTTP header can carry: visible ASCII without spaces. */
const headerSafe = /^[\x21-\x7e]{4,200}$/;
const apiKey = z.string().regex(headerSafe, 'does not look like an API key');
const token = z.string().regex(headerSafe, 'must have 4 to 200 characters, without spaces');
const channelTitle = z.string().trim().min(1, 'must not be empty').max(60, 'must have at most 60 characters');
const channelUrl = z.string().min(1, 'must not be empty').max(2_000, 'must have at most 2000 characters');
const label = z.string().trim().min(1).max(200);
const groups = z.array(z.string().trim().min(1).max(60)).max(20);
const note = z.string().max(2_000);
const oneDatabase = z.strictObject({ database });
const oneBackup = z.strictObject({ database, backup: backupName });
const oneCollector = z.strictObject({ collectorId });

export const COMMAND_SCHEMAS: CommandSchemas = {
  'collector.pause': z.strictObject({ collectorId, untilMs: wallMs.nullable() }),
  'collector.resume': oneCollector,
  'collector.runNow': oneCollector,
  'host.resetBreaker': z.strictObject({ host: z.string().min(1).max(253) }),
  'pools.export': z.strictObject(poolOrder),
  'table.export': exportArgs.extend({ path: filePath.nullable() }),
  'import.preview': importArgs,
  'import.run': importArgs,
  'watchlist.add': z.strictObject({
    networkId: sourceId,
    address: poolId,
    symbol: label.nullable(),
    name: label.nullable(),
    dexId: sourceId.nullable(),
    tokenAddress: poolId.nullable(),
    groups,
    note,
  }),
  'watchlist.update': z.strictObject({
    id: poolId,
    symbol: label.optional(),
    name: label.optional(),
    tokenAddress: poolId.optional(),
    groups: groups.optional(),
    note: note.optional(),
    active: z.boolean().optional(),
  }),
  'watchlist.remove': z.strictObject({ id: poolId }),
  'watchlist.importCsv': z.strictObject({ csv: z.string().min(1).max(60_000), dryRun: z.boolean() }),
  'backfill.start': backfillScope,
  'demo.outage': z.null(),
  'update.check': z.null(),
  'update.install': z.null(),
  'update.openReleases': z.null(),
  'source.use': z.strictObject({
    mode: z.enum(SOURCE_MODES),
    keyPlan: z.enum(KEY_PLANS),
    apiKey: apiKey.nullable(),
  }),
  'database.backup': oneDatabase,
  'database.verify': oneBackup,
  'database.check': z.strictObject({ database, thorough: z.boolean() }),
  'database.checkpoint': oneDatabase,
  'database.compact': oneDatabase,
  'database.restore': oneBackup.extend({ bringNewer: z.boolean() }),
  'database.applyRetention': oneDatabase,
  'database.isolate': oneDatabase,
  'database.rejoin': oneDatabase,
  'diagnostics.run': z.strictObject({
    steps: z.array(z.enum(DIAGNOSTIC_STEPS)).min(1).max(DIAGNOSTIC_STEPS.length).nullable(),
  }),
  'diagnostics.copy': z.null(),
  'diagnostics.save': z.null(),
  'diagnostics.bundle': z.strictObject({ path: filePath.nullable() }),
  'logs.copyLine': z.strictObject({ id: logPlace }),
  'baseline.capture': z.strictObject({ hours: z.int().min(1).max(168) }),
  'operation.cancel': z.strictObject({ operationId: z.string().min(1).max(64) }),
  'incident.ack': z.strictObject({ incidentId, note: z.string().trim().min(1).max(500) }),
  'incident.unack': z.strictObject({ incidentId }),
  'incident.snooze': z.strictObject({
    incidentId,
    until: z.union([wallMs, z.literal('until_change')]).nullable(),
  }),
  'silence.start': silenceArgs,
  'silence.end': z.strictObject({ id: silenceId }),
  'rule.save': z.strictObject({ rule }),
  'rule.reset': z.strictObject({ ruleId }),
  'rule.remove': z.strictObject({ ruleId }),
  'inbox.seen': z.strictObject({ untilMs: wallMs }),
  'channel.save': z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('desktop'), enabled: z.boolean(), minSeverity: z.enum(SEVERITIES) }),
    z.strictObject({
      kind: z.enum(REMOTE_CHANNEL_KINDS),
      id: channelId.nullable(),
      title: channelTitle,
      enabled: z.boolean(),
      minSeverity: z.enum(SEVERITIES),
      address: z.strictObject({ url: channelUrl, token: token.nullable() }).nullable(),
    }),
  ]),
  'channel.remove': z.strictObject({ channelId }),
  'channel.test': z.strictObject({ channelId }),
  'text.copy': z.strictObject({ text: z.string().min(1).max(10_000) }),
  'settings.change': z.strictObject({ change: settingsChange }),
  'settings.export': z.null(),
  'startup.set': z.strictObject({ atLogin: z.boolean() }),
  'app.copy': z.strictObject({ what: z.enum(COPYABLE) }),
  'appearance.setTheme': z.strictObject({ theme: z.enum(THEMES) }),
  'banner.dismiss': z.strictObject({ id: z.string().min(1).max(200) }),
  'link.open': z.strictObject({ link: z.enum(['geckoterminal', 'data_folder']) }),
};

/** A page never names files, whatever it has become: the person does, in a dialog. */
export const WINDOW_COMMAND_SCHEMAS: CommandSchemas = {
  ...COMMAND_SCHEMAS,
  'table.export': exportArgs.extend({ path: z.null() }),
  'diagnostics.bundle': z.strictObject({ path: z.null() }),
  'import.preview': importArgs.extend({ place: askedPlace }),
  'import.run': importArgs.extend({ place: askedPlace }),
};
