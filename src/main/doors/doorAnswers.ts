// What each path of the door answers. Everything comes from memory, so that no caller can make a database work.
import type { AppSnapshot } from '../../shared/contract/snapshot';
import { EXPOSITION_TYPE, renderFamilies } from './exposition';
import type { LatestReadings } from './latestReadings';
import { readingFamilies, snapshotFamilies } from './metricFamilies';

export interface DoorAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface DoorSources {
  readonly snapshot: () => AppSnapshot;
  readonly latest: Pick<LatestReadings, 'isOnTime' | 'list'>;
}

/** Null for a path that there is not. */
export function answerOf(path: string, { snapshot, latest }: DoorSources): DoorAnswer | null {
  switch (path) {
    case '/metrics': {
      const families = [...snapshotFamilies(snapshot()), ...readingFamilies(latest.list())];
      return { status: 200, type: EXPOSITION_TYPE, body: renderFamilies(families) };
    }
    case '/healthz': {
      const { atMs, verdict } = snapshot();
      return jsonAnswer(latest.isOnTime ? 200 : 503, { atMs, alertsJudgedOnTime: latest.isOnTime, verdict });
    }
    case '/api/v1/snapshot':
      return jsonAnswer(200, snapshot());
    case '/api/v1/incidents': {
      const { atMs, alerts } = snapshot();
      return jsonAnswer(200, { atMs, open: alerts.open, incidents: alerts.incidents, lately: alerts.lately });
    }
    case '/api/v1/collectors': {
      const { atMs, collectors } = snapshot();
      return jsonAnswer(200, { atMs, collectors });
    }
    default:
      return null;
  }
}

export function jsonAnswer(status: number, content: object): DoorAnswer {
  return { status, type: 'application/json; charset=utf-8', body: `${JSON.stringify(content)}\n` };
}
