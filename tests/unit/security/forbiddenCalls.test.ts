// Calls that would undo what protects the program, and the few files that may make them. Read from the sources: what is not there
// cannot be reached by any input.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..', '..', '..');
const sources = new Map(
  readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .map(
      (path) =>
        [relative(join(ROOT, 'src'), path).split(sep).join('/'), withoutComments(readFileSync(path, 'utf8'))] as const,
    ),
);

/** Lines that are comments from their first character on. */
function withoutComments(text: string): string {
  return text.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '');
}

const filesWith = (pattern: RegExp): readonly string[] =>
  [...sources].filter(([, text]) => pattern.test(text)).map(([file]) => file);

describe('the sources', () => {
  it.each([
    [
      'accept certificates that do not hold',
      /ignore-certificate|certificate-error|CertificateVerifyProc|rejectUnauthorized|TLS_REJECT/,
    ],
    ['make code of text', /\beval\(|new Function\(|vm\.(?:run|Script)|executeJavaScript|insertCSS/],
    [
      'put text into the page as markup',
      /dangerouslySetInnerHTML|\.(?:inner|outer)HTML|insertAdjacentHTML|document\.write/,
    ],
    [
      'weaken the page',
      /nodeIntegration\w*: true|contextIsolation: false|sandbox: false|webSecurity: false|webviewTag: true/,
    ],
    ['run a shell', /shell: true|(?<![.\w])exec\(|execSync\(/],
    ['load a page from elsewhere', /loadFile\(|BrowserView|WebContentsView|<webview/],
  ])('never %s', (_what, pattern) => {
    expect(filesWith(pattern)).toEqual([]);
  });

  it.each([
    ['hand an address to the system', /openExternal\(/, ['main/desktop/ports.ts']],
    ['load an address into the window', /loadURL\(/, ['main/desktop/window.ts']],
    ['answer the page', /ipcMain\.(?:handle|on)/, ['main/desktop/ipc/channels.ts']],
    ['speak to the page', /webContents\.send\(/, ['main/desktop/ipc/register.ts']],
    ['ask the main process', /ipcRenderer\./, ['preload/index.ts']],
    ['touch the bridge', /window\.poolwatch/, ['renderer/src/bridge/bridge.ts']],
    ['open developer tools', /toggleDevTools|openDevTools/, ['main/desktop/menu.ts']],
    ['start other programs', /node:child_process/, ['main/desktop/trayHost.ts']],
    [
      'listen',
      /createServer\(/,
      ['main/demo/httpServer.ts', 'main/doors/doorServer.ts', 'main/engine/socket/controlSocket.ts'],
    ],
  ])('%s in few places only', (_what, pattern, files) => {
    expect(filesWith(pattern)).toEqual(files);
  });

  it('ask whether an address may be opened before it is', () => {
    const text = sources.get('main/desktop/ports.ts') ?? '';
    expect(text.indexOf('mayOpenExternally(')).toBeGreaterThan(0);
    expect(text).toMatch(/mayOpenExternally\([^)]*\)[\s\S]{0,200}openExternal\(/);
  });
});
