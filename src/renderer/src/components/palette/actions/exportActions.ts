// What can be taken away as a file.
import { exportPools, exportWatchedCandles } from '../../../pages/market/marketExports';
import { exportSettings } from '../../../pages/settings/files/filesSection';
import type { PaletteAction } from '../paletteAction';
import { t } from '../../../texts/texts';

export function exportActions(): readonly PaletteAction[] {
  return [
    {
      id: 'export.pools',
      group: 'export',
      title: t('palette.exportPools'),
      keywords: t('palette.exportPoolsWords'),
      run: () => void exportPools(),
    },
    {
      id: 'export.watchedCandles',
      group: 'export',
      title: t('palette.exportCandlesCsv'),
      keywords: t('palette.exportCandlesWords'),
      run: () => void exportWatchedCandles('csv'),
    },
    {
      id: 'export.watchedCandles.parquet',
      group: 'export',
      title: t('palette.exportCandlesParquet'),
      keywords: t('palette.exportCandlesWords'),
      run: () => void exportWatchedCandles('parquet'),
    },
    {
      id: 'export.settings',
      group: 'export',
      title: t('palette.exportSettings'),
      keywords: t('palette.exportSettingsWords'),
      run: () => void exportSettings(),
    },
  ];
}
