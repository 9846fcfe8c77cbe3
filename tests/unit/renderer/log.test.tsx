import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LogLine } from '../../../src/shared/domain/log';
import { FakeBridge } from './support/fakeBridge';
import { healthySnapshot } from './support/fakeSnapshot';
import { renderApp, type RenderedApp } from './support/renderApp';

let app: RenderedApp;
afterEach(() => app.close());

// Nothing has a size in happy-dom; without one a list that shows what is on the screen shows nothing.
const SIZES = ['offsetHeight', 'offsetWidth', 'clientHeight'] as const;
beforeAll(() => {
  for (const size of SIZES) Object.defineProperty(HTMLElement.prototype, size, { configurable: true, value: 520 });
});
afterAll(() => {
  for (const size of SIZES) Reflect.deleteProperty(HTMLElement.prototype, size);
});

const RUN = '0d9c2f0e-9a0b-4c1d-8e2f-0123456789ab';

function line(n: number, change: Partial<LogLine> = {}): LogLine {
  return {
    id: `main@1:${n}`,
    atMs: Date.now() - 60_000 + n,
    level: 'info',
    message: `line ${n}`,
    collectorId: null,
    runId: null,
    details: '',
    ...change,
  };
}

const LINES: readonly LogLine[] = [
  line(0, { message: 'run began', level: 'debug', runId: RUN, collectorId: 'trades' }),
  line(1),
  line(2, { message: 'run failed', level: 'warn', runId: RUN, collectorId: 'trades', details: '{"error":"gone"}' }),
  line(3, { message: 'the writer thread died', level: 'error' }),
];

async function open(log: readonly LogLine[], hash = '#/diagnostics/log'): Promise<FakeBridge> {
  const bridge = new FakeBridge(healthySnapshot(Date.now()));
  bridge.log = log;
  app = await renderApp(bridge, hash);
  return bridge;
}

const shown = (): readonly (string | null)[] => screen.queryAllByTestId('log-line').map((row) => row.textContent);

describe('the log in the window', () => {
  it('shows the newest last, with level and collector, from info on', async () => {
    await open(LINES);
    await waitFor(() => expect(shown()).toHaveLength(3));
    expect(shown().at(-1)).toContain('error');
    expect(shown().at(-1)).toContain('the writer thread died');
    expect(shown()[1]).toContain('trades');
  });

  it('goes on with what is written while it follows', async () => {
    const bridge = await open(LINES);
    await waitFor(() => expect(shown()).toHaveLength(3));
    bridge.log = [...LINES, line(4)];
    await waitFor(() => expect(shown().at(-1)).toContain('line 4'));
    fireEvent.click(screen.getByTestId('log-follow'));
    const asked = bridge.asked.filter((name) => name === 'logs.page').length;
    bridge.log = [...bridge.log, line(5)];
    fireEvent.click(screen.getByTestId('log-follow'));
    await waitFor(() => expect(shown().at(-1)).toContain('line 5'));
    expect(bridge.asked.filter((name) => name === 'logs.page').length).toBeGreaterThan(asked);
  });

  it('shows one line in full, copies it, and leads to everything its run left behind', async () => {
    const bridge = await open(LINES);
    await waitFor(() => expect(shown()).toHaveLength(3));
    fireEvent.click(screen.getAllByTestId('log-line')[1]!);
    const details = within(screen.getByTestId('log-details'));
    expect(screen.getByTestId('log-details').textContent).toContain('"error": "gone"');
    fireEvent.click(details.getByTestId('log-copy'));
    await waitFor(() => expect(bridge.orders).toEqual([{ name: 'logs.copyLine', args: { id: 'main@1:2' } }]));
    fireEvent.click(details.getByTestId('log-this-run'));
    await waitFor(() =>
      expect(shown().map((text) => text?.match(/run (began|failed)/)?.[0])).toEqual(['run began', 'run failed']),
    );
    expect(window.location.hash).toBe(`#/diagnostics/run-${RUN}`);
    fireEvent.click(screen.getByRole('button', { name: 'Show the lines of every run' }));
    await waitFor(() => expect(shown()).toHaveLength(3));
  });

  it('goes from line to line with the arrow keys, starting at the newest', async () => {
    await open(LINES);
    await waitFor(() => expect(shown()).toHaveLength(3));
    const list = screen.getByTestId('log-lines');
    fireEvent.keyDown(list, { key: 'ArrowUp' });
    expect(screen.getByTestId('log-details').textContent).toContain('the writer thread died');
    fireEvent.keyDown(list, { key: 'ArrowUp' });
    expect(screen.getByTestId('log-details').textContent).toContain('run failed');
  });

  it('holds only the lines on the screen of many, and fetches older ones when the person comes near them', async () => {
    const many = Array.from({ length: 900 }, (_, n) => line(n));
    await open(many);
    await waitFor(() => expect(screen.getByTestId('log').textContent).toContain('300 lines'));
    expect(shown().length).toBeLessThan(80);
    const list = screen.getByTestId('log-lines');
    list.scrollTop = 0;
    fireEvent.click(screen.getByTestId('log-follow'));
    fireEvent.scroll(list);
    await waitFor(() => expect(screen.getByTestId('log').textContent).toContain('600 lines'));
  });

  it('says that no line fits, and that nothing was written yet', async () => {
    await open(LINES);
    await waitFor(() => expect(shown()).toHaveLength(3));
    fireEvent.change(screen.getByTestId('log-text'), { target: { value: 'never said' } });
    expect(await screen.findByText('No line is like that')).toBeDefined();
  });
});
