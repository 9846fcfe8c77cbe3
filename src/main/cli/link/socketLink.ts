// An instance that runs on the profile, over its local socket.
import { connect, type Socket } from 'node:net';
import { applyPatch, type AppSnapshot } from '../../../shared/contract/snapshot';
import type { Result } from '../../../shared/contract/envelope';
import type { SocketRecord } from '../../engine/socket/address';
import { LineSplitter } from '../../engine/socket/lines';
import type { LocalCall } from '../../engine/socket/localCalls';
import { PROTOCOL_VERSION, type SocketMessage, type SocketRequest } from '../../engine/socket/protocol';
import { CommandError, EXIT } from '../outcome';
import type { Link } from './link';

/** Of one line; the largest answers are reports over every series. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** Null when nobody listens there any more. Rejects with a CommandError when another version of Poolwatch does. */
export async function connectTo({ path, pid, protocol }: SocketRecord): Promise<Link | null> {
  const socket = await open(path);
  if (!socket) return null;
  if (protocol !== PROTOCOL_VERSION) {
    socket.destroy();
    throw new CommandError(EXIT.failed, `Another version of Poolwatch runs here (process ${pid}); end it first.`);
  }
  return new SocketLink(socket, pid);
}

function open(path: string): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(null);
      else
        reject(
          new CommandError(EXIT.refused, `The Poolwatch that runs here cannot be reached: ${error.code ?? 'unknown'}.`),
        );
    });
  });
}

interface Watch {
  snapshot: AppSnapshot | null;
  readonly listener: (snapshot: AppSnapshot) => void;
  readonly onEnd: () => void;
}

class SocketLink implements Link {
  readonly instance: { readonly pid: number };
  readonly #socket: Socket;
  readonly #lines = new LineSplitter(MAX_ANSWER_BYTES);
  readonly #waiting = new Map<number, { resolve(result: Result<unknown>): void; reject(error: Error): void }>();
  readonly #watches = new Map<number, Watch>();
  #lastId = 0;
  /** Why there will be no more answers. */
  #ended: CommandError | null = null;

  constructor(socket: Socket, pid: number) {
    this.instance = { pid };
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#end(new CommandError(EXIT.failed, 'The running Poolwatch went away.')));
  }

  query: Link['query'] = (name, args) => this.#ask({ kind: 'query', name, args });

  command: Link['command'] = (name, args) => this.#ask({ kind: 'command', name, args });

  watch(listener: (snapshot: AppSnapshot) => void, onEnd: () => void): () => void {
    if (this.#ended) {
      onEnd();
      return () => undefined;
    }
    const id = (this.#lastId += 1);
    this.#watches.set(id, { snapshot: null, listener, onEnd });
    this.#send({ id, kind: 'watch' });
    return () => void this.#watches.delete(id);
  }

  close(): Promise<void> {
    this.#socket.destroy();
    return Promise.resolve();
  }

  #ask(call: LocalCall): Promise<never> {
    const id = (this.#lastId += 1);
    return new Promise<Result<unknown>>((resolve, reject) => {
      if (this.#ended) {
        reject(this.#ended);
        return;
      }
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, ...call });
      // The other side answers each name with the type that the contract gives it.
    }) as Promise<never>;
  }

  #send(request: SocketRequest): void {
    this.#socket.write(`${JSON.stringify(request)}\n`);
  }

  #read(chunk: Buffer): void {
    for (const line of this.#lines.push(chunk)) this.#take(JSON.parse(line) as SocketMessage);
  }

  #take(message: SocketMessage): void {
    if ('snapshot' in message || 'patch' in message) {
      this.#show(message);
      return;
    }
    const { id, result } = message;
    if (id === null) {
      this.#end(new CommandError(EXIT.refused, result.ok ? 'The running Poolwatch hung up.' : result.error.message));
      return;
    }
    this.#waiting.get(id)?.resolve(result);
    this.#waiting.delete(id);
  }

  #show(message: Exclude<SocketMessage, { readonly result: unknown }>): void {
    const watch = this.#watches.get(message.id);
    if (!watch) return;
    const next = 'snapshot' in message ? message.snapshot : watch.snapshot && applyPatch(watch.snapshot, message.patch);
    if (!next) return;
    watch.snapshot = next;
    watch.listener(next);
  }

  #end(reason: CommandError): void {
    if (this.#ended) return;
    this.#ended = reason;
    this.#socket.destroy();
    for (const { reject } of this.#waiting.values()) reject(reason);
    for (const { onEnd } of this.#watches.values()) onEnd();
    this.#waiting.clear();
    this.#watches.clear();
  }
}
