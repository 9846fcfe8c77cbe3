// What all findings come to, in one level and one sentence. Pure.
import { HEALTH_LEVELS, type HealthFinding, type HealthLevel } from '../../../shared/domain/health';
import { formatQuantity } from '../../../shared/util/format';

export function worstLevel(findings: readonly Pick<HealthFinding, 'level'>[]): HealthLevel {
  return findings.reduce<HealthLevel>((worst, { level }) => (isWorse(level, worst) ? level : worst), 'ok');
}

export function isWorse(level: HealthLevel, than: HealthLevel): boolean {
  return HEALTH_LEVELS.indexOf(level) > HEALTH_LEVELS.indexOf(than);
}

export function verdictOf(findings: readonly HealthFinding[]): string {
  const critical = findings.filter(({ level }) => level === 'critical');
  const warnings = findings.filter(({ level }) => level === 'warning');
  const [first] = [...critical, ...warnings];
  if (!first) return 'Both databases are healthy.';
  const counts = [
    critical.length > 0 ? `${critical.length} critical` : null,
    warnings.length > 0 ? formatQuantity(warnings.length, 'warning') : null,
  ].filter((count) => count !== null);
  return `${counts.join(' and ')}: ${first.what}`;
}
