// What every call passes, wherever it comes from (the window, the local socket): how much, which name, which arguments. Whatever
// happens inside, the answer is a Result; no exception and no detail of ours crosses the border.
import { z } from 'zod';
import { fail, type Result } from '../../../shared/contract/envelope';
import type { Logger } from '../../logging/logger';
import { weighPayload } from './payload';

type Handler = (args: never) => Promise<Result<unknown>>;

export interface CallOptions {
  readonly schemas: Readonly<Record<string, z.ZodType>>;
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly log: Pick<Logger, 'warn' | 'error'>;
}

const envelopeSchema = z.strictObject({ name: z.string().max(64), args: z.unknown() });

const MALFORMED = fail('bad_request', 'This is not a request that Poolwatch understands.');
const FAILED_INSIDE = fail('internal', 'Something went wrong inside Poolwatch; its log has the details.');

/** Answers one call whose sender may ask; `payload` is whatever arrived. Never rejects. */
export async function answerCall(
  { schemas, handlers, log }: CallOptions,
  payload: readonly unknown[],
): Promise<Result<unknown>> {
  const weight = weighPayload(payload);
  if (weight === 'too_large') return fail('too_large', 'The request is too large.');
  if (weight === 'not_plain' || payload.length !== 1) return MALFORMED;

  const envelope = envelopeSchema.safeParse(payload[0]);
  if (!envelope.success) return MALFORMED;
  const { name } = envelope.data;
  const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  if (!schema || !handler) return fail('bad_request', 'Poolwatch does not know this request.');

  const args = schema.safeParse(envelope.data.args);
  if (!args.success) return refuseArguments(args.error);
  try {
    return await handler(args.data as never);
  } catch (error) {
    log.error({ call: name, err: error }, 'a call failed');
    return FAILED_INSIDE;
  }
}

/** Names the first wrong argument; zod's messages speak of types and limits, never of values. */
function refuseArguments(error: z.ZodError): Result<never> {
  const issue = error.issues[0];
  const field = issue?.path.join('.') || undefined;
  return fail('bad_request', `${field ?? 'the arguments'}: ${issue?.message ?? 'not valid'}`, field);
}
