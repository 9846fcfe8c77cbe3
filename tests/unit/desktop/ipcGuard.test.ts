import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGuard, type Caller } from '../../../src/main/desktop/ipc/guard';
import { MAX_PAYLOAD_BYTES, weighPayload } from '../../../src/main/engine/api/payload';
import { COMMAND_SCHEMAS } from '../../../src/main/engine/api/commandSchemas';
import { QUERY_SCHEMAS } from '../../../src/main/engine/api/querySchemas';
import { pageOrigin } from '../../../src/main/desktop/pageOrigin';
import { ERROR_CODES, ok, type Result } from '../../../src/shared/contract/envelope';

const OWN_WINDOW = 7;
const origin = pageOrigin(null);
const page: Caller = { senderId: OWN_WINDOW, frame: { url: origin.startUrl, isTop: true } };
const schemas = { ...QUERY_SCHEMAS, ...COMMAND_SCHEMAS };

function harness(behave: (name: string, args: unknown) => Promise<Result<unknown>> = async () => ok(null)) {
  const reached: { readonly name: string; readonly args: unknown }[] = [];
  const logged: object[] = [];
  const handlers = Object.fromEntries(
    Object.keys(schemas).map((name) => [
      name,
      (args: unknown) => {
        reached.push({ name, args });
        return behave(name, args);
      },
    ]),
  );
  const call = createGuard({
    rules: { isOwnWindow: (id) => id === OWN_WINDOW, isOwnUrl: origin.owns },
    schemas,
    handlers,
    log: { warn: () => undefined, error: (fields) => void logged.push(fields) },
  });
  return { call, reached, logged };
}

const pause = { name: 'collector.pause', args: { collectorId: 'dexes', untilMs: null } };

