// Answers of a source that are made to hurt: each costs one answer, and nothing else.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parsePools } from '../../../src/main/sources/geckoterminal/parsePools';
import { createHttpClient, type HttpClient } from '../../../src/main/sources/http/httpClient';
import { SourceError, type SourceErrorClass } from '../../../src/main/sources/http/sourceError';
import { type ScriptedApi, startScriptedApi } from '../../support/scriptedApi';

const NEVER = new AbortController().signal;
const LIMIT_BYTES = 2 * 1024 * 1024;
/** What one answer may keep the program busy for, reading and looking included; far above what it takes. */
const WITHIN_MS = 5_000;
const CONTEXT = { networkId: 'solana', observedAtMs: 1 };

let api: ScriptedApi;
let client: HttpClient;
beforeEach(async () => {
  api = await startScriptedApi();
  client = createHttpClient({ userAgent: 'x', accept: 'application/json', secretHeader: null, timeoutMs: WITHIN_MS });
});
afterEach(async () => {
  await client.close();
  await api.close();
});

/** What becomes of an answer: how many rows, or how it is refused. */
async function answerWith(text: string): Promise<number | SourceErrorClass> {
  api.respond((response) => response.writeHead(200, { 'content-type': 'application/json' }).end(text));
  try {
    const { body } = await client.get(`${api.baseUrl}/x`, NEVER);
    return parsePools(body.kind === 'json' ? body.value : null, CONTEXT).pools.rows.length;
  } catch (error) {
    if (error instanceof SourceError) return error.class;
    throw error;
  }
}

describe('an answer', () => {
  it.each([
    ['nested as deep as it may be long', '['.repeat(LIMIT_BYTES / 2) + ']'.repeat(LIMIT_BYTES / 2)],
    ['nested and cut off', '{"data":'.repeat(LIMIT_BYTES / 8)],
    ['that is its list, nested', `{"data":[${'['.repeat(500_000)}${']'.repeat(500_000)}]}`],
    ['of entries without end', `{"data":[${'{},'.repeat(600_000)}{}]}`],
    ['of keys without end', `{${Array.from({ length: 150_000 }, (_, n) => `"k${n}":1`).join(',')}}`],
    ['of one number without end', `{"data":[${'9'.repeat(1_000_000)}]}`],
    ['that would change what all objects are', '{"__proto__":{"data":[1]},"constructor":{"prototype":{"polluted":1}}}'],
  ])('%s brings no rows, ends soon, and harms nothing', { timeout: 60_000 }, async (_what, text) => {
    const startedAt = performance.now();
    const outcome = await answerWith(text);
    expect(performance.now() - startedAt).toBeLessThan(WITHIN_MS);
    expect(['malformed', 0]).toContain(outcome);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(await answerWith('{"data":[]}')).toBe(0);
  });
});
