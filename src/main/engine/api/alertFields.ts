// The arguments of calls about alerts, with their limits. What only the book of rules can see (levels in the wrong order) is refused
// there.
import { z } from 'zod';
import type { SilenceArgs } from '../../../shared/contract/alerts';
import { type AlertRule, NO_DATA_POLICIES, SEVERITIES } from '../../../shared/domain/alerts';
import { METRICS, type MetricName, TARGET_KINDS } from '../../../shared/domain/metrics';
import { RULE_LIMITS } from '../../../shared/domain/ruleCheck';
import { wallMs } from './fields';

export const incidentId = z.string().min(1).max(100);
export const silenceId = z.string().min(1).max(100);
export const ruleId = z.string().regex(RULE_LIMITS.id, 'is not the name of a rule');
const targetId = z.string().min(1).max(RULE_LIMITS.targetLength);

const duration = z.int().min(0).max(RULE_LIMITS.longestMs);

export const rule: z.ZodType<AlertRule> = z.strictObject({
  id: ruleId,
  version: z.int().min(0),
  enabled: z.boolean(),
  title: z.string().trim().min(1).max(RULE_LIMITS.titleLength),
  metric: z.enum(Object.keys(METRICS) as [MetricName, ...MetricName[]]),
  targets: z.array(targetId).min(1).max(RULE_LIMITS.targets).nullable(),
  comparison: z.enum(['above', 'below']),
  fire: z.number(),
  clear: z.number(),
  forMs: duration,
  keepForMs: duration,
  goodReadings: z.int().min(1).max(RULE_LIMITS.readings),
  severity: z.enum(SEVERITIES),
  noData: z.enum(NO_DATA_POLICIES),
  expectedEveryMs: z.int().min(RULE_LIMITS.shortestIntervalMs).max(RULE_LIMITS.longestMs),
  needsNetwork: z.boolean(),
  advice: z.string().max(RULE_LIMITS.adviceLength),
});

export const silenceArgs: z.ZodType<SilenceArgs> = z.strictObject({
  kind: z.enum(['silence', 'maintenance']),
  ruleId: ruleId.nullable(),
  targetKind: z.enum(TARGET_KINDS).nullable(),
  targetId: targetId.nullable(),
  untilMs: wallMs,
  reason: z.string().trim().min(1).max(500),
});