describe('the guard', () => {
  it('hands a well-formed call from our page to its handler and returns the answer', async () => {
    const { call, reached } = harness(async () => ok('done'));
    expect(await call(page, [pause])).toEqual(ok('done'));
    expect(reached).toEqual([pause]);
  });

  it.each<[string, Caller]>([
    ['a frame that has gone', { senderId: OWN_WINDOW, frame: null }],
    ['a frame inside our page', { senderId: OWN_WINDOW, frame: { url: origin.startUrl, isTop: false } }],
    ['another address', { senderId: OWN_WINDOW, frame: { url: 'app://poolwatch.example/', isTop: true } }],
    ['a blank page', { senderId: OWN_WINDOW, frame: { url: 'about:blank', isTop: true } }],
    ['another window', { senderId: OWN_WINDOW + 1, frame: { url: origin.startUrl, isTop: true } }],
  ])('refuses %s', async (_who, caller) => {
    const { call, reached } = harness();
    expect(await call(caller, [pause])).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(reached).toEqual([]);
  });

  it.each<[string, readonly unknown[]]>([
    ['an unknown name', [{ name: 'collector.delete', args: null }]],
    ['a name from the prototype', [{ name: 'constructor', args: null }]],
    ['the prototype itself', [{ name: '__proto__', args: null }]],
    ['a name that is no text', [{ name: ['collector.pause'], args: pause.args }]],
    ['no envelope', []],
    ['a bare name', ['collector.pause']],
    ['two envelopes', [pause, pause]],
    ['an extra field', [{ ...pause, sender: 1 }]],
    ['absent arguments', [{ name: 'snapshot.get' }]],
    ['missing arguments', [{ name: 'collector.pause', args: null }]],
    ['an unknown collector', [{ name: 'collector.pause', args: { collectorId: 'toString', untilMs: null } }]],
    ['an extra argument', [{ name: 'collector.pause', args: { ...pause.args, force: true } }]],
    ['a time that is no number', [{ name: 'collector.pause', args: { collectorId: 'dexes', untilMs: '5' } }]],
    ['NaN', [{ name: 'collector.pause', args: { collectorId: 'dexes', untilMs: Number.NaN } }]],
    [
      'a header break in a key',
      [{ name: 'source.use', args: { mode: 'live', keyPlan: 'pro', apiKey: 'abcd\r\nX: y' } }],
    ],
    ['a link of one’s own', [{ name: 'link.open', args: { link: 'file:///etc/passwd' } }]],
    ['a map', [new Map([['name', 'collector.pause']])]],
    ['a buffer', [{ name: 'collector.pause', args: new Uint8Array(8) }]],
    ['a function', [() => pause]],
  ])('refuses %s before any handler sees it', async (_what, payload) => {
    const { call, reached } = harness();
    expect(await call(page, payload)).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    expect(reached).toEqual([]);
  });

  it('refuses more than 64 kB without looking inside', async () => {
    const { call } = harness();
    const huge = { name: 'pools.list', args: { filter: { search: 'x'.repeat(MAX_PAYLOAD_BYTES) } } };
    expect(await call(page, [huge])).toMatchObject({ ok: false, error: { code: 'too_large' } });
  });

  it('says which argument is wrong', async () => {
    const { call } = harness();
    const answer = await call(page, [{ name: 'collector.pause', args: { collectorId: 'dexes', untilMs: -1 } }]);
    expect(answer).toMatchObject({ ok: false, error: { message: expect.stringContaining('untilMs') as string } });
  });

  it('turns a handler’s exception into an answer without its details, and logs those', async () => {
    const { call, logged } = harness(() => Promise.reject(new Error('SQLITE_CORRUPT in /home/somebody/market.db')));
    const answer = await call(page, [pause]);
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(answer)).not.toMatch(/SQLITE|home|market\.db/);
    expect(logged).toMatchObject([
      { call: 'collector.pause', err: { message: expect.stringContaining('CORRUPT') as string } },
    ]);
  });

  it('survives a handler that throws before it returns a promise', async () => {
    const { call } = harness(() => {
      throw new Error('at once');
    });
    expect(await call(page, [pause])).toMatchObject({ ok: false, error: { code: 'internal' } });
  });

  it('answers whatever arrives with a Result, and lets only valid arguments through', async () => {
    const names = Object.keys(schemas) as (keyof typeof schemas)[];
    const { call, reached } = harness();
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withNullPrototype: true,
    });
    const payload = fc.oneof(
      anything,
      fc.record({ name: fc.constantFrom(...names), args: anything }),
      fc.record({ name: fc.string(), args: anything }),
    );
    const guarded = fc.asyncProperty(fc.array(payload, { maxLength: 2 }), async (sent) => {
      reached.length = 0;
      const answer = await call(page, sent);
      if (!answer.ok) return ERROR_CODES.includes(answer.error.code) && reached.length === 0;
      return reached.every(({ name, args }) => schemas[name as keyof typeof schemas].safeParse(args).success);
    });
    expect(await fc.check(guarded, { numRuns: 500 })).toMatchObject({ failed: false });
  });
});

describe('weighPayload', () => {
  it('refuses cycles, depth and getters that throw, without throwing', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(weighPayload(cycle)).toBe('not_plain');
    expect(
      weighPayload({
        get trap() {
          throw new Error('trap');
        },
      }),
    ).toBe('not_plain');
    expect(weighPayload(Array.from({ length: 40 }).reduce((inner) => [inner], []))).toBe('not_plain');
  });

  it('counts bytes, not characters', () => {
    expect(weighPayload('€'.repeat(MAX_PAYLOAD_BYTES / 3))).toBe('fits');
    expect(weighPayload('€'.repeat(MAX_PAYLOAD_BYTES / 2))).toBe('too_large');
  });

  it('stops early on something enormous', () => {
    expect(weighPayload(Array.from({ length: 1_000_000 }, () => 0))).toBe('too_large');
    // A loop over all its places would keep the program from everything else for minutes.
    const startedAt = performance.now();
    expect(weighPayload(Object.assign([], { length: 4_000_000_000 }))).toBe('too_large');
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
