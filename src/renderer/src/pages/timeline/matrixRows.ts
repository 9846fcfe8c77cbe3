// The rows of the picture: lanes first, then the collectors, all in one grammar. Pure.
import type { Timeline } from '../../../../shared/domain/timeline';
import { laneMarks, type Mark, slotMarks } from '../../components/timeline/marks';
import { t } from '../../texts/texts';

export interface MatrixRow {
  readonly key: string;
  readonly kind: 'lane' | 'collector';
  readonly title: string;
  readonly marks: readonly Mark[];
}

export function rowsOf({ lanes, collectors }: Timeline, titles: ReadonlyMap<string, string>): readonly MatrixRow[] {
  return [
    ...lanes.map(({ id, spans }): MatrixRow => {
      return { key: id, kind: 'lane', title: t(`timeline.laneTitle.${id}`), marks: laneMarks(spans) };
    }),
    ...collectors.map(({ collectorId, segments }): MatrixRow => {
      const title = titles.get(collectorId) ?? collectorId;
      return { key: collectorId, kind: 'collector', title, marks: slotMarks(segments) };
    }),
  ];
}
