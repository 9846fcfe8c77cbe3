import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import type { DiagnosticSubject } from '../../../src/main/diagnostics/step';
import { DATABASE_STEPS } from '../../../src/main/diagnostics/steps/databaseSteps';
import { DESKTOP_STEPS } from '../../../src/main/diagnostics/steps/desktopSteps';
import { LOCAL_STEPS } from '../../../src/main/diagnostics/steps/localSteps';
import { NETWORK_STEPS } from '../../../src/main/diagnostics/steps/networkSteps';
import { DIAGNOSTIC_STEPS } from '../../../src/shared/domain/diagnostics';

const LANES = [LOCAL_STEPS, DESKTOP_STEPS, NETWORK_STEPS, ...DATABASE_STEPS.map((step) => [step])];

it('a whole diagnosis is over within 20 seconds, however many of its steps get no answer', () => {
  for (const lane of LANES) expect(lane.reduce((sum, { capMs }) => sum + capMs, 0)).toBeLessThanOrEqual(20_000);
});

it('every step that can be asked for is made, once', () => {
  expect(
    LANES.flat()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual([...DIAGNOSTIC_STEPS].toSorted());
});

it.each([
  [401, true, 'ok'],
  [403, true, 'ok'],
  [401, false, 'problem'],
  [500, true, 'problem'],
])(
  'a source that answers %i to a call without a key, where one is used: %s, is judged %s',
  async (status, isKeyed, verdict) => {
    const server = createServer((_, response) => void response.writeHead(status).end());
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const subject = {
      ...{ baseUrl: `http://127.0.0.1:${port}`, isKeyed, userAgent: 'Poolwatch/test' },
      ...{ wallMs: () => Date.now(), monotonicMs: () => performance.now() },
    } as Partial<DiagnosticSubject> as DiagnosticSubject;
    const step = NETWORK_STEPS.find(({ id }) => id === 'http');
    const ladder = { addresses: [], reached: true, sourceTime: null };
    const finding = await step?.look(subject, new AbortController().signal, ladder);
    server.closeAllConnections();
    server.close();
    expect(finding?.verdict).toBe(verdict);
  },
);
