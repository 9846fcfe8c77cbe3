// A program with Chromium in it, started and looked at from outside through the DevTools protocol: what is measured needs no code
// of ours inside it. One connection for the browser and the one page it shows.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { launchFlags } from '../../scripts/lib/launchFlags.mjs';
import { WebSocket } from 'undici';
import { wait } from './measure';

const END_LIMIT_MS = 20_000;
/** A page that does not answer for so long is of no use to anybody. */
const ANSWER_LIMIT_MS = 5 * 60_000;
const SAID_CHARS = 4_000;

export interface ElectronStart {
  readonly electron: string;
  /** A folder with a package.json, or a file. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

type Reply = { readonly result?: unknown; readonly error?: { readonly message: string } };
type Message = Reply & {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: { readonly sessionId: string; readonly targetInfo: { readonly type: string } };
};

export class ElectronProgram {
  readonly pid: number;
  /** Wall time. */
  readonly startedAtMs = wallMs();
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #socket: WebSocket | null = null;
  #page: string | null = null;
  #asked = 0;
  #said = '';

  constructor({ electron, program, args, env }: ElectronStart) {
    this.#child = spawn(
      electron,
      [...launchFlags(env), '--ozone-platform=x11', '--remote-debugging-port=0', program, ...args],
      { env, stdio: ['pipe', 'pipe', 'pipe'] },
    );
    this.pid = this.#child.pid ?? 0;
    this.#exit = once(this.#child, 'exit');
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (text: Buffer) => (this.#said += text.toString()));
  }

  /** What it has printed so far. */
  get said(): string {
    return this.#said;
  }

  /** A line for its standard input. */
  tell(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  /** Resolves once its page can be asked; must be called once, as early as possible. */
  async page(): Promise<void> {
    await this.until('it listens', () => this.#said.includes('DevTools listening on '));
    const address = /DevTools listening on (\S+)/.exec(this.#said)?.[1] ?? '';
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#hear(JSON.parse(String(data)) as Message));
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    await this.#ask('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true }, null);
    await this.until('it has a page', () => this.#page !== null);
  }

  /** @throws when the page refuses */
  send(method: string, params: object = {}): Promise<unknown> {
    return this.#ask(method, params, this.#page);
  }

  /** The value of an expression, or of the promise that it is; asked again when the page moves on meanwhile. */
  async evaluate<T>(expression: string): Promise<T> {
    for (;;) {
      try {
        const answer = await this.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
        const { result, exceptionDetails } = answer as {
          readonly result: { readonly value: T };
          readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
        };
        if (!exceptionDetails) return result.value;
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      } catch (error) {
        if (!/context was destroyed|Cannot find default execution context|navigated/.test(String(error))) throw error;
      }
    }
  }

  async until(what: string, condition: () => boolean, limitMs = 60_000): Promise<void> {
    const deadline = performance.now() + limitMs;
    while (!condition()) {
      if (this.#child.exitCode !== null || performance.now() > deadline)
        throw new Error(`waited in vain: ${what}; the program said:\n${this.#said.slice(-SAID_CHARS)}`);
      await wait(2);
    }
  }

  /** The way a session manager ends it. */
  async quit(): Promise<void> {
    this.#socket?.close();
    this.#child.kill('SIGTERM');
    const ended = await Promise.race([this.#exit.then(() => true), wait(END_LIMIT_MS).then(() => false)]);
    if (ended) return;
    this.#child.kill('SIGKILL');
    await this.#exit;
  }

  #ask(method: string, params: object, sessionId: string | null): Promise<unknown> {
    this.#asked += 1;
    const id = this.#asked;
    this.#socket?.send(JSON.stringify({ id, method, params, ...(sessionId !== null && { sessionId }) }));
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`no answer to ${method} within five minutes`)), ANSWER_LIMIT_MS);
      // What was under way when the program ended is not waited for.
      limit.unref();
      this.#waiting.set(id, ({ result, error }) => {
        clearTimeout(limit);
        if (error) reject(new Error(error.message));
        else resolve(result);
      });
    });
  }

  #hear({ id, method, params, ...reply }: Message): void {
    if (id !== undefined) {
      this.#waiting.get(id)?.(reply);
      this.#waiting.delete(id);
    } else if (method === 'Target.attachedToTarget' && params?.targetInfo.type === 'page') {
      this.#page = params.sessionId;
    }
  }
}

/** Wall time in fractions of a millisecond, as pages tell it. */
export function wallMs(): number {
  return performance.timeOrigin + performance.now();
}
