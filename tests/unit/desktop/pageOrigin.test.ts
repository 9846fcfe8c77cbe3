import { describe, expect, it } from 'vitest';
import { mayOpenExternally } from '../../../src/main/desktop/externalLinks';
import { pageOrigin } from '../../../src/main/desktop/pageOrigin';

describe('pageOrigin', () => {
  it('owns its own addresses', () => {
    const origin = pageOrigin(null);
    expect(origin.owns(origin.startUrl)).toBe(true);
    expect(origin.owns('app://poolwatch/index.html?x=1#/database')).toBe(true);
  });

  it.each([
    'app://poolwatch.example/',
    'app://other/?app://poolwatch/',
    'app://poolwatch@other/',
    'app://user@poolwatch/',
    'app://poolwatch:1/',
    'https://poolwatch/',
    'javascript:alert(1)//app://poolwatch/',
    'data:text/html,app://poolwatch/',
    'file:///app://poolwatch/',
    'about:blank',
    'about:srcdoc',
    '',
    'nonsense',
  ])('disowns %s', (url) => {
    expect(pageOrigin(null).owns(url)).toBe(false);
  });

  it('owns the development server’s port and no other', () => {
    const origin = pageOrigin('http://localhost:5173');
    expect(origin.owns('http://localhost:5173/index.html')).toBe(true);
    expect(origin.owns('http://localhost:5174/')).toBe(false);
    expect(origin.owns('https://localhost:5173/')).toBe(false);
    expect(origin.owns('app://poolwatch/')).toBe(false);
  });
});

describe('mayOpenExternally', () => {
  it('lets pages of the sources through', () => {
    expect(mayOpenExternally('https://www.geckoterminal.com/solana/pools/abc')).toBe(true);
  });

  it.each([
    'http://www.geckoterminal.com/',
    'https://www.geckoterminal.com.example/',
    'https://www.geckoterminal.com:444/',
    'https://user@www.geckoterminal.com/',
    'https://example.com/?https://www.geckoterminal.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'mailto:somebody@example.com',
    '',
  ])('refuses %s', (url) => {
    expect(mayOpenExternally(url)).toBe(false);
  });
});
