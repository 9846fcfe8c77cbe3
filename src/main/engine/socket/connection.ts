// One caller on the local socket: reads lines, answers them, sends patches. A caller that talks nonsense, dawdles, floods or does
// not listen loses its connection; nobody else notices.
import type { Socket } from 'node:net';
import { fail, type Result } from '../../../shared/contract/envelope';
import type { AppSnapshot, SnapshotPatch } from '../../../shared/contract/snapshot';
import type { Clock, TimerHandle } from '../../../shared/util/clock';
import { LineSplitter } from './lines';
import type { AnswerLocally } from './localCalls';
import { MAX_REQUEST_BYTES, requestSchema, type SocketMessage } from './protocol';

/** A line that has begun must end within this. */
export const HALF_LINE_MS = 5_000;
/** A caller that neither asks, waits for an answer nor watches is gone. */
export const IDLE_MS = 60_000;
export const MAX_CALLS_AT_ONCE = 8;
/** What is kept for a caller that does not read. */
const MAX_UNREAD_BYTES = 16 * 1024 * 1024;

const MALFORMED = fail('bad_request', 'This is not a request that Poolwatch understands.');
const TOO_LARGE = fail('too_large', 'The request is too large.');
const TOO_MANY = fail('unavailable', 'Too many requests at once; wait for the answers.');

export interface ConnectionServices {
  readonly clock: Clock;
  readonly answer: AnswerLocally;
  snapshot(): AppSnapshot;
  /** Tells every patch from the present snapshot on, until the returned function is called. */
  follow(listener: (patch: SnapshotPatch) => void): () => void;
}

/** Serves `socket` until either side closes it. */
export function serveConnection(socket: Socket, services: ConnectionServices): void {
  const connection = new Connection(socket, services);
  socket.on('data', (chunk: Buffer) => connection.read(chunk));
  socket.on('close', () => connection.end());
  // Half-open callers have asked all they will; what a connection suffers is told by its close.
  socket.on('error', () => socket.destroy());
}

class Connection {
  readonly #socket: Socket;
  readonly #services: ConnectionServices;
  readonly #lines = new LineSplitter(MAX_REQUEST_BYTES);
  #calls = 0;
  #unfollow: (() => void) | null = null;
  #timer: TimerHandle | null = null;
  #waitsForLine = false;
  #ended = false;

  constructor(socket: Socket, services: ConnectionServices) {
    this.#socket = socket;
    this.#services = services;
    this.#watchSilence();
  }

  read(chunk: Buffer): void {
    let lines: readonly string[];
    try {
      lines = this.#lines.push(chunk);
    } catch {
      this.#sayGoodbye(TOO_LARGE);
      return;
    }
    for (const line of lines) this.#take(line);
    // Bytes that trickle in must not prolong the time that a line has.
    if (lines.length > 0 || this.#lines.isHalfway !== this.#waitsForLine) this.#watchSilence();
  }

  /** The socket is closed. Answers may still come, to nobody; from here on no timer runs. */
  end(): void {
    this.#ended = true;
    this.#timer?.cancel();
    this.#unfollow?.();
    this.#unfollow = null;
  }

  #take(line: string): void {
    const request = requestSchema.safeParse(parse(line));
    if (!request.success) {
      this.#sayGoodbye(MALFORMED);
      return;
    }
    const { id } = request.data;
    if (request.data.kind === 'watch') this.#watch(id);
    else if (this.#calls >= MAX_CALLS_AT_ONCE) this.#send({ id, result: TOO_MANY });
    else void this.#call(id, this.#services.answer(request.data));
  }

  async #call(id: number, answer: Promise<Result<unknown>>): Promise<void> {
    this.#calls += 1;
    const result = await answer;
    this.#calls -= 1;
    this.#send({ id, result });
    if (!this.#waitsForLine) this.#watchSilence();
  }

  #watch(id: number): void {
    this.#unfollow?.();
    this.#send({ id, snapshot: this.#services.snapshot() });
    this.#unfollow = this.#services.follow((patch) => this.#send({ id, patch }));
  }

  #watchSilence(): void {
    this.#timer?.cancel();
    // One more timer would keep the process alive for as long as it runs.
    if (this.#ended) return;
    this.#waitsForLine = this.#lines.isHalfway;
    if (!this.#waitsForLine && (this.#calls > 0 || this.#unfollow)) return;
    this.#timer = this.#services.clock.after(this.#waitsForLine ? HALF_LINE_MS : IDLE_MS, () => this.#socket.destroy());
  }

  #send(message: SocketMessage): void {
    if (!this.#socket.writable) return;
    if (this.#socket.writableLength > MAX_UNREAD_BYTES) this.#socket.destroy();
    else this.#socket.write(`${JSON.stringify(message)}\n`);
  }

  /** After this nothing the caller sends can be trusted to begin where a request begins. */
  #sayGoodbye(result: Result<unknown>): void {
    this.#send({ id: null, result });
    this.#socket.removeAllListeners('data');
    this.#socket.resume();
    this.#socket.destroySoon();
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
