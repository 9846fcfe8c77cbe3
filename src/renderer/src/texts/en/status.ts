// In English: status words.
export const status = {
  health: {
    ok: 'OK',
    running: 'Running',
    late: 'Late',
    degraded: 'Degraded',
    down: 'Down',
    paused: 'Paused',
    no_data: 'No data',
  },
  store: {
    starting: 'Starting',
    ok: 'OK',
    degraded: 'Degraded',
    spooling: 'Spooling',
    recovering: 'Recovering',
    read_only: 'Read only',
    failed: 'Failed',
    closed: 'Closed',
  },
  verdict: { starting: 'Starting', ok: 'OK', degraded: 'Degraded', down: 'Down', paused: 'Paused' },
  severity: { critical: 'Critical', warning: 'Warning', info: 'Info' },
  alert: { inactive: 'OK', pending: 'Pending', firing: 'Firing', recovering: 'Recovering', resolved: 'Over' },
  host: { down: 'Down', throttled: 'Throttled', ok: 'OK' },
  inSentence: {
    health: {
      ok: 'ok',
      running: 'running',
      late: 'late',
      degraded: 'degraded',
      down: 'down',
      paused: 'paused',
      no_data: 'no data',
    },
    severity: { critical: 'critical', warning: 'warning', info: 'info' },
    alert: { inactive: 'ok', pending: 'pending', firing: 'firing', recovering: 'recovering', resolved: 'over' },
  },
} as const;
