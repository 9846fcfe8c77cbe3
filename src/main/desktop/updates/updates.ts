// Looks after updates: asks the named feed now and then or when told to, downloads what is newer, and keeps it until the program is
// restarted for it. A feed that is down is told once, in the log, and is no alert. Knows neither Electron nor the network.
import { fail, ok, type Result } from '../../../shared/contract/envelope';
import type { UpdateState, UpdateStatus } from '../../../shared/contract/updates';
import type { UpdateSettings } from '../../../shared/domain/settings';
import type { Clock } from '../../../shared/util/clock';
import type { UpdatePort } from '../../engine/application';
import type { Logger } from '../../logging/logger';
import { feedOf } from './feed';
import type { OwnPackage } from './ownPackage';
import { FIRST_ASKED_MS, heldBackBy, waitAfter } from './updateSchedule';
import type { FoundUpdate, UpdateSource } from './updateSource';

export interface UpdatesOptions {
  readonly version: string;
  readonly own: OwnPackage;
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn' | 'debug'>;
  readonly source: UpdateSource;
  /** What is saved now. */
  settings(): Promise<UpdateSettings>;
  isOnBattery(): boolean;
  openPage(url: string): Promise<void>;
  /** Begins the way out, at whose end `installNow` is called. */
  restart(): void;
}

export class Updates implements UpdatePort {
  readonly #options: UpdatesOptions;
  #state: UpdateState = { kind: 'not_asked' };
  #asking: Promise<void> | null = null;
  #wokeAtMs: number | null = null;
  #isDownTold = false;
  /** Verified, and waiting for the restart. */
  #file: string | null = null;
  #isOrdered = false;

  constructor(options: UpdatesOptions) {
    this.#options = options;
  }

  /** Asks by itself from now on, where there is a feed. */
  start(): void {
    this.#askIn(FIRST_ASKED_MS);
  }

  /** The computer is back from a sleep. */
  woke(): void {
    this.#wokeAtMs = this.#options.clock.monotonicMs();
  }

  async status(): Promise<UpdateStatus> {
    const { version, settings, environment } = this.#options;
    const present = await settings();
    const feed = feedOf(present, environment);
    const state: UpdateState =
      feed.kind === 'none'
        ? { kind: 'no_feed' }
        : feed.kind === 'unusable'
          ? { kind: 'unusable_feed', why: feed.why }
          : this.#state;
    return { version, state, hasReleasePage: present.releasePageUrl !== null };
  }

  /** Answers once the feed has; a download goes on behind it. */
  async check(): Promise<UpdateStatus> {
    await this.#ask();
    return await this.status();
  }

  install(): Result<null> {
    if (this.#file === null) return fail('conflict', 'No newer version has been downloaded.');
    this.#isOrdered = true;
    this.#options.restart();
    return ok(null);
  }

  /** The last step of the way out; does nothing when nobody ordered it. Throws when the file cannot be put in its place. */
  installNow(): void {
    if (this.#isOrdered && this.#file !== null) this.#options.source.install(this.#file);
  }

  async openReleasePage(): Promise<Result<null>> {
    const { releasePageUrl } = await this.#options.settings();
    if (releasePageUrl === null) return fail('not_found', 'No release page is configured.');
    await this.#options.openPage(releasePageUrl);
    return ok(null);
  }

  #askIn(waitMs: number): void {
    this.#options.clock.after(waitMs, () => {
      void this.#ask().then(() => this.#askIn(waitAfter(outcomeOf(this.#state))));
    });
  }

  /** One look at a time; what is being downloaded, or is here, is not asked for again. */
  #ask(): Promise<void> {
    return (this.#asking ??= this.#look().finally(() => (this.#asking = null)));
  }

  async #look(): Promise<void> {
    const { clock, environment, settings, isOnBattery, source, log, own } = this.#options;
    const feed = feedOf(await settings(), environment);
    if (feed.kind !== 'named' || this.#state.kind === 'downloading' || this.#state.kind === 'ready') return;
    const present = { onBattery: isOnBattery(), wokeAtMs: this.#wokeAtMs, nowMs: clock.monotonicMs() };
    const by = heldBackBy(present);
    if (by !== null) {
      this.#state = { kind: 'held_back', by };
      return;
    }
    this.#state = { kind: 'asking' };
    try {
      const found = await source.ask(feed.url);
      this.#isDownTold = false;
      if (found === null) this.#state = { kind: 'newest', askedAtMs: clock.wallMs() };
      else if (own.kind === 'by_hand') this.#state = { kind: 'by_hand', version: found.version };
      else void this.#download(found);
      log.info({ found: found?.version ?? null }, 'the update feed was asked');
    } catch (error) {
      this.#failed(error);
    }
  }

  async #download(found: FoundUpdate): Promise<void> {
    const { version } = found;
    this.#state = { kind: 'downloading', version, percent: 0 };
    try {
      this.#file = await found.download((percent) => (this.#state = { kind: 'downloading', version, percent }));
      this.#state = { kind: 'ready', version };
      this.#options.log.info({ version }, 'an update is ready');
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    const { clock, log } = this.#options;
    const why = error instanceof Error ? error.message : String(error);
    this.#state = { kind: 'failed', why, askedAtMs: clock.wallMs() };
    if (this.#isDownTold) log.debug({ why }, 'the update feed was asked in vain, again');
    else log.warn({ why }, 'the update feed was asked in vain; it is asked again now and then, without a word');
    this.#isDownTold = true;
  }
}

function outcomeOf({ kind }: UpdateState): Parameters<typeof waitAfter>[0] {
  if (kind === 'failed') return 'failed';
  return kind === 'held_back' ? 'held_back' : 'asked';
}
