// A program on the other side of a local socket, as polite or as hostile as the test wants.
import { connect, type Socket } from 'node:net';

export interface SocketCaller {
  send(text: string | Buffer): void;
  /** The next message from the server; rejects when the connection ends first. */
  next(): Promise<Record<string, unknown>>;
  /** Resolves once the server has hung up. */
  readonly closed: Promise<void>;
  hangUp(): void;
}

export async function callSocket(path: string): Promise<SocketCaller> {
  const socket: Socket = connect(path);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  const messages: Record<string, unknown>[] = [];
  const waiting: { resolve(message: Record<string, unknown>): void; reject(error: Error): void }[] = [];
  let rest = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = JSON.parse(line) as Record<string, unknown>;
      const first = waiting.shift();
      if (first) first.resolve(message);
      else messages.push(message);
    }
  });
  socket.on('error', () => socket.destroy());
  const closed = new Promise<void>((resolve) =>
    socket.once('close', () => {
      for (const { reject } of waiting) reject(new Error('the server hung up'));
      resolve();
    }),
  );
  return {
    send: (text) => void socket.write(text),
    next: () =>
      new Promise((resolve, reject) => {
        const message = messages.shift();
        if (message) resolve(message);
        else if (socket.destroyed) reject(new Error('the server hung up'));
        else waiting.push({ resolve, reject });
      }),
    closed,
    hangUp: () => socket.destroy(),
  };
}
