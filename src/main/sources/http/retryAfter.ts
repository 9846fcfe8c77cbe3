// The Retry-After header: seconds, or a date.

/** Milliseconds to wait, never negative; null when the header is absent or says nothing sensible. */
export function parseRetryAfterMs(header: string | null, wallMs: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Date.parse takes almost anything with a digit; a real HTTP date starts with the day of the week.
  const atMs = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - wallMs);
}
