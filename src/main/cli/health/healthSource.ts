// Where reports about the databases come from: the instance that runs on the profile, or, while none does, the files alone. Never
// opens the profile as an owner would: that would mend, migrate and move what is to be looked at.
import { existsSync } from 'node:fs';
import type { HealthReport, HealthTests } from '../../../shared/domain/health';
import { filesHealthReport } from '../../engine/health/healthReport';
import { systemClock } from '../../engine/systemClock';
import type { Link } from '../link/link';
import { instanceOn, type Place, profileDirOf } from '../link/openLink';
import { answerOf, CommandError, EXIT } from '../outcome';

/** Far longer than a look takes, a foreign lock included. */
const ANSWER_WITHIN_MS = 10_000;
const TEST_WITHIN_MS = 60_000;

export interface SourcedReport {
  /** The process of the instance that answered; null when the files were looked at. */
  readonly pid: number | null;
  /** One sentence when an instance runs and did not answer, else null. */
  readonly trouble: string | null;
  readonly report: HealthReport;
}

export class HealthSource {
  readonly #place: Place;
  readonly #profileDir: string;
  readonly #onChange: () => void;
  #link: Link | null = null;
  #isClosed = false;

  /**
   * @param onChange the state of a database of the running instance has changed, or the instance has gone: worth another look
   * @throws CommandError when nothing was ever stored there
   */
  constructor(place: Place, onChange: () => void = () => undefined) {
    if (!existsSync(place.rootDir)) throw new CommandError(EXIT.refused, `There is no data folder ${place.rootDir}.`);
    this.#place = place;
    this.#profileDir = profileDirOf(place);
    this.#onChange = onChange;
    if (!existsSync(this.#profileDir)) {
      throw new CommandError(EXIT.refused, `Poolwatch has never run there: there is no ${this.#profileDir}.`);
    }
  }

  async look(tests: HealthTests): Promise<SourcedReport> {
    const link = this.#link ?? (await this.#connect());
    const asked = link && (await this.#ask(link, tests));
    if (asked && 'report' in asked) return asked;
    const report = await filesHealthReport(this.#profileDir, this.#place.workers, systemClock, tests);
    return { pid: null, trouble: asked?.trouble ?? null, report };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#hangUp();
  }

  async #hangUp(): Promise<void> {
    const link = this.#link;
    this.#link = null;
    await link?.close();
  }

  async #connect(): Promise<Link | null> {
    const link = await instanceOn(this.#profileDir);
    if (!link) return null;
    if (this.#isClosed) {
      await link.close();
      return null;
    }
    this.#link = link;
    let states: string | null = null;
    link.watch(
      ({ databases }) => {
        const now = databases.map(({ name, state, breaker }) => `${name} ${state} ${breaker.state}`).join();
        if (states !== null && states !== now) this.#onChange();
        states = now;
      },
      () => {
        if (this.#link !== link) return;
        this.#link = null;
        this.#onChange();
      },
    );
    return link;
  }

  /** Null when the instance has gone or cannot tell. */
  async #ask(
    link: Link,
    tests: HealthTests,
  ): Promise<(SourcedReport & { readonly pid: number }) | { readonly trouble: string } | null> {
    const limitMs = tests.performance || tests.connectivity ? TEST_WITHIN_MS : ANSWER_WITHIN_MS;
    const pid = link.instance?.pid ?? 0;
    const answer = await within(limitMs, link.query('health.report', tests)).catch((error: unknown) => {
      if (error instanceof CommandError && this.#link !== link) return null;
      throw error;
    });
    if (answer === 'late') {
      await this.#hangUp();
      return {
        trouble: `The running Poolwatch (process ${pid}) does not answer. Look at its window, and end it if it stays silent; its files alone say:`,
      };
    }
    if (!answer || (!answer.ok && answer.error.code === 'unavailable')) return null;
    return { pid, trouble: null, report: answerOf(answer) };
  }
}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T | 'late'> {
  let timer: { cancel(): void } | null = null;
  const late = new Promise<'late'>((resolve) => {
    timer = systemClock.after(limitMs, () => resolve('late'));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    (timer as { cancel(): void } | null)?.cancel();
  }
}
