// What a program is built from: where it keeps everything, what it is, and what differs between the window, the command line and a test.
import type { Settings, SourceMode } from '../../shared/domain/settings';
import type { Clock } from '../../shared/util/clock';
import type { Logger } from '../logging/logger';
import type { WorkerFiles } from '../storage/store';
import type { PictureFirst, RunStart, SlotEvent } from './engineOptions';
import type { PortThreads } from './handlers/context';

export interface ApplicationOptions {
  /** Settings, profiles and logs live here; created when absent. */
  readonly rootDir: string;
  /** Overrides the saved source for this start only. */
  readonly modeOverride: SourceMode | null;
  readonly workers: WorkerFiles & PortThreads & { readonly demoMarket: string };
  readonly appVersion: string;
  readonly runtime: Readonly<Record<string, string>>;
  readonly testBuild: boolean;
  /** Hears of every slot, for a terminal without a window to look at. */
  readonly onSlot?: (slot: SlotEvent) => void;
  /** `on_request` also keeps the local socket closed: such a program is over in a moment. `by_schedule` when not said. */
  readonly runStart?: RunStart;
  /** Everything begins at once when not said. */
  readonly pictureFirst?: PictureFirst;
  /** In place of parts of the saved source, for this start only. */
  readonly sourceOverride?: Partial<Settings['source']>;
  /** Instead of log files in the data folder, which only one process at a time may write. */
  readonly logger?: Logger;
  readonly clock?: Clock;
}
