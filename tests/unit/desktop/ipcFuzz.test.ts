// A hundred thousand hostile messages against the real gateway with the real schemas: no crash, no effect, every one refused or valid.
import { expect, it } from 'vitest';
import { createGuard, type Caller } from '../../../src/main/desktop/ipc/guard';
import { pageOrigin } from '../../../src/main/desktop/pageOrigin';
import { WINDOW_COMMAND_SCHEMAS } from '../../../src/main/engine/api/commandSchemas';
import { MAX_PAYLOAD_BYTES } from '../../../src/main/engine/api/payload';
import { QUERY_SCHEMAS } from '../../../src/main/engine/api/querySchemas';
import { ERROR_CODES, ok } from '../../../src/shared/contract/envelope';
import { hostileMessages } from './support/hostileMessages';

const MESSAGES = 100_000;
const SEED = 20_261_128;
const OWN_WINDOW = 7;
const LIMIT_MS = 120_000;
/** Nobody should be able to keep the main process busy with one message. */
const LONGEST_MS = 2_000;

const origin = pageOrigin(null);
const page: Caller = { senderId: OWN_WINDOW, frame: { url: origin.startUrl, isTop: true } };
const strangers: readonly Caller[] = [
  { senderId: OWN_WINDOW, frame: null },
  { senderId: OWN_WINDOW, frame: { url: origin.startUrl, isTop: false } },
  { senderId: OWN_WINDOW + 1, frame: { url: origin.startUrl, isTop: true } },
  ...['about:blank', 'about:srcdoc', 'app://other/', 'app://poolwatch@other/', 'https://poolwatch/', ''].map((url) => ({
    senderId: OWN_WINDOW,
    frame: { url, isTop: true },
  })),
];
const schemas = { ...QUERY_SCHEMAS, ...WINDOW_COMMAND_SCHEMAS };

it('100,000 hostile messages are refused, or valid, and nothing else happens', { timeout: LIMIT_MS }, async () => {
  let reached: { readonly name: string; readonly args: unknown } | null = null;
  let told = 0;
  const errors: object[] = [];
  const handlers = Object.fromEntries(
    Object.keys(schemas).map((name) => [
      name,
      (args: unknown) => {
        reached = { name, args };
        return Promise.resolve(ok(null));
      },
    ]),
  );
  const ask = createGuard({
    rules: { isOwnWindow: (id) => id === OWN_WINDOW, isOwnUrl: origin.owns },
    schemas,
    handlers,
    log: { warn: () => void (told += 1), error: (fields) => void errors.push(fields) },
  });

  const outcomes: Record<string, number> = {};
  const names = new Set<string>();
  const wrong: unknown[] = [];
  let longestMs = 0;
  let count = 0;
  for (const { caller, payload } of hostileMessages({ seed: SEED, schemas, page, strangers })) {
    reached = null;
    const startedAt = performance.now();
    const answer = await ask(caller, payload);
    longestMs = Math.max(longestMs, performance.now() - startedAt);
    const outcome = answer.ok ? 'valid' : answer.error.code;
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    const got = reached as { readonly name: string; readonly args: unknown } | null;
    const isRight = answer.ok
      ? caller === page && got !== null && isHarmless(got.name, got.args)
      : got === null && ERROR_CODES.includes(answer.error.code) && (caller === page) === (outcome !== 'forbidden');
    if (!isRight) wrong.push({ payload, answer });
    if (got) names.add(got.name);
    if ((count += 1) === MESSAGES) break;
  }

  process.stdout.write(`  ${MESSAGES} hostile messages, seed ${SEED}: ${JSON.stringify(outcomes)}\n`);
  expect(wrong).toEqual([]);
  expect(errors).toEqual([]);
  expect(told).toBe(outcomes['forbidden']);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(longestMs).toBeLessThan(LONGEST_MS);
  // What was sent was no mere noise: each call got through when nothing was wrong, and each kind of refusal was met.
  expect([...names].toSorted()).toEqual(Object.keys(schemas).toSorted());
  for (const outcome of ['valid', 'forbidden', 'bad_request', 'too_large']) {
    expect(outcomes[outcome]).toBeGreaterThan(MESSAGES / 100);
  }
});

/** What the handlers rely on, said without the schemas: plain data of a bounded size, and from a page no place on the disk. */
function isHarmless(name: string, args: unknown): boolean {
  if (!isPlain(args) || JSON.stringify(args).length > MAX_PAYLOAD_BYTES) return false;
  const { path, place } = (args ?? {}) as { readonly path?: unknown; readonly place?: { readonly kind?: unknown } };
  return (path ?? null) === null && (!name.startsWith('import.') || place?.kind !== 'path');
}

function isPlain(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.entries(value).every(
    ([key, member]) => key !== '__proto__' && (member === undefined || isPlain(member)),
  );
}
