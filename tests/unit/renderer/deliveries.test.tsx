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

const write = (testId: string, value: string): void => {
  fireEvent.change(screen.getByTestId(testId), { target: { value } });
};

it('a channel is added; what is wrong is said at its field, and its address is forgotten with the dialog', async () => {
  const bridge = await open();
  fireEvent.click(await screen.findByTestId('new-channel'));
  fireEvent.click(within(await screen.findByTestId('channel-kind')).getByDisplayValue('ntfy'));
  write('channel-title', ' Phone ');
  write('channel-url', 'https://ntfy.example/');
  write('channel-token', 'tk_1234');
  write('channel-severity', 'critical');
  bridge.refusal = { order: 'channel.save', message: 'The address must end with the topic.', field: 'address.url' };
  fireEvent.click(screen.getByTestId('save-channel'));
  expect(await screen.findByText('The address must end with the topic.')).toBeTruthy();
  expect(screen.getByTestId('channel-url').getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByTestId('channel-title').getAttribute('aria-invalid')).not.toBe('true');

  bridge.refusal = null;
  write('channel-url', 'https://ntfy.example/pools');
  fireEvent.click(screen.getByTestId('save-channel'));
  await waitFor(() => expect(screen.queryByTestId('channel-dialog')).toBeNull());
  expect(bridge.lastArgs('channel.save')).toEqual({
    kind: 'ntfy',
    id: null,
    title: 'Phone',
    enabled: true,
    minSeverity: 'critical',
    address: { url: 'https://ntfy.example/pools', token: 'tk_1234' },
  });
  expect(await screen.findByText(/its address is kept until Poolwatch closes/)).toBeTruthy();
  fireEvent.click(screen.getByTestId('new-channel'));
  expect((await screen.findByTestId<HTMLInputElement>('channel-url')).value).toBe('');
});

it('a channel that is changed keeps its address unless another one is written, and is tested as it is stored', async () => {
  const bridge = await open();
  fireEvent.click(await screen.findByTestId('change-hook'));
  expect((await screen.findByTestId<HTMLInputElement>('channel-title')).value).toBe('Team hook');
  expect(screen.queryByTestId('channel-kind')).toBeNull();
  fireEvent.click(screen.getByTestId('channel-enabled'));
  bridge.refusal = { order: 'channel.test', message: 'The receiver answered 500 Internal Server Error.' };
  fireEvent.click(screen.getByTestId('save-and-test'));
  expect((await screen.findByTestId('test-result')).textContent).toBe(
    'Stored, but the test failed.The receiver answered 500 Internal Server Error.',
  );
  expect(bridge.orders.slice(-2)).toEqual([
    {
      name: 'channel.save',
      args: { kind: 'webhook', id: 'hook', title: 'Team hook', enabled: false, minSeverity: 'critical', address: null },
    },
    { name: 'channel.test', args: { channelId: 'hook' } },
  ]);
});

it('a channel is removed once that was confirmed, and the desktop cannot be', async () => {
  const bridge = await open();
  fireEvent.click(await screen.findByTestId('remove-hook'));
  expect((await screen.findByTestId('confirm-dialog')).textContent).toContain('keeps what was sent');
  expect(bridge.orders).toEqual([]);
  fireEvent.click(screen.getByTestId('confirm'));
  await waitFor(() => expect(bridge.lastArgs('channel.remove')).toEqual({ channelId: 'hook' }));
  expect(screen.queryByTestId('remove-desktop')).toBeNull();
});
