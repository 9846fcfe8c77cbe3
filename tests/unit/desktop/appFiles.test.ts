import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerAppFile, resolveAppFile } from '../../../src/main/desktop/appFiles';

let outside: string;
let root: string;

beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), 'poolwatch-app-files-'));
  root = join(outside, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  mkdirSync(join(root, 'folder.js'));
  writeFileSync(join(outside, 'secret.html'), 'secret');
  writeFileSync(join(outside, 'renderer-secret.html'), 'secret');
  writeFileSync(join(root, '.hidden.html'), 'secret');
  writeFileSync(join(root, 'notes.md'), 'secret');
  writeFileSync(join(root, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
  writeFileSync(join(root, 'assets', 'index-Ab_1.js'), 'run()');
});
afterAll(() => rmSync(outside, { recursive: true, force: true }));

const get = (url: string, method = 'GET') => answerAppFile(root, { method, url });

describe('resolveAppFile', () => {
  it.each([
    ['app://poolwatch/', ['index.html']],
    ['app://poolwatch', ['index.html']],
    ['app://poolwatch/index.html?page=now#top', ['index.html']],
    ['app://poolwatch/assets/index-Ab_1.js', ['assets', 'index-Ab_1.js']],
    ['app://poolwatch/assets/%69ndex.js', ['assets', 'index.js']],
    ['app://poolwatch/assets/../index.html', ['index.html']],
    // Above the root there is only the root: the address itself loses such segments.
    ['app://poolwatch/../../secret.html', ['secret.html']],
    ['app://poolwatch/%2e%2e/secret.html', ['secret.html']],
  ])('names the file of %s', (url, parts) => {
    expect(resolveAppFile(root, url)).toBe(join(root, ...parts));
  });

  it.each([
    'app://poolwatch/..%2fsecret.html',
    'app://poolwatch/..%2Fsecret.html',
    'app://poolwatch/assets/..%2f..%2fsecret.html',
    'app://poolwatch/..%5csecret.html',
    'app://poolwatch/..\\secret.html',
    'app://poolwatch/%2e%2e%2fsecret.html',
    'app://poolwatch/%252e%252e%252fsecret.html',
    'app://poolwatch/..%252fsecret.html',
    'app://poolwatch/%2e%2e%2frenderer-secret.html',
    'app://poolwatch//host/secret.html',
    'app://poolwatch///etc/passwd.html',
    'app://poolwatch/%2fetc/passwd.html',
    'app://poolwatch/C:/windows/win.html',
    'app://poolwatch/C%3A%5Cwindows%5Cwin.html',
    'app://poolwatch/%5c%5cserver%5cshare%5cx.html',
    'app://poolwatch/index.html%00.png',
    'app://poolwatch/%00/index.html',
    'app://poolwatch/.hidden.html',
    'app://poolwatch/assets/.git/x.html',
    'app://poolwatch/index%0a.html',
    'app://poolwatch/%ff.html',
    'app://poolwatch/%E0%A4%A.html',
    'app://poolwatch/notes.md',
    'app://poolwatch/index',
    'app://poolwatch/assets/',
    'app://other/index.html',
    'app://poolwatch.example/index.html',
    'app://example.poolwatch/index.html',
    'app://poolwatch:80/index.html',
    'app://user@poolwatch/index.html',
    'app://user:word@poolwatch/index.html',
    'app:///index.html',
    'app:index.html',
    'file:///index.html',
    'https://poolwatch/index.html',
    'data:text/html,x',
    '',
    'nonsense',
  ])('serves nothing for %s', (url) => {
    expect(resolveAppFile(root, url)).toBeNull();
  });

  it('never names a file outside the page’s folder', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2f',
      '%5c',
      '/',
      '\\',
      '%00',
      'C:',
      'a.html',
      'assets',
      '%25',
      '~',
      ' ',
    );
    const address = fc.array(fc.oneof(piece, fc.string({ unit: 'binary' })), { maxLength: 12 });
    const contained = fc.property(address, (pieces) => {
      const file = resolveAppFile(root, `app://poolwatch/${pieces.join('')}`);
      return file === null || file.startsWith(root + sep);
    });
    expect(fc.check(contained)).toMatchObject({ failed: false });
  });
});

describe('answerAppFile', () => {
  it('answers a script with its type, its bytes and the security headers', async () => {
    const answer = await get('app://poolwatch/assets/index-Ab_1.js');
    expect(answer.status).toBe(200);
    expect(Buffer.from(answer.body as Uint8Array).toString()).toBe('run()');
    expect(answer.headers).toMatchObject({
      'Content-Type': 'text/javascript; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    });
  });

  it('writes the same fresh nonce into the page and its policy at every load', async () => {
    const nonces = new Set<string>();
    for (let load = 0; load < 3; load += 1) {
      const { body, headers } = await get('app://poolwatch/');
      const nonce = /content="([^"]+)"/.exec(String(body))?.[1] ?? '';
      expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
      expect(headers['Content-Security-Policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  it.each([
    ['app://poolwatch/index.html', 'GET', 200],
    ['app://poolwatch/index.html', 'HEAD', 200],
    ['app://poolwatch/index.html', 'POST', 405],
    ['app://poolwatch/index.html', 'PUT', 405],
    ['app://poolwatch/absent.html', 'GET', 404],
    ['app://poolwatch/folder.js', 'GET', 404],
    ['app://poolwatch/..%2fsecret.html', 'GET', 404],
    ['app://other/index.html', 'GET', 404],
  ])('answers %s by %s with %i, under the policy that allows nothing from elsewhere', async (url, method, status) => {
    const answer = await get(url, method);
    expect(answer.status).toBe(status);
    const policy = answer.headers['Content-Security-Policy'];
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(answer.body === null).toBe(method !== 'GET' || status !== 200);
  });
});
