// Hostile messages by the hundred thousand, the same for the same seed: right ones of every kind with something wrong done to them,
// right ones from the wrong caller, and some that nothing is wrong with, so that refusing everything would be noticed.
import fc from 'fast-check';
import { z } from 'zod';
import type { Caller } from '../../../../src/main/desktop/ipc/guard';

export interface HostileMessage {
  readonly caller: Caller;
  readonly payload: readonly unknown[];
}

export interface MessageOptions {
  readonly seed: number;
  readonly schemas: Readonly<Record<string, z.ZodType>>;
  readonly page: Caller;
  readonly strangers: readonly Caller[];
}

const SAMPLES_PER_NAME = 12;
const MAX_MUTATIONS = 3;
/** Of all messages. */
const FROM_STRANGERS = 0.1;
const UNTOUCHED = 0.1;
const BROKEN_ENVELOPE = 0.15;

type Json = Readonly<Record<string, unknown>>;
type Random = () => number;

export function* hostileMessages({ seed, schemas, page, strangers }: MessageOptions): Generator<HostileMessage> {
  const random = mulberry32(seed);
  const names = Object.keys(schemas);
  const samples = names.map((name) =>
    fc.sample(valuesOf(z.toJSONSchema(schemas[name] as z.ZodType, { io: 'input', unrepresentable: 'any' })), {
      seed,
      numRuns: SAMPLES_PER_NAME,
    }),
  );
  for (;;) {
    const index = Math.floor(random() * names.length);
    const valid = { name: names[index] as string, args: pick(random, samples[index] as readonly unknown[]) };
    const caller = random() < FROM_STRANGERS ? pick(random, strangers) : page;
    if (caller !== page || random() < UNTOUCHED) yield { caller, payload: [valid] };
    else if (random() < BROKEN_ENVELOPE) yield { caller, payload: brokenEnvelope(random, valid, names) };
    else yield { caller, payload: [{ name: valid.name, args: mutated(random, valid.args) }] };
  }
}

/** Values that a JSON schema allows; rules that it cannot tell are sometimes broken, which is welcome here. */
function valuesOf(schema: Json): fc.Arbitrary<unknown> {
  const options = (schema['anyOf'] ?? schema['oneOf']) as readonly Json[] | undefined;
  if (options) return fc.oneof(...options.map(valuesOf));
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as readonly unknown[]));
  const number = (key: string, otherwise: number): number => Number(schema[key] ?? otherwise);
  switch (schema['type']) {
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, Json>>).map(([key, inner]) => [
            key,
            valuesOf(inner),
          ]),
        ),
        { requiredKeys: (schema['required'] ?? []) as string[] },
      );
    case 'array':
      return fc.array(valuesOf((schema['items'] ?? {}) as Json), { minLength: number('minItems', 0), maxLength: 3 });
    case 'string':
      return typeof schema['pattern'] === 'string'
        ? fc.stringMatching(new RegExp(schema['pattern']))
        : fc.string({ minLength: number('minLength', 0), maxLength: Math.min(40, number('maxLength', 40)) });
    case 'integer':
      return fc.integer({ min: number('minimum', 0), max: Math.min(1_000_000, number('maximum', 1_000_000)) });
    case 'number':
      return fc.double({ min: number('minimum', 0), max: number('maximum', 1e6), noNaN: true });
    case 'boolean':
      return fc.boolean();
    default:
      return fc.constant(null);
  }
}

