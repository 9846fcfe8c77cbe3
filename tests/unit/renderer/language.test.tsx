import { act, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDateTime, formatUsd } from '../../../src/shared/util/format';
import type { LanguageChoice } from '../../../src/shared/domain/settings';
import type { UpdateStatus } from '../../../src/shared/contract/updates';
import { updateSentence } from '../../../src/shared/util/updateText';
import { updateInWords } from '../../../src/renderer/src/pages/settings/about/updateWords';
import { german as GERMAN } from '../../../src/renderer/src/texts/de/german';
import { english as ENGLISH } from '../../../src/renderer/src/texts/en/english';
import { rich } from '../../../src/renderer/src/texts/rich';
import { speak, t } from '../../../src/renderer/src/texts/texts';
import { FakeBridge } from './support/fakeBridge';
import { failingSnapshot } from './support/fakeSnapshot';
import { renderApp, type RenderedApp } from './support/renderApp';

let app: RenderedApp | null = null;
afterEach(() => {
  app?.close();
  app = null;
  speak('en');
});

function choose(bridge: FakeBridge, language: LanguageChoice): void {
  act(() => bridge.push({ app: { ...bridge.snapshot.app, language } }));
}

/** Everything that the window shows or tells, piece by piece. */
function told(): readonly string[] {
  return [...document.body.querySelectorAll(':not(style)')].flatMap((element) => [
    ...[...element.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? (node.nodeValue ?? '') : '')),
    ...['aria-label', 'title', 'placeholder', 'data-tip'].map((name) => element.getAttribute(name) ?? ''),
  ]);
}

/** Texts by themselves that German has another one for. */
function onlyEnglish(texts: object, others: object): readonly string[] {
  return Object.entries(texts).flatMap(([key, text]: [string, unknown]) => {
    const other = (others as Record<string, unknown>)[key];
    if (typeof text !== 'string') return onlyEnglish(text as object, other as object);
    return text === other || text.includes('{{') ? [] : [text];
  });
}

describe('the language of the window', () => {
  it('changes at once, and is said to the page', async () => {
    const bridge = new FakeBridge(failingSnapshot(Date.now()));
    app = await renderApp(bridge);
    expect(document.documentElement.lang).toBe('en');
    choose(bridge, 'de');
    expect(document.documentElement.lang).toBe('de');
    expect(within(screen.getByTestId('nav-settings')).getByText('Einstellungen')).toBeTruthy();
    choose(bridge, 'en');
    expect(within(screen.getByTestId('nav-settings')).getByText('Settings')).toBeTruthy();
  });

  it('is not said to the page again with every push, which would cost it the style of everything in it', async () => {
    const bridge = new FakeBridge(failingSnapshot(Date.now()));
    app = await renderApp(bridge);
    const observer = new MutationObserver(() => undefined);
    observer.observe(document.documentElement, { attributes: true });
    act(() => bridge.push({ hosts: [] }));
    expect(observer.takeRecords()).toEqual([]);
    choose(bridge, 'de');
    expect(observer.takeRecords().map(({ attributeName }) => attributeName)).toEqual(['lang']);
  });

  it.each([
    ['now/dexes', 'panel-runs'],
    ['timeline', 'timeline-matrix'],
    ['alerts/rules', 'rules'],
    ['database', 'retention'],
    ['settings/desktop', 'setting-atLogin'],
  ])('leaves nothing of the one before on the page: %s', async (page, part) => {
    const bridge = new FakeBridge(failingSnapshot(Date.now()));
    app = await renderApp(bridge, `#/${page}`);
    await screen.findByTestId(part);
    const english: ReadonlySet<string> = new Set(onlyEnglish(ENGLISH, GERMAN));
    // What the program says stays as it says it.
    const program = JSON.stringify(bridge.snapshot);
    const left = (): readonly string[] =>
      told().filter((words) => english.has(words) && !program.includes(`"${words}"`));
    expect(left().length).toBeGreaterThan(10);
    choose(bridge, 'de');
    await screen.findByTestId(part);
    expect(left()).toEqual([]);
  });

  it('is the one of the system until somebody chooses', async () => {
    app = await renderApp(new FakeBridge(failingSnapshot(Date.now())));
    expect(navigator.language).toMatch(/^en/);
    expect(screen.getByTestId('nav-now').textContent).toContain('Now');
  });
});

describe('a text', () => {
  it.each([
    ['en', 0, '0 rows'],
    ['en', 1, '1 row'],
    ['en', 1_200, '1,200 rows'],
    ['de', 0, '0 Zeilen'],
    ['de', 1, '1 Zeile'],
    ['de', 1_200, '1.200 Zeilen'],
  ] as const)('counts in %s: %i', (language, count, words) => {
    speak(language);
    expect(t('common.rows', { count })).toBe(words);
  });

  it('shows what it is given as it is, whatever that looks like', () => {
    const title = '<b>{{age}}</b> $t(common.now) & “more”';
    expect(t('now.runOneNow', { title })).toBe(`Run ${title} now`);
    expect(render(rich('now.runOneNow', { title })).container.textContent).toBe(`Run ${title} now`);
  });

  it.each<UpdateStatus['state']>([
    { kind: 'no_feed' },
    { kind: 'unusable_feed', why: 'it has no host' },
    { kind: 'no_desktop' },
    { kind: 'not_asked' },
    { kind: 'held_back', by: 'battery' },
    { kind: 'held_back', by: 'wake' },
    { kind: 'asking' },
    { kind: 'newest', askedAtMs: 1 },
    { kind: 'downloading', version: '2.0.0', percent: 41.7 },
    { kind: 'ready', version: '2.0.0' },
    { kind: 'by_hand', version: '2.0.0' },
    { kind: 'failed', why: 'no answer', askedAtMs: 1 },
  ])('says of updates what the terminal says: $kind', (state) => {
    for (const hasReleasePage of [true, false]) {
      const status = { version: '1.0.0', state, hasReleasePage };
      expect(updateInWords(status)).toBe(updateSentence(status));
    }
  });

  it('writes numbers, sizes, amounts and moments as its language does', () => {
    const at = new Date(2026, 10, 23, 14, 3, 9).getTime();
    speak('de');
    expect([formatCount(1_234_567), formatBytes(1_536), formatUsd('1240000'), formatDateTime(at)]).toEqual([
      '1.234.567',
      '1,5 KB',
      expect.stringMatching(/^1,24\sMio\. \$$/),
      '23. Nov., 14:03:09',
    ]);
    speak('en');
    expect([formatCount(1_234_567), formatBytes(1_536), formatUsd('1240000'), formatDateTime(at)]).toEqual([
      '1,234,567',
      '1.5 KB',
      '$1.24M',
      'Nov 23, 14:03:09',
    ]);
  });
});
