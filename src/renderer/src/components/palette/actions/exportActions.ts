// What can be taken away as a file.
import { exportPools, exportWatchedCandles } from '../../../pages/market/marketExports';
import { exportSettings } from '../../../pages/settings/files/filesSection';
import type { PaletteAction } from '../paletteAction';

export function exportActions(): readonly PaletteAction[] {
  return [
    {
      id: 'export.pools',
      group: 'Export',
      title: 'Export the pools of the Market page as CSV…',
      keywords: 'save file filter',
      run: () => void exportPools(),
    },
    {
      id: 'export.watchedCandles',
      group: 'Export',
      title: 'Export the candles of watched pools as CSV…',
      keywords: 'save file watchlist ohlcv',
      run: () => void exportWatchedCandles('csv'),
    },
    {
      id: 'export.watchedCandles.parquet',
      group: 'Export',
      title: 'Export the candles of watched pools as Parquet…',
      keywords: 'save file watchlist ohlcv',
      run: () => void exportWatchedCandles('parquet'),
    },
    {
      id: 'export.settings',
      group: 'Export',
      title: 'Export the settings…',
      keywords: 'save file backup',
      run: () => void exportSettings(),
    },
  ];
}
