// What a page that turned hostile could try, and that none of it works, neither here nor in the packaged program.
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchApp, newProfile, removeProfile, ROOT, type LaunchedApp } from '../support/launchApp';
import { packagedExecutable } from '../support/packagedFiles';
import { snapshot, waitForRows } from '../support/windowSteps';

const profile = newProfile();
let launched: LaunchedApp;

test.beforeAll(async () => {
  const isPackaged = test.info().project.name === 'packaged';
  launched = await launchApp({ profile, ...(isPackaged && { executable: packagedExecutable() }) });
  await waitForRows(launched.page, 'dexes');
});
test.afterAll(async () => {
  await launched.close();
  removeProfile(profile);
});

test('the page sees the bridge and nothing of Node or Electron', async () => {
  const seen = await launched.page.evaluate(() => ({
    bridge: Object.keys(window.poolwatch ?? {}).toSorted(),
    globals: ['process', 'require', 'module', 'Buffer', 'global', '__dirname', 'ipcRenderer', 'electron'].filter(
      (name) => name in window,
    ),
    // A function from another world would bring that world's constructor along.
    processBehindBridge: (() => {
      const [offered] = Object.values(window.poolwatch ?? {}) as { constructor: (code: string) => () => string }[];
      try {
        return offered?.constructor('return typeof process')();
      } catch {
        return 'refused';
      }
    })(),
  }));
  expect(seen.bridge).toEqual(['command', 'onPatch', 'query']);
  expect(seen.globals).toEqual([]);
  expect(['refused', 'undefined']).toContain(seen.processBehindBridge);
});

test('the window runs with the strict preferences', async () => {
  const preferences = await launched.app.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0] as Electron.BrowserWindow & {
      webContents: { getLastWebPreferences(): Electron.WebPreferences | null };
    };
    return webContents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
  });
});

test('unknown names, wrong arguments and too much of them are refused', async () => {
  const answers = await launched.page.evaluate(async () => {
    const ask = window.poolwatch?.command as (name: unknown, args: unknown) => Promise<unknown>;
    const query = window.poolwatch?.query as (name: unknown, args: unknown) => Promise<unknown>;
    return Promise.all([
      ask('app.quit', null),
      ask('constructor', null),
      ask(['collector.pause'], null),
      query('collector.pause', { collectorId: 'dexes', untilMs: null }),
      ask('collector.pause', { collectorId: '../../etc', untilMs: null }),
      ask('collector.pause', { collectorId: 'dexes', untilMs: null, extra: 1 }),
      ask('link.open', { link: 'file:///etc/passwd' }),
      ask('collector.pause', new Map()),
      query('pools.list', { sql: 'DROP TABLE pools' }),
      ask('banner.dismiss', { id: 'x'.repeat(100_000) }),
    ]);
  });
  const codes = answers.map((answer) => (answer as { error?: { code: string } }).error?.code);
  expect(codes).toEqual([...Array.from({ length: 9 }, () => 'bad_request'), 'too_large']);
});

test('hundreds of malformed calls are answered, refused, and change nothing', async () => {
  const { page } = launched;
  const before = await snapshot(page);
  const codes = await page.evaluate(async () => {
    type Ask = (name: unknown, args: unknown) => Promise<unknown>;
    const { query, command } = window.poolwatch as unknown as { readonly query: Ask; readonly command: Ask };
    const names = [
      'collector.pause',
      'database.restore',
      'rule.remove',
      'table.export',
      'import.run',
      'pools.list',
      'x',
      '',
    ];
    const values = [
      undefined,
      null,
      -1,
      Number.NaN,
      2 ** 60,
      '../../etc/passwd',
      '\0',
      '__proto__',
      'x'.repeat(70_000),
      [],
      Object.assign([], { length: 50_000 }),
      new Map([['path', 1]]),
      new Date(0),
      new Uint8Array(64),
      JSON.parse('{"__proto__":{"polluted":true}}') as unknown,
      { database: 'market', backup: '../market.db', bringNewer: true },
      { collectorId: 'dexes', untilMs: '5' },
    ];
    const asked = names.flatMap((name) => values.flatMap((value) => [query(name, value), command(name, value)]));
    const answers = (await Promise.all(asked)) as {
      readonly ok: boolean;
      readonly error?: { readonly code: string };
    }[];
    return answers.map(({ ok, error }) => (ok ? 'done' : error?.code));
  });
  expect(codes).toHaveLength(272);
  expect(new Set(codes)).toEqual(new Set(['bad_request', 'too_large']));
  const after = await snapshot(page);
  expect(after.collectors.map(({ pause }) => pause)).toEqual(before.collectors.map(({ pause }) => pause));
  // The program's own daily check may begin at any time; nothing that was asked for here is one.
  const asked = after.operations.filter(({ kind }) => kind !== 'check');
  expect(asked).toEqual(before.operations.filter(({ kind }) => kind !== 'check'));
});

