// The entries of the settings that say how, how much and how patiently is collected.
import { COLLECTOR_IDS, type CollectorId } from '../../../../../shared/domain/collector';
import type { SettingField } from '../form/settingField';
import { t } from '../../../texts/texts';

export function intervalField(id: CollectorId, title: string): SettingField {
  return { path: `collectors.${id}.intervalMs`, label: () => t('settings.everyOf', { title }), kind: 'duration' };
}

export function adaptsField(id: CollectorId, title: string): SettingField {
  return { path: `collectors.${id}.adaptive`, label: () => t('settings.adaptsOf', { title }), kind: 'flag' };
}

export const PACE_FIELDS: readonly SettingField[] = COLLECTOR_IDS.flatMap((id) => [
  intervalField(id, id),
  adaptsField(id, id),
]);

export const AMOUNT_FIELDS: readonly SettingField[] = [
  { path: 'topPools.maxPages', label: () => t('settings.field.topPoolsPages'), kind: 'count' },
  { path: 'topPools.minReserveUsd', label: () => t('settings.field.topPoolsLiquidity'), kind: 'count' },
  { path: 'newPools.maxPages', label: () => t('settings.field.newPoolsPages'), kind: 'count' },
  { path: 'newPools.quotaShare', label: () => t('settings.field.newPoolsShare'), kind: 'share' },
  { path: 'trending.maxPages', label: () => t('settings.field.trendingPages'), kind: 'count' },
  { path: 'poolDetails.pools', label: () => t('settings.field.poolDetails'), kind: 'count' },
  { path: 'tokenDetails.tokens', label: () => t('settings.field.tokenDetails'), kind: 'count' },
  { path: 'tokenInfos.tokens', label: () => t('settings.field.tokenInfos'), kind: 'count' },
  { path: 'trades.pools', label: () => t('settings.field.tradesPools'), kind: 'count' },
  { path: 'trades.minVolumeUsd', label: () => t('settings.field.tradesVolume'), kind: 'count' },
  {
    path: 'ohlcv.pools',
    label: () => t('settings.field.candlePools'),
    kind: 'count',
    hint: () => t('settings.field.candlePoolsHint'),
  },
  { path: 'ohlcv.historyDays', label: () => t('settings.field.candleDays'), kind: 'count' },
];

export const PATIENCE_FIELDS: readonly SettingField[] = [
  {
    path: 'recovery.failureThreshold',
    label: () => t('settings.field.failures'),
    kind: 'count',
    hint: () => t('settings.field.failuresHint'),
  },
  { path: 'recovery.cooldownMs', label: () => t('settings.field.coolDown'), kind: 'duration' },
];

export const WATCHLIST_FIELDS: readonly SettingField[] = [
  { path: 'watchlist.autoAdd.enabled', label: () => t('settings.field.autoAdd'), kind: 'flag' },
  {
    path: 'watchlist.autoAdd.minScore',
    label: () => t('settings.field.leastScore'),
    kind: 'count',
    hint: () => t('settings.field.leastScoreHint'),
  },
  { path: 'watchlist.autoAdd.perDay', label: () => t('settings.field.poolsADay'), kind: 'count' },
];
