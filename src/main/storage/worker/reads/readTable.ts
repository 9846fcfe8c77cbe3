// The shape of a database's own reads by name.
import type { ReadAnswer, ReadArgs, ReadName } from '../../../../shared/contract/reads';

export type ReadTable = { readonly [R in ReadName]?: (args: ReadArgs<R>) => ReadAnswer<R> };
