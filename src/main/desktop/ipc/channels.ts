// The window's two channels, open before there is anybody to answer: calls wait for the program. Whoever asks is noted at once, and
// judged by the guard behind.
import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { CHANNELS } from '../../../shared/contract/bridge';
import type { Result } from '../../../shared/contract/envelope';
import type { Caller } from './guard';

type Answer = (caller: Caller, payload: readonly unknown[]) => Promise<Result<unknown>>;

export interface WindowCalls {
  readonly query: Answer;
  readonly command: Answer;
}

/** Returns the function that says who answers: what has waited, and all that comes. */
export function openChannels(): (calls: WindowCalls) => void {
  let answerFrom: (calls: WindowCalls) => void = () => undefined;
  const answered = new Promise<WindowCalls>((resolve) => (answerFrom = resolve));
  for (const kind of ['query', 'command'] as const) {
    ipcMain.handle(CHANNELS[kind], async (event, ...payload: unknown[]) => {
      const caller = callerOf(event);
      return (await answered)[kind](caller, payload);
    });
  }
  return (calls) => answerFrom(calls);
}

function callerOf(event: IpcMainInvokeEvent): Caller {
  const frame = event.senderFrame;
  return {
    senderId: event.sender.id,
    frame: frame && { url: frame.url, isTop: frame.parent === null },
  };
}
