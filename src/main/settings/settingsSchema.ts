// What a settings file may say, and what holds when it says nothing. The only place with default intervals and watchlists.
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/contract/envelope';
import { SEVERITIES } from '../../shared/domain/alerts';
import { REMOTE_CHANNEL_KINDS } from '../../shared/domain/delivery';
import {
  KEY_PLANS,
  LANGUAGE_CHOICES,
  MOTIONS,
  SOURCE_MODES,
  THEMES,
  type Settings,
} from '../../shared/domain/settings';
import { AGGREGATES } from '../../shared/domain/bars';
import { TIMEFRAMES, TRENDING_WINDOWS } from '../../shared/domain/market';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

const sourceId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'is not an id of the source');
const interval = z
  .int()
  .min(SECOND_MS, 'must be at least one second')
  .max(7 * 24 * HOUR_MS, 'must be at most a week');

const every = (intervalMs: number) =>
  z
    .strictObject({
      intervalMs: interval.default(intervalMs),
      adaptive: z.boolean().optional(),
      minIntervalMs: interval.optional(),
      maxIntervalMs: interval.optional(),
      catchUp: z.enum(['one', 'none']).optional(),
    })
    .refine((set) => (set.minIntervalMs ?? 0) <= set.intervalMs && set.intervalMs <= (set.maxIntervalMs ?? Infinity), {
      message: 'has an interval outside its own bounds',
    })
    .prefault({});

/** Things asked for by address in one run: 30 go into a call. */
const perRun = z.int().min(1).max(600);
/** Hours after which a fact is asked for again. */
const refresh = z
  .int()
  .min(1)
  .max(30 * 24);

/** Null keeps for ever. */
const keptDays = z.int().min(1, 'must be at least 1 day').max(36_500).nullable();

const barKind = z
  .strictObject({ timeframe: z.enum(TIMEFRAMES), aggregate: z.int() })
  .refine(({ timeframe, aggregate }) => AGGREGATES[timeframe].includes(aggregate), {
    message: 'has an aggregate that the source does not offer for this timeframe',
  });

/** What is wrong with it is said without repeating it: it is a secret. */
const pingUrl = z.url({ protocol: /^https?$/, error: 'is not a web address', abort: true }).refine(
  (url) => {
    const { username, password } = new URL(url);
    return username === '' && password === '';
  },
  { message: 'must not hold a user name or password' },
);

/** Files of version 0.1 name one kind of bar, as two entries. */
function withBars(ohlcv: unknown): unknown {
  if (typeof ohlcv !== 'object' || ohlcv === null || !('timeframe' in ohlcv || 'aggregate' in ohlcv)) return ohlcv;
  const { timeframe = 'minute', aggregate = 15, ...others } = ohlcv as Readonly<Record<string, unknown>>;
  return { bars: [{ timeframe, aggregate }], ...others };
}

