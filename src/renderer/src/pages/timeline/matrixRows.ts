// The rows of the picture: lanes first, then the collectors, all in one grammar. Pure.
import type { LaneId, Timeline } from '../../../../shared/domain/timeline';
import { laneMarks, type Mark, slotMarks } from '../../components/timeline/marks';

export interface MatrixRow {
  readonly key: string;
  readonly kind: 'lane' | 'collector';
  readonly title: string;
  readonly marks: readonly Mark[];
}

export const LANE_TITLES: Readonly<Record<LaneId, string>> = {
  incidents: 'Incidents',
  api: 'API',
  market: 'market.db',
  monitor: 'monitor.db',
  app: 'Poolwatch',
};

export function rowsOf({ lanes, collectors }: Timeline, titles: ReadonlyMap<string, string>): readonly MatrixRow[] {
  return [
    ...lanes.map(({ id, spans }): MatrixRow => {
      return { key: id, kind: 'lane', title: LANE_TITLES[id], marks: laneMarks(spans) };
    }),
    ...collectors.map(({ collectorId, segments }): MatrixRow => {
      const title = titles.get(collectorId) ?? collectorId;
      return { key: collectorId, kind: 'collector', title, marks: slotMarks(segments) };
    }),
  ];
}
