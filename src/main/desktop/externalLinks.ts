// Which addresses may leave the program for the user's browser. Nothing else in the program may open one.

const ALLOWED_HOSTS: ReadonlySet<string> = new Set(['www.geckoterminal.com', 'www.coingecko.com']);

/**
 * True for https addresses of hosts we link to on purpose, and for the one page that the settings file names.
 * @param named that page; null for none
 */
export function mayOpenExternally(url: string, named: string | null = null): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === 'https:' && (ALLOWED_HOSTS.has(host) || url === named) && username === '' && password === '';
}
