// Pages of the log, over all files of all streams in the order of time. Holds one block of each file at a time, and reads so much
// for one answer and no more: a question that matches little is answered in parts.
import { join } from 'node:path';
import type { LogFilter, LogLine, LogPage, LogPageArgs } from '../../shared/domain/log';
import { listLogStreams, type LogStream } from './logFiles';
import { fits, mayFit, readLogLine } from './logLine';
import { type FilePlace, type LogPlaces, readPlaces, writePlaces } from './logPlace';
import { linesAfter, linesBefore, type RawLine } from './rawLines';

/** As much is read for one answer, about: a tenth of a second. */
const BUDGET_CHARS = 8 * 1_024 * 1_024;

/** The folder of the log below the program's root. */
export function logFolder(rootDir: string): string {
  return join(rootDir, 'logs');
}

/** A place that is no longer kept, or is none, is the nearest that is. */
export async function readLogPage(folder: string, args: LogPageArgs, budgetChars = BUDGET_CHARS): Promise<LogPage> {
  const streams = await listLogStreams(folder);
  const from = args.from === null ? null : (readPlaces(args.from) ?? new Map<string, FilePlace>());
  const forwards = args.direction === 'newer' && from !== null;
  const budget = { chars: budgetChars };
  const walks = streams.map((stream) => new Walk(stream, args.filter, budget, from, forwards));
  try {
    const lines = await merged(walks, args.limit, forwards);
    const reached = places(walks, ({ place }) => place);
    if (forwards) return { lines, older: args.from, newer: reached };
    return {
      lines: lines.toReversed(),
      older: walks.every(({ isOver }) => isOver) ? null : reached,
      newer: args.from ?? places(walks, ({ begin }) => begin),
    };
  } finally {
    await Promise.all(walks.map((walk) => walk.close()));
  }
}

/** The line with this id as it stands in its file; null when it is not kept any more. */
export async function readRawLine(folder: string, id: string): Promise<string | null> {
  for (const [name, place] of readPlaces(id) ?? []) {
    const stream = (await listLogStreams(folder)).find((candidate) => candidate.name === name);
    if (!stream) return null;
    for await (const { text, start } of linesAfter(stream, place))
      return start.file === place.file && start.offset === place.offset ? text : null;
  }
  return null;
}

async function merged(walks: readonly Walk[], limit: number, forwards: boolean): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for (const walk of walks) await walk.advance();
  while (lines.length < limit) {
    // What stopped for want of budget may have the next line: nothing can be said beyond it.
    if (walks.some(({ head, isOver }) => head === null && !isOver)) break;
    const next = nextOf(walks, forwards);
    if (next === null) break;
    lines.push(next.line);
    await next.walk.advance();
  }
  return lines;
}

/** Of the lines at hand the one that comes next in time. */
function nextOf(walks: readonly Walk[], forwards: boolean): { readonly walk: Walk; readonly line: LogLine } | null {
  let next: { readonly walk: Walk; readonly line: LogLine } | null = null;
  for (const walk of walks) {
    const line = walk.head;
    if (line === null) continue;
    if (next === null || (forwards ? line.atMs < next.line.atMs : line.atMs > next.line.atMs)) next = { walk, line };
  }
  return next;
}

function places(walks: readonly Walk[], of: (walk: Walk) => FilePlace): string {
  const all: LogPlaces = new Map(walks.map((walk) => [walk.stream.name, of(walk)]));
  return writePlaces(all);
}

/** One stream on the way from a place, one fitting line at a time. */
class Walk {
  readonly stream: LogStream;
  /** The next line that fits and is not taken yet. */
  head: LogLine | null = null;
  isOver = false;
  /** Everything before it, in the direction of the walk, was taken or does not fit. */
  place: FilePlace;
  /** Where a walk forwards would go on from where this one began. */
  begin: FilePlace;
  readonly #filter: LogFilter;
  readonly #budget: { chars: number };
  readonly #lines: AsyncGenerator<RawLine>;
  readonly #forwards: boolean;
  #ahead: FilePlace | null = null;
  #begun = false;

  constructor(
    stream: LogStream,
    filter: LogFilter,
    budget: { chars: number },
    from: LogPlaces | null,
    forwards: boolean,
  ) {
    this.stream = stream;
    this.#filter = filter;
    this.#budget = budget;
    this.#forwards = forwards;
    // A stream that began after the place was written down is new as a whole: nothing of it is older.
    const at = from === null ? null : (from.get(stream.name) ?? { file: 0, offset: 0 });
    this.place = at ?? { file: stream.files.at(-1)?.number ?? 0, offset: 0 };
    this.begin = this.place;
    this.#lines = forwards ? linesAfter(stream, at) : linesBefore(stream, at);
  }

  /** Takes the head and looks for the next one. */
  async advance(): Promise<void> {
    if (this.#ahead) this.place = this.#ahead;
    this.#ahead = null;
    this.head = null;
    // The newest line is read in any case: it says where the walk began.
    while (this.#budget.chars > 0 || !this.#begun) {
      const { value: raw, done } = await this.#lines.next();
      if (done) {
        this.isOver = true;
        return;
      }
      if (!this.#begun) this.begin = raw.end;
      this.#begun = true;
      this.#budget.chars -= raw.text.length;
      const [near, far] = this.#forwards ? [raw.start, raw.end] : [raw.end, raw.start];
      const line = mayFit(raw.text, this.#filter) ? this.#read(raw) : null;
      if (line && fits(line, this.#filter)) {
        this.place = near;
        this.#ahead = far;
        this.head = line;
        return;
      }
      this.place = far;
    }
  }

  async close(): Promise<void> {
    await this.#lines.return(undefined);
  }

  #read({ text, start }: RawLine): LogLine | null {
    return readLogLine(text, writePlaces(new Map([[this.stream.name, start]])));
  }
}
