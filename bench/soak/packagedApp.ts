// The packaged program in a process of its own: started, killed, stopped and let go on, and watched from outside.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { wait } from '../lib/measure';

/** Until the first run has ended, from a cold start on a busy machine. */
const START_LIMIT_MS = 90_000;
const QUIT_LIMIT_MS = 30_000;
const KEPT_OUTPUT_CHARS = 4_000;

export interface AppOptions {
  readonly executable: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export interface Footprint {
  readonly rssBytes: number;
  readonly handles: number;
  readonly threads: number;
}

export class PackagedApp {
  readonly pid: number;
  readonly startedAtMs = Date.now();
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  #output = '';
  #expected = false;
  /** When it ended without having been told to; null while it lives or when it was. */
  diedAtMs: number | null = null;

  private constructor({ executable, args, env }: AppOptions) {
    this.#child = spawn(executable, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.pid = this.#child.pid ?? 0;
    this.#exit = once(this.#child, 'exit').then(() => {
      if (!this.#expected) this.diedAtMs = Date.now();
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (text: Buffer) => {
        this.#output = `${this.#output}${text.toString()}`.slice(-KEPT_OUTPUT_CHARS);
      });
  }

  /** Resolves when its first run has ended: it prints a line for each. */
  static async start(options: AppOptions): Promise<PackagedApp> {
    const app = new PackagedApp(options);
    const deadline = performance.now() + START_LIMIT_MS;
    while (!/^\d\d:\d\d:\d\d {2}\w+/m.test(app.#output)) {
      if (app.diedAtMs !== null || performance.now() > deadline)
        throw new Error(`the program did not start to collect; it said:\n${app.#output}`);
      await wait(200);
    }
    return app;
  }

  /** What it printed last. */
  get lastWords(): string {
    return this.#output;
  }

  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(name);
  }

  async kill(): Promise<void> {
    this.#expected = true;
    this.#child.kill('SIGKILL');
    await this.#exit;
  }

  /** The way a session manager ends it. Resolves with its exit code; null when it had to be killed. */
  async quit(): Promise<number | null> {
    this.#expected = true;
    this.#child.kill('SIGTERM');
    const ended = await Promise.race([this.#exit.then(() => true), wait(QUIT_LIMIT_MS).then(() => false)]);
    if (!ended) await this.kill();
    return this.#child.exitCode;
  }

  /** Of the main process; null where the system does not tell. */
  footprint(): Footprint | null {
    try {
      const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
      const kilobytes = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
      return {
        rssBytes: kilobytes * 1_024,
        handles: readdirSync(`/proc/${this.pid}/fd`).length,
        threads: Number(/^Threads:\s+(\d+)/m.exec(status)?.[1]),
      };
    } catch {
      return null;
    }
  }
}
