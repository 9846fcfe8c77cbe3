// Gives orders to the program and says at once whether they were accepted; what they did shows in the next snapshot.
import { notifications } from '@mantine/notifications';
import type { CommandAnswer, CommandArgs, CommandName } from '../../../shared/contract/commands';
import type { AppError } from '../../../shared/contract/envelope';
import { command } from '../bridge/bridge';

interface Order<C extends CommandName> {
  readonly name: C;
  readonly args: CommandArgs<C>;
  /** Said when accepted; null says nothing (the effect is in plain sight, or there is nothing to say). */
  readonly accepted: (answer: CommandAnswer<C>) => string | null;
  /** What was not done, for example "Export failed". */
  readonly refused: string;
}

/** A refusal carries a reason that takes time to read; it must not stay for ever either, or it would hold back newer notices. */
const REFUSAL_CLOSES_MS = 20_000;

/** As `giveOrder`, for a form: a refusal is returned, to be said where it belongs. Null when accepted. */
export async function submitOrder<C extends CommandName>({
  name,
  args,
  accepted,
}: Omit<Order<C>, 'refused'>): Promise<AppError | null> {
  const answer = await command(name, args);
  if (!answer.ok) return answer.error;
  const message = accepted(answer.value);
  if (message !== null) notifications.show({ message });
  return null;
}

/** Returns whether the order was accepted. */
export async function giveOrder<C extends CommandName>({ name, args, accepted, refused }: Order<C>): Promise<boolean> {
  const refusal = await submitOrder({ name, args, accepted });
  if (refusal !== null)
    notifications.show({ title: refused, message: refusal.message, color: 'red', autoClose: REFUSAL_CLOSES_MS });
  return refusal === null;
}
