// Collectors as people type them.
import { InvalidArgumentError } from 'commander';
import { COLLECTOR_IDS, type CollectorId } from '../../../shared/domain/collector';

export const ALL = 'all';

export function readCollector(text: string): CollectorId {
  const id = COLLECTOR_IDS.find((known) => known === text.replaceAll('-', '_'));
  if (!id) throw new InvalidArgumentError(`The collectors are ${COLLECTOR_IDS.join(', ')}.`);
  return id;
}

export function readCollectors(text: string): readonly CollectorId[] {
  return text === ALL ? COLLECTOR_IDS : [readCollector(text)];
}
