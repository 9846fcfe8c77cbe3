// The arguments of calls about alerts, with their limits.
import { z } from 'zod';
import type { SilenceArgs } from '../../../shared/contract/alerts';
import type { AlertRule } from '../../../shared/domain/alerts';
import { TARGET_KINDS } from '../../../shared/domain/metrics';
import { checkRule } from '../../../shared/domain/ruleCheck';
import { wallMs } from './fields';

export const incidentId = z.string().min(1).max(100);
export const silenceId = z.string().min(1).max(100);
export const ruleId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'is not the name of a rule');
const targetId = z.string().min(1).max(200);

/** As the editor judges it, field by field. */
export const rule: z.ZodType<AlertRule> = z.unknown().transform((value, context) => {
  const { rule: sound, problems } = checkRule(value);
  if (sound !== null) return sound;
  for (const { field, message } of problems) {
    context.addIssue({ code: 'custom', path: field === null ? [] : [field], message });
  }
  return z.NEVER;
});

export const silenceArgs: z.ZodType<SilenceArgs> = z.strictObject({
  kind: z.enum(['silence', 'maintenance']),
  ruleId: ruleId.nullable(),
  targetKind: z.enum(TARGET_KINDS).nullable(),
  targetId: targetId.nullable(),
  untilMs: wallMs,
  reason: z.string().trim().min(1).max(500),
});
