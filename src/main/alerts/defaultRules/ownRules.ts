// Rules about the program itself and the ways by which it tells.
import type { AlertRule } from '../../../shared/domain/alerts';
import { rule, SECOND_MS } from './rule';

export const OWN_RULES: readonly AlertRule[] = [
  rule('app.evaluatorLate', {
    id: 'evaluator-late',
    title: 'Alerts are judged too late',
    fire: 5 * SECOND_MS,
    clear: 2 * SECOND_MS,
    keepForMs: 30 * SECOND_MS,
    severity: 'warning',
    advice: 'The computer is very busy. Alerts come late until that is over.',
  }),
  rule('app.eventLoopDelay', {
    id: 'program-held-up',
    title: 'Poolwatch was held up',
    fire: 3 * SECOND_MS,
    clear: SECOND_MS,
    keepForMs: 30 * SECOND_MS,
    severity: 'warning',
    advice: 'The computer is very busy, or something in Poolwatch takes too long. Restart it if it happens often.',
  }),
  rule('channel.failures', {
    id: 'channel-failing',
    title: 'Notices by {target} do not arrive',
    fire: 3,
    clear: 1,
    keepForMs: 0,
    goodReadings: 1,
    severity: 'warning',
    needsNetwork: true,
    advice: 'Check the address of the channel in the settings and send a test.',
  }),
];
