// The nonce that the protocol handler wrote into this load's page; styles that libraries inject must carry it.

/** Returns an empty string when the page was served without one (component tests, a plain file server). */
export function readStyleNonce(page: Document): string {
  return page.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';
}
