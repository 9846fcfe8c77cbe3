// The original kept the source's own trade id, and with it the one time that nobody shifted. Pure.

export interface TradeIdParts {
  readonly blockNumber: number;
  readonly txHash: string;
  readonly logIndex: number;
  readonly atMs: number;
}

const TRADE_ID = /^.+?_(\d{1,15})_([A-Za-z0-9]+)_(\d{1,9})_(\d{10})$/;

/** From `<network>_<block>_<transaction>_<index>_<seconds>`; null for any other text. */
export function tradeIdParts(id: string): TradeIdParts | null {
  const [, block, txHash = '', index, seconds] = TRADE_ID.exec(id) ?? [];
  if (block === undefined) return null;
  return { blockNumber: Number(block), txHash, logIndex: Number(index), atMs: Number(seconds) * 1_000 };
}
