// Which addresses may leave the program for the user's browser. Nothing else in the program may open one.

const ALLOWED_HOSTS: ReadonlySet<string> = new Set(['www.geckoterminal.com', 'www.coingecko.com']);

/** True for https addresses of hosts we link to on purpose. */
export function mayOpenExternally(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === 'https:' && ALLOWED_HOSTS.has(host) && username === '' && password === '';
}
