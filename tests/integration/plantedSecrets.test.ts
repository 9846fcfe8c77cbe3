// Secrets planted wherever a person gives one, in a program whose source and receivers throw them back at it: none of them is found in
// anything that it writes, shows or hands out.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY_SECRET, type Application, NO_STARTUP } from '../../src/main/engine/application';
import { createApplication } from '../../src/main/engine/createApplication';
import { openLogger } from '../../src/main/logging/logger';
import { collectorsEvery, PORT_THREADS, QUICK_SETTINGS, until, WORKERS } from '../support/engineBench';
import { type ScriptedApi, sendJson, startScriptedApi } from '../support/scriptedApi';

const SECRETS = {
  apiKey: 'CG-planted-api-key-4711',
  channelPath: 'planted-channel-path-0815',
  channelToken: 'tk_planted_channel_token_42',
  pingPath: 'planted-ping-path-99',
} as const;
/** The person's own choices, which this one is part of (docs/doors.md); readable by the owner alone. */
const SETTINGS_FILE = /settings\.json(?:\.previous)?$/;
const LIMIT_MS = 90_000;

const dir = mkdtempSync(join(tmpdir(), 'poolwatch-secrets-'));
const kept = new Map<string, string>([[API_KEY_SECRET, SECRETS.apiKey]]);
const copied: string[] = [];
const shown: unknown[] = [];
let api: ScriptedApi;
let application: Application;

beforeAll(async () => {
  api = await startScriptedApi();
  // Everything that was sent comes back, in words, headers and JSON.
  api.respond((response, { url, headers }) => {
    const echo = `${url} ${JSON.stringify(headers)}`;
    sendJson(
      response,
      { errors: [{ status: '500', title: echo, detail: echo }], status: { error_message: echo } },
      500,
      {
        'x-echo': JSON.stringify(headers)
          .replaceAll(/[^ -~]/g, '')
          .slice(0, 500),
      },
    );
  });
  const settings = {
    ...QUICK_SETTINGS,
    collectors: collectorsEvery(2_000),
    source: { ...QUICK_SETTINGS.source, mode: 'live', baseUrl: api.baseUrl, keyPlan: 'demo' },
    doors: { metrics: { enabled: true, port: 0 }, ping: { url: `${new URL(api.baseUrl).origin}/${SECRETS.pingPath}` } },
  };
  writeFileSync(join(dir, 'settings.json'), JSON.stringify(settings));
  application = await createApplication(
    {
      rootDir: dir,
      modeOverride: null,
      workers: {
        ...WORKERS,
        ...PORT_THREADS,
        demoMarket: resolve(import.meta.dirname, '../../out/main/demoMarket.js'),
      },
      appVersion: '1.2.3',
      runtime: {},
      testBuild: true,
      logger: await openLogger(join(dir, 'logs')),
    },
    {
      chooseSaveFile: () => Promise.resolve(null),
      chooseOpenPlace: () => Promise.resolve(null),
      openLink: () => Promise.resolve(),
      copyText: (text) => void copied.push(text),
      openFolder: () => Promise.resolve(),
      startup: NO_STARTUP,
      secrets: {
        isPersistent: () => true,
        get: (name) => Promise.resolve(kept.get(name) ?? null),
        set: (name, value) => Promise.resolve(void (value === null ? kept.delete(name) : kept.set(name, value))),
      },
      showNotice: (notice) => {
        shown.push(notice);
        return Promise.resolve({ kind: 'sent' });
      },
    },
  );
  application.onPatch((patch) => shown.push(patch));
  application.setWatched(true);
}, LIMIT_MS);
afterAll(async () => {
  await application?.stop();
  await api?.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('planted secrets', () => {
  it('are used, and thrown back', { timeout: LIMIT_MS }, async () => {
    const origin = new URL(api.baseUrl).origin;
    const saved = await application.commands['channel.save']({
      kind: 'webhook',
      id: null,
      title: 'Hook',
      enabled: true,
      minSeverity: 'info',
      address: { url: `${origin}/${SECRETS.channelPath}`, token: SECRETS.channelToken },
    });
    if (!saved.ok) throw new Error(saved.error.message);
    const { id: channelId } = saved.value;
    shown.push(await application.commands['channel.test']({ channelId }));
    const started = await application.commands['diagnostics.run']({ steps: null });
    expect(started.ok).toBe(true);
    const sent = (): string => JSON.stringify(api.requests);
    // The ping would come in a minute; what it does with its address is told in tests/unit/doors/ping.test.ts.
    const { pingPath: _, ...soon } = SECRETS;
    for (const secret of Object.values(soon)) await until(`${secret} is sent`, () => sent().includes(secret));
    await until('the diagnosis ends', () =>
      application.snapshot().operations.every(({ state }) => state !== 'running'),
    );
    expect((await application.commands['diagnostics.copy'](null)).ok).toBe(true);
  });

  it('are in nothing that is shown, copied or answered', async () => {
    shown.push(application.snapshot(), await application.queries['settings.get'](null));
    shown.push(await application.queries['diagnostics.report'](null));
    expect(copied.join('')).toContain('# Poolwatch diagnosis');
    expect(secretsIn(JSON.stringify([shown, copied]))).toEqual([]);
  });

  it('are in no file: no log, no database, no state', async () => {
    await application.stop();
    const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map(({ parentPath, name }) => join(parentPath, name));
    expect(paths.some((path) => path.endsWith('.log'))).toBe(true);
    expect(paths.some((path) => path.endsWith('monitor.db'))).toBe(true);
    // What may be written is: the looking finds what is there.
    expect(paths.some((path) => !SETTINGS_FILE.test(path) && readFileSync(path).includes(api.host))).toBe(true);
    const leaks = paths.flatMap((path) =>
      secretsIn(readFileSync(path).toString('latin1')).map((name) => ({ path, name })),
    );
    expect(leaks.filter(({ path, name }) => !(SETTINGS_FILE.test(path) && name === 'pingPath'))).toEqual([]);
  });
});

/** The names of the secrets that are in a text. */
function secretsIn(text: string): readonly string[] {
  return Object.entries(SECRETS)
    .filter(([, secret]) => text.includes(secret))
    .map(([name]) => name);
}
