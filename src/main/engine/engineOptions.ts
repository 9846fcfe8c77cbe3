// What an engine is built from: everything that differs between the desktop, the command line and a test.
import type { KeyPlan, RetentionSettings, Settings, SourceMode } from '../../shared/domain/settings';
import type { Clock } from '../../shared/util/clock';
import type { Collector } from '../collectors/collector';
import type { DeliveryPorts } from '../delivery/startDelivery';
import type { Logger } from '../logging/logger';
import type { HttpClient } from '../sources/http/httpClient';
import type { ShowWork, WorkerFiles } from '../storage/store';
import type { DoorWatch } from './doors';

export type { WorkerFiles } from '../storage/store';
export type { SlotEvent } from '../scheduling/scheduler';

export interface EngineSource {
  readonly mode: SourceMode;
  readonly baseUrl: string;
  /** Whose plan it belongs to decides the source; without a key it is GeckoTerminal's public API. */
  readonly apiKey: { readonly plan: Exclude<KeyPlan, 'none'>; readonly value: string } | null;
  readonly callsPerMinute: number;
  /** How far back the plan shows candles, that of the keyless API unless told; null without a limit. */
  readonly historyDays?: number | null;
}

/** Whether collectors run by themselves, or only when told to. */
export type RunStart = 'by_schedule' | 'on_request';

/** The window has the processor to itself for a while: it shows what earlier sessions stored before anything else begins. */
export interface PictureFirst {
  /** From the data of the first picture to whatever is begun next, milliseconds. */
  readonly takesMs: number;
  /** From the start of the scheduler to the first runs that are due. */
  readonly runsAfterMs: number;
}

export interface EngineOptions {
  /** Folder of this profile's databases, state and spool; created when absent. */
  readonly profileDir: string;
  readonly source: EngineSource;
  readonly settings: Settings;
  /** How long rows are kept, asked each time; what `settings` say unless told. */
  readonly retention?: () => RetentionSettings;
  readonly workers: WorkerFiles;
  readonly clock: Clock;
  /** The clock of the storage threads, which live in real time whatever a test does to the rest; `clock` unless told. */
  readonly storageClock?: Clock;
  readonly logger: Logger;
  /** Shows work that a database begins by itself; absent: nobody watches. */
  readonly showWork?: ShowWork;
  readonly userAgent: string;
  /** How people are told; absent: nobody is. */
  readonly delivery?: DeliveryPorts;
  /** Other programs that look on; absent: none. */
  readonly doors?: DoorWatch;
  /** What is collected; every collector there is unless told. Each needs an entry in the settings. */
  readonly collectors?: readonly Collector[];
  /** What carries the API calls, when it is not the network: a test on a clock of its own. */
  readonly http?: HttpClient;
  /** `by_schedule` when not said. */
  readonly runStart?: RunStart;
  /** As of the application. */
  readonly pictureFirst?: PictureFirst;
}
