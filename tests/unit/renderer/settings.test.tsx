import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/main/settings/settingsSchema';
import {
  AMOUNT_FIELDS,
  PACE_FIELDS,
  PATIENCE_FIELDS,
  WATCHLIST_FIELDS,
} from '../../../src/renderer/src/pages/settings/collectors/collectorFields';
import { changeOf, readField, valueAt, writeField } from '../../../src/renderer/src/pages/settings/form/settingField';
import { KEEPING_FIELDS } from '../../../src/renderer/src/pages/settings/keeping/keepingSection';
import { FakeBridge } from './support/fakeBridge';
import { healthySnapshot } from './support/fakeSnapshot';
import { renderApp, type RenderedApp } from './support/renderApp';

let app: RenderedApp | null = null;
afterEach(() => {
  app?.close();
  app = null;
});

async function open(section: string, prepare: (bridge: FakeBridge) => void = () => undefined): Promise<FakeBridge> {
  const bridge = new FakeBridge(healthySnapshot(Date.now()));
  prepare(bridge);
  app = await renderApp(bridge, `#/settings/${section}`);
  await screen.findByTestId('page-settings');
  return bridge;
}

const write = (testId: string, value: string): void => {
  fireEvent.change(screen.getByTestId(testId), { target: { value } });
};
const input = (testId: string): Promise<HTMLInputElement> => screen.findByTestId(testId);

describe('a field of the settings', () => {
  it.each([...PACE_FIELDS, ...AMOUNT_FIELDS, ...PATIENCE_FIELDS, ...WATCHLIST_FIELDS, ...KEEPING_FIELDS])(
    'shows what is there and reads it back: $path',
    ({ path, kind }) => {
      const value = valueAt(DEFAULT_SETTINGS, path);
      if (kind !== 'flag') expect(value).not.toBeUndefined();
      expect(readField(kind, writeField(kind, value))).toEqual({ value: value ?? (kind === 'flag' ? true : null) });
    },
  );

  it('becomes a change of exactly its entry', () => {
    const values = new Map<string, unknown>([
      ['collectors.dexes.intervalMs', 60_000],
      ['collectors.dexes.adaptive', false],
      ['topPools.maxPages', 3],
    ]);
    expect(changeOf(values)).toEqual({
      collectors: { dexes: { intervalMs: 60_000, adaptive: false } },
      topPools: { maxPages: 3 },
    });
  });
});

describe('the collectors', () => {
  it('are changed together, with what is wrong at its field, and only what was changed is sent', async () => {
    const bridge = await open('collectors');
    expect((await input('setting-collectors.dexes.intervalMs')).value).toBe('1 h');
    write('setting-collectors.dexes.intervalMs', 'often');
    expect(screen.getByText('Write a time, like “30 s” or “5 min”.')).toBeTruthy();
    expect(screen.getByTestId<HTMLButtonElement>('save-pace').disabled).toBe(true);

    write('setting-collectors.dexes.intervalMs', '100 ms');
    const message = 'collectors.dexes.intervalMs: must be at least one second';
    bridge.refusal = { order: 'settings.change', message, field: 'collectors.dexes.intervalMs' };
    fireEvent.click(screen.getByTestId('save-pace'));
    expect(await screen.findByText('Must be at least one second.')).toBeTruthy();
    expect(screen.getByTestId('setting-collectors.dexes.intervalMs').getAttribute('aria-invalid')).toBe('true');

    bridge.refusal = null;
    write('setting-collectors.dexes.intervalMs', '2 min');
    fireEvent.click(screen.getByTestId('setting-collectors.top_pools.adaptive'));
    fireEvent.click(screen.getByTestId('save-pace'));
    await waitFor(() =>
      expect(bridge.lastArgs('settings.change')).toEqual({
        change: { collectors: { dexes: { intervalMs: 120_000 }, top_pools: { adaptive: false } } },
      }),
    );
  });

  it('have nothing to save when the same is written in other words', async () => {
    await open('collectors');
    await input('setting-collectors.dexes.intervalMs');
    write('setting-collectors.dexes.intervalMs', '60 min');
    expect(screen.getByTestId<HTMLButtonElement>('save-pace').disabled).toBe(true);
  });

  it('are switched off by a pause without an end', async () => {
    const bridge = await open('collectors');
    fireEvent.click(await screen.findByTestId('collects-dexes'));
    await waitFor(() => expect(bridge.lastArgs('collector.pause')).toEqual({ collectorId: 'dexes', untilMs: null }));
  });

  it('say when the demo market goes by values of its own', async () => {
    await open('collectors', (bridge) => {
      bridge.saved = { ...bridge.saved, replaced: ['collectors'] };
    });
    expect((await screen.findByTestId('replaced-remark')).textContent).toContain('The demo market keeps a pace');
  });
});