function brokenEnvelope(random: Random, valid: { name: string; args: unknown }, names: readonly string[]): unknown[] {
  return pick<() => unknown[]>(random, [
    () => [],
    () => [valid, valid],
    () => [[valid]],
    () => [valid.name],
    () => [{ ...valid, sender: 1 }],
    () => [{ args: valid.args }],
    () => [{ name: valid.name }],
    () => [{ ...valid, name: valid.name.toUpperCase() }],
    () => [{ ...valid, name: `${valid.name} ` }],
    () => [{ ...valid, name: pick(random, ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', '.']) }],
    () => [{ ...valid, name: pick(random, names).split('.').toReversed().join('.') }],
    () => [{ ...valid, name: valid.name.repeat(20) }],
    () => [{ name: valid, args: valid.name }],
    () => [hostileValue(random)],
    () => [Object.assign(Object.create({ name: valid.name, args: valid.args }) as object, { z: 1 })],
    () => [new Map(Object.entries(valid))],
  ])();
}

/** A copy of `value` with up to three things wrong. */
function mutated(random: Random, value: unknown): unknown {
  let changed = structuredClone(value);
  const times = 1 + Math.floor(random() * MAX_MUTATIONS);
  try {
    for (let time = 0; time < times; time += 1) changed = mutateSomewhere(random, changed);
  } catch {
    // What the last change put in does not let itself be looked into, which is what it is for.
  }
  return changed;
}

function mutateSomewhere(random: Random, value: unknown): unknown {
  const isPlain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain || random() < 0.1) return hostileValue(random);
  const record = value as Record<string, unknown>;
  const keys = Object.keys(record);
  const key = keys.length === 0 ? 'extra' : pick(random, keys);
  const what = random();
  if (what < 0.1) Reflect.deleteProperty(record, key);
  else if (what < 0.2) record[pick(random, ['extra', 'path', 'sql', 'constructor', `${key} `])] = hostileValue(random);
  else if (what < 0.25)
    return JSON.parse(`{"__proto__":{"polluted":true},${JSON.stringify(record).slice(1)}`) as unknown;
  else record[key] = what < 0.6 ? mutateSomewhere(random, record[key]) : hostileValue(random);
  return record;
}

const cycle: unknown[] = [];
cycle.push(cycle);
const deep = Array.from({ length: 200 }).reduce<unknown>((inner) => [inner], []);

/** Made anew each time: what is handed over could be changed. */
const HOSTILE: readonly (() => unknown)[] = [
  ...[
    '',
    ' ',
    '../../../etc/passwd',
    '..\\..\\windows',
    '/etc/passwd',
    'C:\\Windows\\win.ini',
    '\\\\server\\share',
    '%2e%2e%2f',
    'file:///etc/passwd',
    'javascript:alert(1)',
    "'; DROP TABLE pools; --",
    '" OR 1=1',
    '=HYPERLINK("https://example.com")',
    '<img src=x onerror=alert(1)>',
    '\0',
    'market\0.db',
    'a\r\nX-Injected: 1',
    '\u202Ecod.exe',
    '\uD800',
    '__proto__',
    'constructor',
    'market-20260101T000000Z.db/../../x',
    'NaN',
    '1e999',
  ].map((text) => () => text),
  () => 'x'.repeat(5_000),
  () => 'x'.repeat(70_000),
  () => '€'.repeat(30_000),
  ...[Number.NaN, Infinity, -Infinity, -1, -0, 0.5, 1e308, 2 ** 53, -(2 ** 31)].map((number) => () => number),
  () => undefined,
  () => null,
  () => true,
  () => [],
  () => ({}),
  () => 10n ** 30n,
  () => Symbol('x'),
  () => () => 'called',
  () => new Date(0),
  () => new Map([['name', 1]]),
  () => new Set([1]),
  () => new Uint8Array(8),
  () => new ArrayBuffer(8),
  () => /x/,
  () => new Error('x'),
  () => Promise.resolve(1),
  () => Object.create(null) as unknown,
  () => JSON.parse('{"__proto__":{"polluted":true}}') as unknown,
  () => JSON.parse('{"constructor":{"prototype":{"polluted":true}}}') as unknown,
  () => ({ toString: 'x', valueOf: 1, length: -1 }),
  () => cycle,
  () => deep,
  () => Array.from({ length: 9_000 }, () => 0),
  // Costs nothing to send, and a loop over it does not end.
  () => Object.assign([], { length: 4_000_000_000 }),
  () =>
    Object.defineProperty({}, 'trap', {
      enumerable: true,
      get: () => {
        throw new Error('trap');
      },
    }),
  () =>
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('trap');
        },
      },
    ),
];

function hostileValue(random: Random): unknown {
  return pick(random, HOSTILE)();
}

function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T;
}

/** A small generator of numbers from 0 to 1, the same for the same seed (Tommy Ettinger's mulberry32). */
function mulberry32(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
