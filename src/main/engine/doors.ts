// Joins the doors to the program: opens what the settings ask for, closes it with the engine, and hands the readings on. Both doors
// are shut unless somebody has asked for them.
import type { DoorsStatus } from '../../shared/contract/doors';
import type { AppSnapshot } from '../../shared/contract/snapshot';
import type { Reading } from '../../shared/domain/metrics';
import type { DoorSettings } from '../../shared/domain/settings';
import type { Clock } from '../../shared/util/clock';
import { answerOf } from '../doors/doorAnswers';
import { type DoorServer, openDoor } from '../doors/doorServer';
import { loadToken, tokenPath } from '../doors/doorToken';
import { LatestReadings } from '../doors/latestReadings';
import { Ping, PING_ID, PING_TITLE } from '../doors/ping';
import type { Logger } from '../logging/logger';

/** What the engine tells the doors, and what it judges of them. */
export interface DoorWatch {
  /** Alerts have judged these. */
  judged(readings: readonly Reading[]): void;
  readings(): readonly Reading[];
  /** How a person calls what the readings are about; null when it is none of the doors. */
  titleOf(channelId: string): string | null;
}

export interface DoorsOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly userAgent: string;
  readonly settings: () => DoorSettings;
  readonly snapshot: () => AppSnapshot;
  /** In one sentence, why the door could not be opened. */
  readonly onProblem: (message: string) => void;
}

export class Doors implements DoorWatch {
  readonly #options: DoorsOptions;
  readonly #latest: LatestReadings;
  #server: DoorServer | null = null;
  #ping: Ping | null = null;
  #tokenFile: string | null = null;
  #problem: string | null = null;

  constructor(options: DoorsOptions) {
    this.#options = options;
    this.#latest = new LatestReadings(options.clock);
  }

  /** Never rejects: the program works as well without. `stateDir` is the profile's. */
  async open(stateDir: string): Promise<void> {
    const { clock, logger, onProblem, settings, userAgent } = this.#options;
    const { metrics, ping } = settings();
    if (ping.url !== null) {
      const isOnTime = (): boolean => this.#latest.isOnTime;
      this.#ping = new Ping({ clock, url: ping.url, userAgent, logger, isOnTime });
      this.#ping.start();
    }
    this.#problem = null;
    if (!metrics.enabled) return;
    try {
      const sources = { snapshot: this.#options.snapshot, latest: this.#latest };
      this.#server = await openDoor({
        port: metrics.port,
        token: loadToken(stateDir),
        answer: (path) => answerOf(path, sources),
        onError: (error) => logger.error({ error: String(error) }, 'a caller at the door could not be answered'),
      });
      this.#tokenFile = tokenPath(stateDir);
      logger.info({ address: this.#server.address, tokenFile: this.#tokenFile }, 'the door for metrics is open');
    } catch (error) {
      this.#problem = `Metrics are not served: ${reasonOf(error, metrics.port)}.`;
      onProblem(this.#problem);
    }
  }

  status(): DoorsStatus {
    const { metrics, ping } = this.#options.settings();
    const address = this.#server?.address ?? null;
    return {
      metrics: {
        enabled: metrics.enabled,
        address,
        tokenFile: address === null ? null : this.#tokenFile,
        problem: this.#problem,
      },
      ping: {
        enabled: ping.url !== null,
        ...(this.#ping?.figures() ?? { failures: 0, lastError: null, lastTakenAtMs: null }),
      },
    };
  }

  judged(readings: readonly Reading[]): void {
    this.#latest.judged(readings);
  }

  readings(): readonly Reading[] {
    return this.#ping ? [this.#ping.reading()] : [];
  }

  titleOf(channelId: string): string | null {
    return this.#options.settings().ping.url !== null && channelId === PING_ID ? PING_TITLE : null;
  }

  /** Once the engine has stopped: what it measured is forgotten. */
  async close(): Promise<void> {
    const [server, ping] = [this.#server, this.#ping];
    this.#server = null;
    this.#ping = null;
    this.#latest.forget();
    await Promise.all([server?.close(), ping?.stop()]);
  }
}

/** Settings for whoever may look at them: the address of the ping is a secret. */
export function shownDoors({ metrics, ping }: DoorSettings): DoorSettings {
  return { metrics, ping: { url: ping.url === null ? null : '***' } };
}

function reasonOf(error: unknown, port: number): string {
  if (!(error instanceof Error)) return String(error);
  return (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? `port ${port} is in use` : error.message;
}
