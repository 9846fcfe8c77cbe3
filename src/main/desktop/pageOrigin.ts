// Where our one page lives. Every check "is this ours?" (navigation, IPC) asks here, by parsed parts, never by prefix.

export const APP_SCHEME = 'app';
export const APP_HOST = 'poolwatch';

export interface PageOrigin {
  /** The address the window loads. */
  readonly startUrl: string;
  /** True for any address of our own page's origin; false for everything else, and for what is not an address. */
  owns(url: string): boolean;
}

/** `devServerUrl` is the hot-reload server of an unpackaged start, or null for the built files. */
export function pageOrigin(devServerUrl: string | null): PageOrigin {
  const startUrl = devServerUrl ?? `${APP_SCHEME}://${APP_HOST}/index.html`;
  const own = new URL(startUrl);
  return {
    startUrl,
    owns(url) {
      if (!URL.canParse(url)) return false;
      const { protocol, host, username, password } = new URL(url);
      return protocol === own.protocol && host === own.host && username === '' && password === '';
    },
  };
}
