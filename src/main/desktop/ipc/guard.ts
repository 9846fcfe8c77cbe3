// What every call from the window passes: who asks, how much, which name, which arguments. Whatever happens inside, the answer is
// a Result; no exception and no detail of ours crosses the border. Knows no Electron, so that tests can be as hostile as they like.
import { z } from 'zod';
import { fail, type Result } from '../../../shared/contract/envelope';
import type { Logger } from '../../logging/logger';
import { weighPayload } from './payload';

/** The part of Electron's IPC event that decides who is asking. */
export interface Caller {
  readonly senderId: number;
  /** Read in the first statement of the IPC handler: it becomes null once the page has gone. */
  readonly frame: { readonly url: string; readonly isTop: boolean } | null;
}

export interface CallerRules {
  isOwnWindow(senderId: number): boolean;
  isOwnUrl(url: string): boolean;
}

type Handler = (args: never) => Promise<Result<unknown>>;

export interface GuardOptions {
  readonly rules: CallerRules;
  readonly schemas: Readonly<Record<string, z.ZodType>>;
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly log: Pick<Logger, 'warn' | 'error'>;
}

const envelopeSchema = z.strictObject({ name: z.string().max(64), args: z.unknown() });

const REFUSED_CALLER = fail('forbidden', 'Only the Poolwatch window may ask this.');
const MALFORMED = fail('bad_request', 'This is not a request that Poolwatch understands.');
const FAILED_INSIDE = fail('internal', 'Something went wrong inside Poolwatch; its log has the details.');

/** Returns the function that answers one call. It never rejects. */
export function createGuard({ rules, schemas, handlers, log }: GuardOptions) {
  return async (caller: Caller, payload: readonly unknown[]): Promise<Result<unknown>> => {
    if (!mayAsk(caller, rules)) {
      log.warn({ senderId: caller.senderId, isTop: caller.frame?.isTop ?? null }, 'refused a call from a stranger');
      return REFUSED_CALLER;
    }
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
    if (!args.success) return fail('bad_request', describe(args.error));
    try {
      return await handler(args.data as never);
    } catch (error) {
      log.error({ call: name, err: error }, 'a call from the window failed');
      return FAILED_INSIDE;
    }
  };
}

function mayAsk({ senderId, frame }: Caller, rules: CallerRules): boolean {
  return frame !== null && frame.isTop && rules.isOwnUrl(frame.url) && rules.isOwnWindow(senderId);
}

/** Names the first wrong argument; zod's messages speak of types and limits, never of values. */
function describe(error: z.ZodError): string {
  const issue = error.issues[0];
  const where = issue?.path.join('.') || 'the arguments';
  return `${where}: ${issue?.message ?? 'not valid'}`;
}
