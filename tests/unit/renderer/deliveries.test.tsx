import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { FakeBridge } from './support/fakeBridge';
import { healthySnapshot } from './support/fakeSnapshot';
import { renderApp, type RenderedApp } from './support/renderApp';

let app: RenderedApp;
afterEach(() => app.close());

async function open(): Promise<FakeBridge> {
  const bridge = new FakeBridge(healthySnapshot(Date.now()));
  app = await renderApp(bridge, '#/alerts/deliveries');
  return bridge;
}

it('the delivery log tells what became of each notice on each channel, and leads to its incident', async () => {
  await open();
  const [retried, sent] = await screen.findAllByTestId('delivery');
  await waitFor(() =>
    expect(retried?.textContent).toMatch(
      /^Trying again.*out of reachThe receiver answered 500\. 3 attempts\. Next in (40|39) s\.Team hook/,
    ),
  );
  expect(sent?.textContent).toMatch(/^Sent.*out of reachDesktop/);
  fireEvent.click(within(sent as HTMLElement).getByRole('button', { name: 'api.geckoterminal.com is out of reach' }));
  await waitFor(() => expect(window.location.hash).toBe('#/alerts/inbox/incident-1'));
});

it('a channel tells how it fares, and its test says what the receiver said', async () => {
  const bridge = await open();
  const row = await screen.findByTestId('channel-hook');
  expect(row.textContent).toMatch(
    /^Failing \(3\)Team hook hooks\.exampleThe receiver answered 500\. 2 waitingcriticalnever/,
  );
  bridge.refusal = 'The receiver answered 500 Internal Server Error.';
  fireEvent.click(within(row).getByTestId('test-hook'));
  expect(await screen.findByText('The receiver answered 500 Internal Server Error.')).toBeTruthy();
  expect(bridge.orders.at(-1)).toEqual({ name: 'channel.test', args: { channelId: 'hook' } });
});
