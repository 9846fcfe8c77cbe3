// The list of DEXes of one network.
import type { DexRow } from '../../../shared/domain/market';
import type { Parsed } from '../marketSource';
import { malformed } from './malformed';
import { parseDexResources, type ParseContext } from './parseResources';
import { listAnswer } from './schemas';

export interface DexList {
  readonly dexes: Parsed<DexRow>;
  /** True when the source says that another page follows. */
  readonly hasNext: boolean;
}

/** Throws a SourceError `malformed` when the answer is not a list. */
export function parseDexes(answer: unknown, context: ParseContext): DexList {
  const parsed = listAnswer.safeParse(answer);
  if (!parsed.success) throw malformed('DEXes', answer);
  const { data, links } = parsed.data;
  return { dexes: parseDexResources(data, context), hasNext: data.length > 0 && links.next !== null };
}
