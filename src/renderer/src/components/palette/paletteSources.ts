// The list of everything the palette offers. A part of the window that adds commands adds its line here.
import { collectorActions } from './actions/collectorActions';
import { databaseActions } from './actions/databaseActions';
import { diagnosticActions } from './actions/diagnosticActions';
import { exportActions } from './actions/exportActions';
import { incidentActions } from './actions/incidentActions';
import { pageActions } from './actions/pageActions';
import { sourceActions } from './actions/sourceActions';
import { windowActions } from './actions/windowActions';
import type { PaletteSource } from './paletteAction';

export const PALETTE_SOURCES: readonly PaletteSource[] = [
  pageActions,
  incidentActions,
  collectorActions,
  databaseActions,
  diagnosticActions,
  exportActions,
  sourceActions,
  windowActions,
];
