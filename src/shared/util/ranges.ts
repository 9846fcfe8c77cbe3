// Sets of whole numbers as sorted, disjoint, half-open ranges: what has been asked for, what is still missing. Pure.

/** From `from` up to but without `to`; never empty inside a set. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The smallest set of ranges that holds all of `ranges`, in order; neighbours that touch become one. */
export function unite(ranges: readonly Range[]): readonly Range[] {
  const united: { from: number; to: number }[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    if (from >= to) continue;
    const last = united.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else united.push({ from, to });
  }
  return united;
}

/** What of `whole` lies in none of `taken`, in order. */
export function without(whole: Range, taken: readonly Range[]): readonly Range[] {
  const left: Range[] = [];
  let { from } = whole;
  for (const range of unite(taken)) {
    if (range.from >= whole.to) break;
    if (range.from > from) left.push({ from, to: range.from });
    from = Math.max(from, range.to);
  }
  if (from < whole.to) left.push({ from, to: whole.to });
  return left;
}
