// What db-health and db-monitor tell a script by their exit code.
import type { HealthLevel } from '../../../shared/domain/health';
import { assertNever } from '../../../shared/util/assertNever';
import type { ExitCode } from '../outcome';

export const HEALTH_EXIT_HELP = 'Exits 0 when healthy, 1 with warnings, 2 when something is critical.';

export function healthExit(level: HealthLevel): ExitCode {
  switch (level) {
    case 'ok':
    case 'info':
      return 0;
    case 'warning':
      return 1;
    case 'critical':
      return 2;
    default:
      return assertNever(level);
  }
}
