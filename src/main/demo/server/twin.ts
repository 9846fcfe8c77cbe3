// The same market as CoinGecko serves it: under another path, to those with a key, with errors in another shape, and with fields
// that the keyless service does not have.
import type { IncomingHttpHeaders } from 'node:http';
import type { ApiError } from './answers';
import { applyDataFault } from './dataFaults';
import { jsonPayload, type Payload } from './respond';
import type { JsonObject, JsonValue } from './resources';

export const TWIN_PREFIX = '/api/v3/onchain';

const KEY_HEADERS = { demo: 'x-cg-demo-api-key', pro: 'x-cg-pro-api-key' } as const;

export interface TwinOptions {
  readonly plan: keyof typeof KEY_HEADERS;
  /** The only key that is served. */
  readonly key: string;
}

/** Null when the caller may ask. */
export function refuseByKey(headers: IncomingHttpHeaders, { plan, key }: TwinOptions): Payload | null {
  if (headers[KEY_HEADERS[plan]] === key) return null;
  if (plan === 'demo' && headers[KEY_HEADERS.pro] !== undefined)
    return refusal(400, 10_010, 'Wrong host for a Pro key');
  if (plan === 'pro' && headers[KEY_HEADERS.demo] !== undefined)
    return refusal(400, 10_011, 'Wrong host for a Demo key');
  return refusal(401, 10_002, 'API Key Missing');
}

export function twinError(error: ApiError): JsonObject {
  // 401 here is never about the key: that has been checked before.
  return complaint(error.status === 401 ? 10_005 : error.status, error.message);
}

export function withTwinFields(body: JsonValue): JsonValue {
  return applyDataFault(body, 'unknown-fields');
}

function refusal(status: number, code: number, message: string): Payload {
  return jsonPayload(status, complaint(code, message));
}

function complaint(code: number, message: string): JsonObject {
  return { status: { error_code: code, error_message: message } };
}
