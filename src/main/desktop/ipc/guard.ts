// Who may ask: only our own page, in the top frame of our own window. Knows no Electron, so that tests can be as hostile as they
// like.
import { fail, type Result } from '../../../shared/contract/envelope';
import { answerCall, type CallOptions } from '../../engine/api/answerCall';

/** The part of Electron's IPC event that decides who is asking. */
export interface Caller {
  readonly senderId: number;
  /** Read in the first statement of the IPC handler: it becomes null once the page has gone. */
  readonly frame: { readonly url: string; readonly isTop: boolean } | null;
}

export interface CallerRules {
  isOwnWindow(senderId: number): boolean;
  isOwnUrl(url: string): boolean;
}

export interface GuardOptions extends CallOptions {
  readonly rules: CallerRules;
}

const REFUSED_CALLER = fail('forbidden', 'Only the Poolwatch window may ask this.');

/** Returns the function that answers one call. It never rejects. */
export function createGuard({ rules, ...options }: GuardOptions) {
  return async (caller: Caller, payload: readonly unknown[]): Promise<Result<unknown>> => {
    if (mayAsk(caller, rules)) return answerCall(options, payload);
    options.log.warn(
      { senderId: caller.senderId, isTop: caller.frame?.isTop ?? null },
      'refused a call from a stranger',
    );
    return REFUSED_CALLER;
  };
}

function mayAsk({ senderId, frame }: Caller, rules: CallerRules): boolean {
  return frame !== null && frame.isTop && rules.isOwnUrl(frame.url) && rules.isOwnWindow(senderId);
}
