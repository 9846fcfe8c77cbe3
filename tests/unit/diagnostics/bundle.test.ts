// The bundle on real files, unzipped by other means than it was written.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BundlePart, writeBundle } from '../../../src/main/diagnostics/bundle';
import { redact } from '../../../src/main/diagnostics/redaction';
import { redact as redactKeys } from '../../../src/main/delivery/redact';
import { readZip } from '../../support/readZip';

const SECRETS = [
  'CG-planted-key',
  'ann',
  '/home/ann',
  'ann-laptop',
  'C:\\Users\\ann',
  'https://hooks.example/T0/planted',
];
const clean = (text: string): string => redactKeys(redact(text, SECRETS), SECRETS);

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolwatch-bundle-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function part(name: string, text: string, keeps: BundlePart['keeps'] = 'beginning'): BundlePart {
  return { name, keeps, read: () => Promise.resolve(text) };
}

function write(parts: readonly BundlePart[], signal = new AbortController().signal, path = join(dir, 'b.zip')) {
  return writeBundle({ path, parts, clean, atMs: Date.UTC(2026, 10, 28) }, { signal, onProgress: () => undefined });
}

const unzipped = (): ReadonlyMap<string, string> => readZip(readFileSync(join(dir, 'b.zip')));

describe('the bundle of a diagnosis', () => {
  it('holds every part, whole, readable by its owner only, and nothing else is left in the folder', async () => {
    const bytes = await write([part('a.md', '# Ä'), part('logs/main.jsonl', '{"n":1}\n')]);
    expect([...unzipped()]).toEqual([
      ['a.md', '# Ä'],
      ['logs/main.jsonl', '{"n":1}\n'],
    ]);
    expect(readdirSync(dir)).toEqual(['b.zip']);
    expect(statSync(join(dir, 'b.zip'))).toMatchObject({ size: bytes, mode: 0o100600 });
  });

  it('holds no planted secret, in whatever part and spelling it stands', async () => {
    const planted = [
      'EACCES: /home/ann/pools/market.db on ann-laptop, and /home/bob/x',
      JSON.stringify({
        path: 'C:\\Users\\ann\\pools',
        apiKey: 'some-other-key',
        nested: { clientSecret: 'hush"hush' },
      }),
      'GET /onchain/networks?x_cg_pro_api_key=CG-planted-key HTTP/1.1',
      'authorization: Bearer abcdefghijklmnop',
      'POST https://hooks.example/T0/planted failed; proxy http://user:pass-word@proxy:3128',
      'written by ann@example.org',
    ];
    await write(planted.map((text, n) => part(`${n}.txt`, text, n % 2 === 0 ? 'beginning' : 'end')));
    const all = [...unzipped().values()].join('\n');
    expect(all).not.toMatch(/ann|bob|CG-planted|some-other-key|hush|abcdefgh|T0\/planted|pass-word|@example/);
    expect(all).toContain('[removed]');
    expect(() => JSON.parse(unzipped().get('1.txt')!)).not.toThrow();
  });

  it('is capped: of a log the newest lines stay, of other texts the beginning, each cut between characters', async () => {
    const lines = Array.from({ length: 200_000 }, (_, n) => `{"n":${n},"x":"${'ü'.repeat(20)}"}\n`).join('');
    const bytes = await write([part('log.jsonl', lines, 'end'), part('report.md', lines)]);
    const log = unzipped().get('log.jsonl')!;
    expect(log.startsWith('(cut short)\n{"n":')).toBe(true);
    expect(log.endsWith('{"n":199999,"x":"üüüüüüüüüüüüüüüüüüüü"}\n')).toBe(true);
    expect(unzipped().get('report.md')!.startsWith('{"n":0,')).toBe(true);
    expect(Buffer.byteLength(log)).toBeLessThanOrEqual(6 * 1_024 * 1_024 + 20);
    expect(log + unzipped().get('report.md')!).not.toContain('\uFFFD');
    expect(bytes).toBeLessThan(8 * 1_024 * 1_024);
  });

  it('says in its place what could not be read, and holds the rest', async () => {
    const broken: BundlePart = {
      name: 'x.json',
      keeps: 'end',
      read: () => Promise.reject(new Error('EIO: /home/ann/x')),
    };
    await write([broken, part('y.json', '{}')]);
    expect(unzipped().get('x.json')).toBe('This could not be read: EIO: [removed]/x\n');
    expect(unzipped().get('y.json')).toBe('{}');
  });

  it('leaves no half file when it is called off, and an earlier one as it was', async () => {
    writeFileSync(join(dir, 'b.zip'), 'earlier');
    const stop = new AbortController();
    const stopping: BundlePart = {
      name: 'b',
      keeps: 'end',
      read() {
        stop.abort(new Error('called off'));
        return Promise.resolve('b');
      },
    };
    await expect(write([part('a', 'a'.repeat(100_000)), stopping], stop.signal)).rejects.toThrow();
    expect(readdirSync(dir)).toEqual(['b.zip']);
    expect(readFileSync(join(dir, 'b.zip'), 'utf8')).toBe('earlier');
  });

  it('leaves nothing where it may not be written', async () => {
    const path = join(dir, 'missing', 'b.zip');
    await expect(write([part('a', 'a')], undefined, path)).rejects.toThrow('ENOENT');
    expect(existsSync(join(dir, 'missing'))).toBe(false);
  });
});