const sections = {
  source: z
    .strictObject({
      mode: z.enum(SOURCE_MODES).nullable().default(null),
      keyPlan: z.enum(KEY_PLANS).default('none'),
      callsPerMinute: z.int().min(1).max(1_000).nullable().default(null),
      baseUrl: z
        .url({ protocol: /^https?$/ })
        .nullable()
        .default(null),
    })
    .prefault({}),
  networks: z
    .array(z.strictObject({ id: sourceId, dexIds: z.array(sourceId).max(50) }))
    .max(20)
    .default([
      { id: 'solana', dexIds: ['raydium', 'pumpswap', 'orca'] },
      { id: 'eth', dexIds: ['uniswap_v3'] },
    ]),
  collectors: z
    .strictObject({
      networks: every(24 * HOUR_MS),
      dexes: every(HOUR_MS),
      top_pools: every(5 * MINUTE_MS),
      new_pools: every(5 * MINUTE_MS),
      trending: every(15 * MINUTE_MS),
      pool_details: every(5 * MINUTE_MS),
      token_details: every(10 * MINUTE_MS),
      token_infos: every(30 * MINUTE_MS),
      watchlist: every(2 * MINUTE_MS),
      ohlcv: every(5 * MINUTE_MS),
      backfill: every(MINUTE_MS),
      trades: every(10 * MINUTE_MS),
    })
    .prefault({}),
  recovery: z
    .strictObject({
      failureThreshold: z.int().min(1).max(100).default(5),
      cooldownMs: z.int().min(SECOND_MS).max(HOUR_MS).default(MINUTE_MS),
    })
    .prefault({}),
  topPools: z
    .strictObject({ maxPages: z.int().min(1).max(10).default(2), minReserveUsd: z.number().min(0).default(1_000) })
    .prefault({}),
  newPools: z
    .strictObject({
      maxPages: z.int().min(1).max(10).default(10),
      quotaShare: z.number().min(0.01).max(1).default(0.2),
    })
    .prefault({}),
  trending: z
    .strictObject({ window: z.enum(TRENDING_WINDOWS).default('24h'), maxPages: z.int().min(1).max(10).default(1) })
    .prefault({}),
  poolDetails: z
    .strictObject({ pools: perRun.default(60), youngHours: z.int().min(1).max(48).default(24) })
    .prefault({}),
  tokenDetails: z.strictObject({ tokens: perRun.default(30), refreshAfterHours: refresh.default(6) }).prefault({}),
  tokenInfos: z
    .strictObject({ tokens: z.int().min(1).max(50).default(2), refreshAfterHours: refresh.default(24) })
    .prefault({}),
  trades: z
    .strictObject({ pools: z.int().min(1).max(50).default(4), minVolumeUsd: z.number().min(0).default(100) })
    .prefault({}),
  ohlcv: z
    .preprocess(
      withBars,
      z.strictObject({
        pools: z.int().min(0).max(200).default(8),
        bars: z
          .array(barKind)
          .min(1)
          .max(10)
          .default([{ timeframe: 'minute', aggregate: 15 }]),
        currency: z.enum(['usd', 'token']).default('usd'),
        historyDays: z.int().min(1).max(3_650).default(30),
      }),
    )
    .prefault({}),
  watchlist: z
    .strictObject({
      autoAdd: z
        .strictObject({
          enabled: z.boolean().default(false),
          minScore: z.number().min(0).max(100).default(75),
          perDay: z.int().min(1).max(1_000).default(5),
        })
        .prefault({}),
    })
    .prefault({}),
  retention: z
    .strictObject({
      samplesDays: keptDays.default(30),
      runsDays: keptDays.default(180),
      poolHistoryDays: keptDays.default(null),
      tradesDays: keptDays.default(null),
      candlesDays: z
        .strictObject({
          minute: keptDays.default(null),
          hour: keptDays.default(null),
          day: keptDays.default(null),
        })
        .prefault({}),
    })
    .prefault({}),
  notifications: z
    .strictObject({
      desktop: z
        .strictObject({ enabled: z.boolean().default(true), minSeverity: z.enum(SEVERITIES).default('warning') })
        .prefault({}),
      channels: z
        .array(
          z.strictObject({
            id: z.string().regex(/^[a-z]+-[0-9a-f]{8}$/, 'is not the id of a channel'),
            kind: z.enum(REMOTE_CHANNEL_KINDS),
            title: z.string().min(1).max(60),
            enabled: z.boolean(),
            minSeverity: z.enum(SEVERITIES),
            host: z.string().max(300),
          }),
        )
        .max(20)
        .default([]),
    })
    .prefault({}),
  doors: z
    .strictObject({
      metrics: z
        .strictObject({ enabled: z.boolean().default(false), port: z.int().min(0).max(65_535).default(9_464) })
        .prefault({}),
      ping: z.strictObject({ url: pingUrl.nullable().default(null) }).prefault({}),
    })
    .prefault({}),
  updates: z
    .strictObject({
      // Whether it can be used is told where updates are; a file with a wrong one must not keep the program from its settings.
      feedUrl: z.string().max(2_000).nullable().default(null),
      releasePageUrl: z
        .url({ protocol: /^https$/, error: 'is not an https address' })
        .nullable()
        .default(null),
    })
    .prefault({}),
  window: z
    .strictObject({ closeToTray: z.boolean().default(true), hiddenAtLogin: z.boolean().default(true) })
    .prefault({}),
  appearance: z
    .strictObject({
      theme: z.enum(THEMES).default('system'),
      motion: z.enum(MOTIONS).default('system'),
      language: z.enum(LANGUAGE_CHOICES).default('system'),
    })
    .prefault({}),
} as const;

const settingsSchema = z.strictObject(sections);

/** Compiling the validators takes longer than all parses of a session, and the start waits for it. */
const UNCOMPILED = { jitless: true } as const;

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({}, UNCOMPILED);

/** What people can be told of a limit; undefined leaves the words to the library. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'too_small':
      return `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    case 'invalid_type':
      return issue.expected === 'int' ? 'must be a whole number' : undefined;
    default:
      return undefined;
  }
}

/** Validates what was changed by a person; a refusal names the first wrong entry. */
export function checkSettings(content: unknown): Result<Settings> {
  const parsed = settingsSchema.safeParse(content, { ...UNCOMPILED, error: inWords });
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') || undefined;
  return fail('bad_request', `${field ?? 'the file'}: ${issue?.message ?? 'is not valid'}`, field);
}

/** Validates the content of a settings file; throws an Error that names the first wrong entry. */
export function parseSettings(content: unknown): Settings {
  const checked = checkSettings(content);
  if (checked.ok) return checked.value;
  throw new Error(checked.error.message);
}
