// Which feed is asked for newer versions, if any: named by the environment or by the settings file, never by the page. Pure.
import type { UpdateSettings } from '../../../shared/domain/settings';

export const FEED_VARIABLE = 'POOLWATCH_UPDATE_FEED';

export type Feed =
  | { readonly kind: 'none' }
  | { readonly kind: 'unusable'; readonly why: string }
  /** A folder with `latest-linux.yml` and the files that it names. */
  | { readonly kind: 'named'; readonly url: string };

/** The environment wins; an empty entry there switches the feed off. */
export function feedOf({ feedUrl }: UpdateSettings, environment: NodeJS.ProcessEnv): Feed {
  const url = environment[FEED_VARIABLE] ?? feedUrl ?? '';
  if (url === '') return { kind: 'none' };
  const why = refusal(url);
  return why === null ? { kind: 'named', url } : { kind: 'unusable', why };
}

/** Whoever can change what is downloaded on its way could change what is run: only this computer is trusted without TLS. */
function refusal(text: string): string | null {
  if (!URL.canParse(text)) return 'it is no web address';
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return 'it holds a user name or a password';
  if (protocol === 'https:') return null;
  const isHere = hostname === '127.0.0.1' || hostname === '[::1]' || hostname === 'localhost';
  return protocol === 'http:' && isHere ? null : 'it does not begin with https';
}
