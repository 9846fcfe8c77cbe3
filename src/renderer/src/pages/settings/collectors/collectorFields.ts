// The entries of the settings that say how, how much and how patiently is collected.
import { COLLECTOR_IDS, type CollectorId } from '../../../../../shared/domain/collector';
import type { SettingField } from '../form/settingField';

export function intervalField(id: CollectorId, title: string): SettingField {
  return { path: `collectors.${id}.intervalMs`, label: `${title}: every`, kind: 'duration' };
}

export function adaptsField(id: CollectorId, title: string): SettingField {
  return { path: `collectors.${id}.adaptive`, label: `${title}: adapts its pace`, kind: 'flag' };
}

export const PACE_FIELDS: readonly SettingField[] = COLLECTOR_IDS.flatMap((id) => [
  intervalField(id, id),
  adaptsField(id, id),
]);

export const AMOUNT_FIELDS: readonly SettingField[] = [
  { path: 'topPools.maxPages', label: 'Top pools: pages of a DEX', kind: 'count' },
  { path: 'topPools.minReserveUsd', label: 'Top pools: least liquidity, USD', kind: 'count' },
  { path: 'newPools.maxPages', label: 'New pools: pages', kind: 'count' },
  { path: 'newPools.quotaShare', label: 'New pools: share of the calls', kind: 'share' },
  { path: 'trending.maxPages', label: 'Trending: pages', kind: 'count' },
  { path: 'poolDetails.pools', label: 'Pool details: pools in a run', kind: 'count' },
  { path: 'tokenDetails.tokens', label: 'Token details: tokens in a run', kind: 'count' },
  { path: 'tokenInfos.tokens', label: 'Token infos: tokens in a run', kind: 'count' },
  { path: 'trades.pools', label: 'Trades: pools in a run', kind: 'count' },
  { path: 'trades.minVolumeUsd', label: 'Trades: least volume, USD', kind: 'count' },
  { path: 'ohlcv.pools', label: 'Candles: largest pools', kind: 'count', hint: 'Besides every watched one.' },
  { path: 'ohlcv.historyDays', label: 'Candles: days of history', kind: 'count' },
];

export const PATIENCE_FIELDS: readonly SettingField[] = [
  { path: 'recovery.failureThreshold', label: 'Failures before it cools down', kind: 'count', hint: 'In a row.' },
  { path: 'recovery.cooldownMs', label: 'Cools down for', kind: 'duration' },
];

export const WATCHLIST_FIELDS: readonly SettingField[] = [
  { path: 'watchlist.autoAdd.enabled', label: 'Add pools by itself', kind: 'flag' },
  { path: 'watchlist.autoAdd.minScore', label: 'Least score of a signal', kind: 'count', hint: 'From 0 to 100.' },
  { path: 'watchlist.autoAdd.perDay', label: 'Pools a day at most', kind: 'count' },
];
