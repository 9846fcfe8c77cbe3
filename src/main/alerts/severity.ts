// The order of severities. Pure.
import { SEVERITIES, type Severity } from '../../shared/domain/alerts';

export function rank(severity: Severity | null): number {
  return severity === null ? -1 : SEVERITIES.indexOf(severity);
}

export function worse(a: Severity, b: Severity): Severity {
  return rank(a) >= rank(b) ? a : b;
}