describe('what is kept', () => {
  it('is asked about before less is kept, and not when more is', async () => {
    const bridge = await open('keeping');
    await input('setting-retention.tradesDays');
    write('setting-retention.runsDays', '365');
    fireEvent.click(screen.getByTestId('save-keeping'));
    await waitFor(() =>
      expect(bridge.lastArgs('settings.change')).toEqual({ change: { retention: { runsDays: 365 } } }),
    );

    write('setting-retention.runsDays', '180');
    write('setting-retention.tradesDays', '30');
    fireEvent.click(screen.getByTestId('save-keeping'));
    expect((await screen.findByTestId('confirm-dialog')).textContent).toContain('Rows that are older are deleted');
    expect(bridge.orders).toHaveLength(1);
    fireEvent.click(screen.getByTestId('confirm'));
    await waitFor(() =>
      expect(bridge.lastArgs('settings.change')).toEqual({ change: { retention: { tradesDays: 30 } } }),
    );
    expect(screen.getByTestId('retention')).toBeTruthy();
  });
});

describe('window and start', () => {
  it('holds at once, and says what closing the window means where there is no tray', async () => {
    const bridge = await open('desktop', (prepared) => {
      prepared.startup = { ...prepared.startup, tray: false };
    });
    expect((await screen.findByTestId('panel-start')).textContent).toContain('closing the window quits');
    fireEvent.click(await screen.findByTestId('setting-closeToTray'));
    await waitFor(() =>
      expect(bridge.lastArgs('settings.change')).toEqual({ change: { window: { closeToTray: false } } }),
    );
    expect(screen.getByTestId<HTMLInputElement>('setting-hiddenAtLogin').disabled).toBe(true);
    fireEvent.click(screen.getByTestId('setting-atLogin'));
    await waitFor(() => expect(bridge.lastArgs('startup.set')).toEqual({ atLogin: true }));
  });

  it('ends every transition when the person wants none', async () => {
    const bridge = await open('desktop');
    fireEvent.click(await screen.findByTestId('setting-motion'));
    await waitFor(() =>
      expect(bridge.lastArgs('settings.change')).toEqual({ change: { appearance: { motion: 'reduced' } } }),
    );
    bridge.push({ app: { ...bridge.snapshot.app, motion: 'reduced' } });
    await waitFor(() => expect(document.documentElement.hasAttribute('data-still')).toBe(true));
  });
});

describe('import and export', () => {
  it('shows what would come of a file before anything is stored, then what was stored', async () => {
    const bridge = await open('files', (prepared) => {
      const rejected = [{ reason: 'the time is missing', count: 3, samples: ['row 7: NULL'] }];
      const table = {
        from: 'ohlcv',
        into: 'candles',
        read: 1_003,
        accepted: 1_000,
        duplicates: 0,
        repaired: [],
        rejected,
      };
      prepared.preview = {
        previewId: 'import-1',
        path: '/home/analyst/old.db',
        report: { notes: ['Trade times are 480 minutes ahead of UTC.'], tables: [table] as never },
      };
    });
    await screen.findByTestId('import-file');
    write('import-offset', 'soon');
    expect(screen.getByTestId<HTMLButtonElement>('import-file').disabled).toBe(true);
    write('import-offset', '480');
    write('import-network', 'solana');
    fireEvent.click(screen.getByTestId('import-file'));
    const report = await screen.findByTestId('import-report');
    expect(report.textContent).toContain('Left out, 3: the time is missing');
    expect(bridge.orders.map(({ name }) => name)).toEqual(['import.preview']);
    fireEvent.click(screen.getByTestId('import-run'));
    expect((await screen.findByTestId('import-outcome')).textContent).toBe(
      'New rows: 900. Changed: 40. Here already: 60.',
    );
    expect(bridge.lastArgs('import.run')).toEqual({
      networkId: 'solana',
      tradeOffsetMinutes: 480,
      place: { kind: 'previewed', previewId: 'import-1' },
    });
  });

  it('exports the settings and copies where they lie', async () => {
    const bridge = await open('files');
    fireEvent.click(await screen.findByTestId('export-settings'));
    expect(await screen.findByText('The settings were exported to /home/analyst/settings.json.')).toBeTruthy();
    fireEvent.click(screen.getByTestId('copy-settings_file'));
    await waitFor(() => expect(bridge.lastArgs('app.copy')).toEqual({ what: 'settings_file' }));
  });
});

it('the source says where a key is kept, and About what everything runs on', async () => {
  const bridge = await open('sources');
  const panel = await screen.findByTestId('panel-source');
  await waitFor(() => expect(panel.textContent).toContain('This system has no keychain'));
  fireEvent.click(screen.getByTestId('settings-about'));
  const about = await screen.findByTestId('about');
  expect(about.textContent).toContain('SQLite3.54.1');
  fireEvent.click(within(about).getByTestId('copy-about'));
  await waitFor(() => expect(bridge.lastArgs('app.copy')).toEqual({ what: 'about' }));
});