test('a frame inside the page has no bridge', async () => {
  const bridgeInside = await launched.page.evaluate(() => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const inside = typeof (frame.contentWindow as Window | null)?.poolwatch;
    frame.remove();
    return inside;
  });
  expect(bridgeInside).toBe('undefined');
});

test('another window is refused even with our page and our preload script', async () => {
  const preload = join(ROOT, 'out', 'preload', 'index.cjs');
  const answer = await launched.app.evaluate(async ({ BrowserWindow }, file) => {
    const rogue = new BrowserWindow({ show: false, webPreferences: { preload: file } });
    try {
      await rogue.loadURL('app://poolwatch/index.html');
      const asked = `window.poolwatch.command('collector.pause', { collectorId: 'dexes', untilMs: null })`;
      return (await rogue.webContents.executeJavaScript(asked)) as unknown;
    } finally {
      rogue.destroy();
    }
  }, preload);
  expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } });
});

test('the page cannot leave, open windows or download', async () => {
  const { page, app } = launched;
  const address = page.url();
  const targets = [
    'https://example.com/',
    'https://example.com/?app://poolwatch/index.html',
    'https://poolwatch@example.com/',
    'file:///etc/passwd',
    'app://other/',
    'app://poolwatch@other/index.html',
    'data:text/html,x',
    'javascript:document.body.remove()',
    'blob:app://poolwatch/x',
    'poolwatch://collector/dexes',
  ];
  for (const target of targets) {
    await page.evaluate((url) => {
      location.href = url;
    }, target);
    expect(await page.evaluate((url) => window.open(url) === null, target)).toBe(true);
  }
  const downloadPrevented = await app.evaluate(({ session }) => {
    const asked = new Promise<boolean>((resolve) => {
      session.defaultSession.once('will-download', (event) => resolve(event.defaultPrevented));
    });
    session.defaultSession.downloadURL('app://poolwatch/index.html');
    return asked;
  });
  expect(downloadPrevented).toBe(true);
  expect(page.url()).toBe(address);
  expect(app.windows()).toHaveLength(1);
});

test('nothing is fetched from elsewhere, and no file outside the page’s folder', async () => {
  const answers = await launched.page.evaluate(() =>
    Promise.all(
      [
        'app://other/index.html',
        'https://example.com/',
        'file:///etc/passwd',
        'app://poolwatch/..%2fmain%2findex.js',
        'app://poolwatch/%2e%2e/main/index.js',
        'app://poolwatch/../../package.json',
        'app://poolwatch/absent.js',
      ].map((url) =>
        fetch(url).then(
          ({ status }) => status,
          () => 'refused',
        ),
      ),
    ),
  );
  expect(answers).toEqual(['refused', 'refused', 'refused', 404, 404, 404, 404]);
});

test('inline scripts, foreign scripts and eval are blocked', async () => {
  const ran = await launched.page.evaluate(async () => {
    const inline = document.createElement('script');
    inline.textContent = 'window.inlineRan = true';
    document.head.append(inline);
    const foreign = document.createElement('script');
    foreign.src = 'data:text/javascript,window.foreignRan=true';
    const refused = new Promise((resolve) => foreign.addEventListener('error', resolve));
    document.head.append(foreign);
    await refused;
    inline.remove();
    foreign.remove();
    const marks = ['inlineRan', 'foreignRan'].filter((mark) => mark in window);
    return marks;
  });
  expect(ran).toEqual([]);
});

test('every permission is denied', async () => {
  const answers = await launched.page.evaluate(async () => ({
    notification: await Notification.requestPermission(),
    geolocation: (await navigator.permissions.query({ name: 'geolocation' })).state,
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      () => 'denied',
    ),
    screen: await navigator.mediaDevices.getDisplayMedia().then(
      () => 'granted',
      () => 'denied',
    ),
  }));
  expect(answers).toEqual({ notification: 'denied', geolocation: 'denied', camera: 'denied', screen: 'denied' });
});
