// The lists of the page are asked again when an operation has ended, and now and then: a lock that ended makes no operation.
import type { QueryAnswer, QueryArgs } from '../../../../shared/contract/queries';
import { type QueryState, useQuery } from '../../hooks/useQuery';
import { useSnapshot } from '../../store/selectors';

const REFRESH_MS = 5_000;

type UpkeepQuery = 'database.operations' | 'database.backups' | 'retention.cost';

export function useUpkeep<Q extends UpkeepQuery>(
  name: Q,
  args: QueryArgs<Q>,
  everyMs = REFRESH_MS,
): QueryState<QueryAnswer<Q>> {
  const ended = useSnapshot((snapshot) =>
    snapshot.operations.reduce((newest, { endedAtMs }) => Math.max(newest, endedAtMs ?? 0), 0),
  );
  return useQuery(name, args, { everyMs, trigger: ended });
}
