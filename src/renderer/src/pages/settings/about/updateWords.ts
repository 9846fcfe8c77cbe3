// How it stands with updates, in the language of the window; the terminal says the same in English.
import type { UpdateStatus } from '../../../../../shared/contract/updates';
import { assertNever } from '../../../../../shared/util/assertNever';
import { t } from '../../../texts/texts';

/** One or two sentences. */
export function updateInWords({ version, state, hasReleasePage }: UpdateStatus): string {
  switch (state.kind) {
    case 'no_feed':
    case 'no_desktop':
    case 'not_asked':
    case 'asking':
      return t(`settings.updateState.${state.kind}`);
    case 'held_back':
      return t(`settings.updateState.${state.by}`);
    case 'unusable_feed':
    case 'failed':
      return t(`settings.updateState.${state.kind}`, { why: state.why });
    case 'newest':
      return t('settings.updateState.newest', { version });
    case 'downloading':
      return t('settings.updateState.downloading', { version: state.version, percent: Math.floor(state.percent) });
    case 'ready':
      return t('settings.updateState.ready', { version: state.version });
    case 'by_hand':
      return t(`settings.updateState.${hasReleasePage ? 'from_page' : 'as_before'}`, { version: state.version });
    default:
      return assertNever(state);
  }
}
