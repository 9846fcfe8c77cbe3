import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { DiagnosticReport, DiagnosticResult } from '../../../src/shared/domain/diagnostics';
import type { LongOperation } from '../../../src/shared/domain/operation';
import { FakeBridge } from './support/fakeBridge';
import { healthySnapshot } from './support/fakeSnapshot';
import { renderApp, type RenderedApp } from './support/renderApp';

let app: RenderedApp;
afterEach(() => app.close());

const DISK: DiagnosticResult = {
  step: 'disk',
  title: 'Free disk space',
  verdict: 'problem',
  finding: '12 MB are free where the databases are.',
  advice: 'Free some space.',
  facts: {},
  durationMs: 2,
};

function reportOf(results: readonly DiagnosticResult[], endedAtMs: number | null): DiagnosticReport {
  return { startedAtMs: Date.now() - 2_000, endedAtMs, asked: ['disk', 'http'], results };
}

function diagnosis(change: Partial<LongOperation> = {}): LongOperation {
  return {
    id: 'op-7',
    kind: 'diagnostics',
    subject: 'all',
    title: 'Diagnosis',
    state: 'running',
    progress: { done: 0, total: 2, unit: 'steps', step: null },
    startedAtMs: Date.now() - 500,
    endedAtMs: null,
    detail: null,
    cancellable: true,
    ...change,
  };
}

async function open(report: DiagnosticReport | null = null): Promise<FakeBridge> {
  const bridge = new FakeBridge(healthySnapshot(Date.now()));
  bridge.diagnosis = report;
  app = await renderApp(bridge, '#/diagnostics');
  return bridge;
}

describe('the Diagnostics page', () => {
  it('says what it is for before the first look, and offers nothing to copy', async () => {
    const bridge = await open();
    expect((await screen.findByTestId('diagnosis')).textContent).toContain('Nothing was looked at yet');
    expect(screen.queryByTestId('copy-diagnosis')).toBeNull();
    fireEvent.click(screen.getByTestId('run-diagnosis'));
    await waitFor(() => expect(bridge.orders).toEqual([{ name: 'diagnostics.run', args: { steps: null } }]));
  });

  it('shows each step as it ends, and which it still looks at', async () => {
    const bridge = await open();
    bridge.diagnosis = reportOf([DISK], null);
    act(() => bridge.push({ operations: [diagnosis({ progress: { done: 1, total: 2, unit: 'steps', step: null } })] }));
    expect((await screen.findByTestId('step-disk')).textContent).toContain('Problem');
    expect(screen.getByTestId('step-disk').textContent).toContain('Free some space.');
    expect(screen.getByTestId('step-http').textContent).toContain('Looking');
    expect((screen.getByTestId('run-diagnosis') as HTMLButtonElement).disabled).toBe(true);
  });

  it('looks again at one step, and copies what may be shown to strangers', async () => {
    const bridge = await open(reportOf([DISK], Date.now()));
    const disk = within(await screen.findByTestId('step-disk'));
    fireEvent.click(disk.getByRole('button', { name: 'Look again: Free disk space' }));
    fireEvent.click(screen.getByTestId('copy-diagnosis'));
    await waitFor(() =>
      expect(bridge.orders).toEqual([
        { name: 'diagnostics.run', args: { steps: ['disk'] } },
        { name: 'diagnostics.copy', args: null },
      ]),
    );
    expect(screen.getByTestId('step-http').textContent).toContain('Not done');
  });
});
