// The program in this process, for the length of one command. It passes the same door as every other caller.
import { applyPatch } from '../../../shared/contract/snapshot';
import type { Application } from '../../engine/application';
import { localCalls, type LocalCall } from '../../engine/socket/localCalls';
import { silentLogger } from '../../logging/logger';
import type { Link } from './link';

export function localLink(application: Application): Link {
  const answer = localCalls(application, silentLogger);
  // The handlers' types are those of the contract; the door between knows only names.
  const ask = (call: LocalCall): Promise<never> => answer(call) as Promise<never>;
  return {
    instance: null,
    query: (name, args) => ask({ kind: 'query', name, args }),
    command: (name, args) => ask({ kind: 'command', name, args }),
    watch(listener) {
      let snapshot = application.snapshot();
      listener(snapshot);
      return application.follow((patch) => {
        snapshot = applyPatch(snapshot, patch) ?? snapshot;
        listener(snapshot);
      });
    },
    close: () => application.stop(),
  };
}
