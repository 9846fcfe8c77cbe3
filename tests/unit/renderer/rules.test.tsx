import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeRule } from './support/fakeAlerts';
import { FakeBridge } from './support/fakeBridge';
import { healthySnapshot } from './support/fakeSnapshot';
import { renderApp, type RenderedApp } from './support/renderApp';

let app: RenderedApp;
afterEach(() => app.close());

async function open(hash = '#/alerts/rules'): Promise<FakeBridge> {
  const bridge = new FakeBridge(healthySnapshot(Date.now()));
  app = await renderApp(bridge, hash);
  return bridge;
}

const lastOrder = (bridge: FakeBridge) => bridge.orders.at(-1);
const write = (testId: string, value: string): void => {
  fireEvent.change(screen.getByTestId(testId), { target: { value } });
};
const save = (): HTMLButtonElement => screen.getByTestId('save-rule');

describe('the rules', () => {
  it('are sentences with their state, and what is not as shipped is marked', async () => {
    await open();
    const row = async (id: string) => (await screen.findByTestId(`rule-${id}`)).textContent;
    expect(await row('collector-failing')).toMatch(/^OKCollector keeps failingfailed runs in a row: 3 or moreWarning/);
    expect(await row('backup-old')).toMatch(/The backup of Database is oldchangedage of .*: 26 h or more/);
    expect(await row('own-1')).toMatch(/^OffCollector is slowyour own/);
  });

  it('are switched on and off in place', async () => {
    const bridge = await open();
    fireEvent.click(await screen.findByTestId('rule-on-collector-failing'));
    const rule = fakeRule({ enabled: false });
    await waitFor(() => expect(lastOrder(bridge)).toEqual({ name: 'rule.save', args: { rule } }));
  });
});

