// Cells that several reports have.

/** To the second, UTC; null for no time. */
export function isoTime(wallMs: number | null | undefined): string | null {
  return wallMs === null || wallMs === undefined ? null : `${new Date(wallMs).toISOString().slice(0, 19)}Z`;
}
