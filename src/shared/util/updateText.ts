// How it stands with updates, as the terminal says it. The window says the same in its own language.
import type { UpdateState, UpdateStatus } from '../contract/updates';
import { assertNever } from './assertNever';

/** One or two sentences for a person. */
export function updateSentence({ version, state, hasReleasePage }: UpdateStatus): string {
  switch (state.kind) {
    case 'no_feed':
      return 'No feed is configured, so nobody is asked for updates.';
    case 'unusable_feed':
      return `The address of the feed cannot be used: ${state.why}.`;
    case 'no_desktop':
      return 'This Poolwatch runs without a desktop: it is updated like any other program of the system.';
    case 'not_asked':
      return 'The feed has not been asked yet.';
    case 'held_back':
      return HELD_BACK[state.by];
    case 'asking':
      return 'The feed is being asked.';
    case 'newest':
      return `You have the newest version, ${version}.`;
    case 'downloading':
      return `Version ${state.version} is being downloaded: ${Math.floor(state.percent)} %.`;
    case 'ready':
      return `Version ${state.version} is ready: restart to install.`;
    case 'by_hand':
      return `Version ${state.version} is there. This kind of package does not replace itself: install it ${byHand(hasReleasePage)}.`;
    case 'failed':
      return `The feed was asked in vain: ${state.why}.`;
    default:
      return assertNever(state);
  }
}

const HELD_BACK: Readonly<Record<Extract<UpdateState, { kind: 'held_back' }>['by'], string>> = {
  battery: 'The computer runs on its battery: the feed is asked once it is plugged in.',
  wake: 'The computer has just woken up: the feed is asked in a few minutes.',
};

function byHand(hasReleasePage: boolean): string {
  return hasReleasePage ? 'from the release page' : 'the way the present one was installed';
}
