// The local socket of a running profile: lets programs of the same user, above all the command line, ask and order what the window
// can. Reached through the file system only, so its permissions decide who may; nothing listens on a network.
import { chmodSync, lstatSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { fail } from '../../../shared/contract/envelope';
import type { Clock } from '../../../shared/util/clock';
import type { Logger } from '../../logging/logger';
import type { Application } from '../application';
import { PROTOCOL_VERSION, type SocketMessage } from './protocol';
import { removeSocketRecord, socketPlaces, writeSocketRecord } from './address';
import { serveConnection } from './connection';
import { localCalls } from './localCalls';

export const MAX_CONNECTIONS = 16;

export interface ControlSocketOptions {
  /** Of the profile; whoever calls holds the profile's lock, so no living process listens there. */
  readonly stateDir: string;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  readonly application: Pick<Application, 'queries' | 'commands' | 'snapshot' | 'follow'>;
}

export interface ControlSocket {
  readonly path: string;
  /** Cuts every caller off and removes what lies on disk. Safe to call twice. */
  close(): Promise<void>;
}

/** Rejects with a one-sentence Error when there is no place to listen at. */
export async function openControlSocket(options: ControlSocketOptions): Promise<ControlSocket> {
  const { stateDir, clock, log, application } = options;
  const sockets = new Set<Socket>();
  const services = {
    clock,
    answer: localCalls(application, log),
    snapshot: () => application.snapshot(),
    follow: application.follow.bind(application),
  };
  const accept = (socket: Socket): void => {
    if (sockets.size >= MAX_CONNECTIONS) {
      refuse(socket);
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serveConnection(socket, services);
  };
  const { server, path } = await listenSomewhere(socketPlaces(stateDir), accept);
  writeSocketRecord(stateDir, { protocol: PROTOCOL_VERSION, pid: process.pid, path });
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      removeSocketRecord(stateDir);
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { path, close: () => (closing ??= close()) };
}

async function listenSomewhere(
  places: readonly string[],
  accept: (socket: Socket) => void,
): Promise<{ readonly server: Server; readonly path: string }> {
  let reason = 'no folder can be kept from other users';
  for (const path of places) {
    try {
      removeStale(path);
      return { server: await listen(path, accept), path };
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  throw new Error(`The command line cannot reach this Poolwatch: ${reason}.`);
}

/** A socket that a dead process left behind. Anything else in its place is not ours to remove. */
function removeStale(path: string): void {
  if (process.platform === 'win32') return;
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isSocket()) throw new Error(`${path} is in the way`);
  rmSync(path);
}

function listen(path: string, accept: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(accept);
    server.once('error', reject);
    server.listen(path, () => {
      // The folder keeps others out from the first moment; this holds should somebody open the folder.
      if (process.platform !== 'win32') chmodSync(path, 0o600);
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve(server);
    });
  });
}

function refuse(socket: Socket): void {
  const message: SocketMessage = { id: null, result: fail('unavailable', 'Too many programs are connected.') };
  socket.on('error', () => socket.destroy());
  socket.write(`${JSON.stringify(message)}\n`);
  socket.destroySoon();
}
