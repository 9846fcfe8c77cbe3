// Checks of what a person may have typed: the base URL and the API key. Messages name the mistake and never repeat the key.

export interface BaseUrl {
  /** Without a slash at the end. */
  readonly url: string;
  readonly host: string;
  /** True when what is sent cannot be read on the way: https, or this machine. */
  readonly isPrivate: boolean;
}

const LOOPBACK = /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/;
const API_KEY = /^[\x21-\x7e]{8,200}$/;

/** Throws an Error with a readable sentence. */
export function parseBaseUrl(text: string): BaseUrl {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new Error('The base URL must start with https:// or http:// and name a host.');
  }
  if (url.username !== '' || url.password !== '')
    throw new Error('The base URL must not contain a user name or password.');
  if (url.search !== '' || url.hash !== '') throw new Error('The base URL must not contain "?" or "#".');
  return {
    url: `${url.origin}${url.pathname}`.replace(/\/+$/, ''),
    host: url.host,
    isPrivate: url.protocol === 'https:' || LOOPBACK.test(url.hostname),
  };
}

/** Throws an Error with a readable sentence. */
export function checkApiKey(key: string, base: BaseUrl): void {
  if (!API_KEY.test(key)) throw new Error('The API key must be 8 to 200 letters, digits or signs, without spaces.');
  if (!base.isPrivate) throw new Error(`The API key would travel readable to ${base.host}; use an https base URL.`);
}