describe('the editor of a rule', () => {
  it('shows amounts as people write them, and stores exactly the rule that was opened when nothing is changed', async () => {
    const bridge = await open('#/alerts/rules/backup-old');
    expect(((await screen.findByTestId('rule-fire')) as HTMLInputElement).value).toBe('26 h');
    fireEvent.click(save());
    await waitFor(() => expect(lastOrder(bridge)?.name).toBe('rule.save'));
    const { rule } = bridge.lastArgs('rule.save');
    expect(rule).toMatchObject({
      id: 'backup-old',
      version: 3,
      fire: 93_600_000,
      clear: 90_000_000,
      keepForMs: 60_000,
    });
    expect(await screen.findByTestId('rules')).toBeTruthy();
  });

  it('marks what is wrong at its field and stores nothing until it is right', async () => {
    const bridge = await open('#/alerts/rules/collector-failing');
    await screen.findByTestId('rule-editor');
    write('rule-clear', '5');
    expect(
      screen.getByText('It must not clear above the level at which it fires, or it would do both at once.'),
    ).toBeTruthy();
    write('rule-forMs', 'a while');
    expect(screen.getByText('Write an amount, like “500 ms” or “26 h”.')).toBeTruthy();
    expect(screen.getByTestId('rule-forMs').getAttribute('aria-invalid')).toBe('true');
    expect(save().disabled).toBe(true);
    write('rule-clear', '2');
    write('rule-forMs', '1 min 30 s');
    fireEvent.click(save());
    const rule = fakeRule({ clear: 2, forMs: 90_000 });
    await waitFor(() => expect(lastOrder(bridge)).toEqual({ name: 'rule.save', args: { rule } }));
  });

  it('is the same rule as a text, with what is wrong in words', async () => {
    const bridge = await open('#/alerts/rules/collector-failing');
    const views = within(await screen.findByTestId('rule-view'));
    fireEvent.click(views.getByDisplayValue('text'));
    const text = screen.getByTestId('rule-text') as HTMLTextAreaElement;
    expect(JSON.parse(text.value)).toMatchObject({ id: 'collector-failing', fire: 3 });
    write('rule-text', text.value.slice(1));
    expect(screen.getByText(/This is not JSON/)).toBeTruthy();
    write('rule-text', JSON.stringify({ ...fakeRule(), fire: 'many', colour: 'red' }));
    expect(screen.getByText('There is no field “colour”.')).toBeTruthy();
    expect(screen.getByText('fire:').parentElement?.textContent).toBe('fire: This must be a number.');
    write('rule-text', JSON.stringify({ ...fakeRule(), id: 'other' }));
    expect(screen.getByText(/The id stays “collector-failing”/)).toBeTruthy();
    expect(save().disabled).toBe(true);
    write('rule-text', JSON.stringify({ ...fakeRule(), fire: 7 }));
    fireEvent.click(views.getByDisplayValue('form'));
    expect((screen.getByTestId('rule-fire') as HTMLInputElement).value).toBe('7');
    fireEvent.click(save());
    await waitFor(() => expect(lastOrder(bridge)?.args).toEqual({ rule: fakeRule({ fire: 7 }) }));
  });

  it('keeps the text when the program refuses the rule, and says why', async () => {
    const bridge = await open('#/alerts/rules/collector-failing');
    await screen.findByTestId('rule-editor');
    bridge.refusal = 'The rule has changed meanwhile.';
    write('rule-fire', '9');
    fireEvent.click(save());
    expect(await screen.findByText('The rule has changed meanwhile.')).toBeTruthy();
    expect((screen.getByTestId('rule-fire') as HTMLInputElement).value).toBe('9');
  });

  it('makes a new one under a free id', async () => {
    const bridge = await open();
    fireEvent.click(await screen.findByTestId('new-rule'));
    await screen.findByTestId('rule-editor');
    write('rule-title', '{target} takes long');
    fireEvent.click(save());
    await waitFor(() =>
      expect(lastOrder(bridge)?.args).toMatchObject({ rule: { id: 'own-2', title: '{target} takes long' } }),
    );
  });

  it('resets what was shipped and removes what was not, after asking', async () => {
    const bridge = await open('#/alerts/rules/backup-old');
    fireEvent.click(await screen.findByTestId('reset-rule'));
    fireEvent.click(await screen.findByTestId('confirm'));
    await waitFor(() => expect(lastOrder(bridge)).toEqual({ name: 'rule.reset', args: { ruleId: 'backup-old' } }));
    fireEvent.click(await screen.findByTestId('edit-own-1'));
    fireEvent.click(await screen.findByTestId('remove-rule'));
    fireEvent.click(await screen.findByTestId('confirm'));
    await waitFor(() => expect(lastOrder(bridge)).toEqual({ name: 'rule.remove', args: { ruleId: 'own-1' } }));
  });
});

describe('the back-test', () => {
  it('tells how often the rule would have fired, over what, and offers levels', async () => {
    await open('#/alerts/rules/collector-failing');
    const panel = within(await screen.findByTestId('back-test'));
    fireEvent.click(panel.getByTestId('run-back-test'));
    expect((await panel.findByTestId('back-test-sentence')).textContent).toBe(
      'Would have fired 2 times, 1 h 10 min in total. There are readings for 63.0 % of that time.',
    );
    const rows = within(panel.getByRole('table')).getAllByRole('row');
    expect(rows[1]?.textContent).toMatch(/stillTop pools4$/);
    expect(rows[2]?.textContent).toMatch(/1 hTop pools5$/);
    fireEvent.click(panel.getByRole('button', { name: 'Use 5' }));
    expect((screen.getByTestId('rule-fire') as HTMLInputElement).value).toBe('5');
    expect(panel.queryByTestId('back-test-sentence')).toBeNull();
    expect(panel.getByText('Not tested as it stands')).toBeTruthy();
  });

  it('says why it could not be done', async () => {
    const bridge = await open('#/alerts/rules/collector-failing');
    const panel = within(await screen.findByTestId('back-test'));
    bridge.outage = 'No history is kept of this metric.';
    fireEvent.click(panel.getByTestId('run-back-test'));
    expect(await panel.findByText('No history is kept of this metric.')).toBeTruthy();
  });
});
