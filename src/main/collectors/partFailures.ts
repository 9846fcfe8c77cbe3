// A run asks for many parts (one DEX, one pool). When one fails, is it that part's own trouble or the host's? The first becomes a
// shortfall and the run goes on; the second ends the run, because asking on would only waste calls and hide the cause.
import { assertNever } from '../../shared/util/assertNever';
import { SourceError, type SourceErrorClass } from '../sources/http/sourceError';

/** Parts that may fail one after the other, for a reason that might be the host's, before the host is believed to be down. */
const MAX_DOUBTFUL_IN_A_ROW = 2;

type Blame = 'host' | 'part' | 'doubtful';

export class PartFailures {
  #first: SourceError | null = null;
  #anySuccess = false;
  #doubtfulInARow = 0;

  succeeded(): void {
    this.#anySuccess = true;
    this.#doubtfulInARow = 0;
  }

  /** Returns the shortfall in one sentence, or rethrows `error` when the run must end. `part` is for example "solana / raydium". */
  failed(part: string, error: unknown): string {
    if (!(error instanceof SourceError)) throw error;
    const blame = blameFor(error.class);
    if (blame === 'host') throw error;
    this.#doubtfulInARow = blame === 'doubtful' ? this.#doubtfulInARow + 1 : 0;
    if (this.#doubtfulInARow >= MAX_DOUBTFUL_IN_A_ROW) throw error;
    this.#first ??= error;
    return `${part}: ${error.message}`;
  }

  /** To be called after the last part: rethrows the first error when no part worked at all. */
  finish(): void {
    if (this.#first && !this.#anySuccess) throw this.#first;
  }
}

function blameFor(errorClass: SourceErrorClass): Blame {
  switch (errorClass) {
    case 'throttled':
    case 'network':
    case 'host_down':
    case 'unauthorised':
    case 'cancelled':
      return 'host';
    case 'not_found':
    case 'bad_request':
    case 'page_limit':
      return 'part';
    // One endpoint can be broken for days while the others work: that must not starve whatever is asked for after it.
    case 'server':
    case 'timeout':
    case 'malformed':
    case 'too_large':
      return 'doubtful';
    default:
      return assertNever(errorClass);
  }
}
