// Things to ask for by address, as the source takes them: one network at a time, so many in a call.
export interface Batch<T> {
  readonly networkId: string;
  readonly items: readonly T[];
}

/** In the order in which the items come, each network's together. */
export function batchesOf<T extends { readonly networkId: string }>(
  items: readonly T[],
  size: number,
): readonly Batch<T>[] {
  const networkIds = [...new Set(items.map(({ networkId }) => networkId))];
  return networkIds.flatMap((networkId) => {
    const own = items.filter((item) => item.networkId === networkId);
    return Array.from({ length: Math.ceil(own.length / size) }, (_, index) => ({
      networkId,
      items: own.slice(index * size, (index + 1) * size),
    }));
  });
}
