// Is it us? Tells a fault of this machine's own network from one of the host, by what the system itself says and what became of a
// probe. Pure but for two looks at the system. Nobody but the source's host is ever contacted, so some faults cannot be told apart;
// the sentence says what was seen, no more.
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import type { ProbeResult } from './tcpProbe';

export interface LocalNetwork {
  /** An interface beside the loopback has an address. */
  readonly hasAddress: boolean;
  /** Null where the system does not tell without asking other programs. */
  readonly hasRoute: boolean | null;
}

const ROUTE_FILES = ['/proc/net/route', '/proc/net/ipv6_route'] as const;
/** Codes that mean that no packet left this machine. */
const NOT_SENT: ReadonlySet<string> = new Set(['ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'ENONET']);

export function lookAtNetwork(): LocalNetwork {
  const hasAddress = Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ internal, address }) => !internal && !address.startsWith('fe80:')),
  );
  return { hasAddress, hasRoute: process.platform === 'linux' ? hasDefaultRoute() : null };
}

/** What is wrong with our own network, in one sentence; null when nothing speaks against it. */
export function ownNetworkFault(local: LocalNetwork, probe: ProbeResult | null, host: string): string | null {
  if (probe?.failedAt === null) return null;
  if (!local.hasAddress) return 'No network interface of this machine has an address.';
  if (local.hasRoute === false) return 'This machine has no default route.';
  if (probe?.failedAt === 'lookup' && probe.code === 'EAI_AGAIN')
    return `No name server answered when asked for ${host}; nothing else was tried.`;
  if (probe !== null && NOT_SENT.has(probe.code ?? ''))
    return `The system has no way to ${host} (${probe.code}); no other address was tried.`;
  return null;
}

function hasDefaultRoute(): boolean | null {
  const tables = ROUTE_FILES.map(readTable);
  if (tables.every((table) => table === null)) return null;
  const [v4, v6] = tables;
  return isDefaultIn(v4, 1, '00000000') || isDefaultIn(v6, 0, '0'.repeat(32));
}

/** The loopback has a route to everywhere of its own, which leads nowhere. */
function isDefaultIn(table: string | null | undefined, column: number, destination: string): boolean {
  const lines = (table ?? '').split('\n').map((line) => line.trim().split(/\s+/));
  return lines.some((cells) => cells[column] === destination && !cells.includes('lo'));
}

function readTable(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
