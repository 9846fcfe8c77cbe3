// How the databases are, asked by a person or a program: real looks at them, and what is to be done.
import { fail } from '../../../shared/contract/envelope';
import type { QueryHandlers } from '../application';
import { type HandlerContext, reading } from './context';

export function healthQueries(context: HandlerContext): Pick<QueryHandlers, 'health.report'> {
  let isMeasuring = false;
  return {
    'health.report': async (tests) => {
      // Two tests at a time would measure each other, and write into each other's scratch file.
      if (!tests.performance) return await reading(context, (engine) => engine.health(tests));
      if (isMeasuring) return fail('conflict', 'A test of performance is under way; wait for its end.');
      isMeasuring = true;
      try {
        return await reading(context, (engine) => engine.health(tests));
      } finally {
        isMeasuring = false;
      }
    },
  };
}
