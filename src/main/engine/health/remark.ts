// One finding before it is known which database it is about.
import type { HealthFinding, HealthSubject } from '../../../shared/domain/health';

export type Remark = Omit<HealthFinding, 'database'>;

export function fine(subject: HealthSubject, what: string): Remark {
  return { level: 'ok', subject, what, why: null, advice: null };
}
