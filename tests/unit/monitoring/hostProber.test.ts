import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { HostProber } from '../../../src/main/monitoring/probes/hostProber';
import { ownNetworkFault, type LocalNetwork } from '../../../src/main/monitoring/probes/ownNetwork';
import { probeByTcp, type ProbeResult } from '../../../src/main/monitoring/probes/tcpProbe';
import { HostRecord } from '../../../src/main/monitoring/sensors/hostRecord';
import { settle } from '../../support/fakeClock';
import { at } from './support/look';

const REACHED: ProbeResult = { failedAt: null, code: null };
const REFUSED: ProbeResult = { failedAt: 'connect', code: 'ECONNREFUSED' };
const UP: LocalNetwork = { hasAddress: true, hasRoute: true };

class Bench {
  readonly record = new HostRecord();
  readonly probedAt: number[] = [];
  result = REACHED;
  local = UP;
  readonly prober: HostProber;
  #nowMs = 0;

  constructor(host = 'api.example.org') {
    this.prober = new HostProber({
      target: { host, port: 443 },
      probe: () => {
        this.probedAt.push(this.#nowMs);
        return Promise.resolve(this.result);
      },
      lookAtNetwork: () => this.local,
      random: () => 0,
      onChange: () => undefined,
    });
  }

  /** Looks every second, as the program does. */
  async until(ms: number): Promise<this> {
    for (; this.#nowMs <= ms; this.#nowMs += 1_000) {
      this.prober.look(this.record, at(this.#nowMs));
      await settle();
    }
    return this;
  }

  answered(ms: number): void {
    this.record.called({ ms: 10, outcome: 'ok', message: null }, at(ms));
  }
}

describe('the prober of a host', () => {
  it('asks nobody while calls are answered', async () => {
    const bench = new Bench();
    for (let ms = 0; ms <= 60_000; ms += 5_000) {
      bench.answered(ms);
      await bench.until(ms);
    }
    expect(bench.probedAt).toEqual([]);
  });

  it('tries a connection every ten seconds while nobody calls', async () => {
    const bench = await new Bench().until(35_000);
    expect(bench.probedAt).toEqual([10_000, 20_000, 30_000]);
    expect(bench.prober.known()).toMatchObject({ failed: 0, fault: null });
  });

  it('is sure of an outage between runs within 13 s, and of its end within 15 s more', async () => {
    const bench = new Bench();
    bench.result = REFUSED;
    await bench.until(12_000);
    expect(bench.prober.known().failed).toBe(3);
    expect(bench.prober.known().fault).toBe('api.example.org refuses connections (port 443 was tried without a call).');
    await bench.until(100_000);
    const gaps = bench.probedAt.map((ms, index) => ms - (bench.probedAt[index - 1] ?? 0));
    expect(gaps.slice(3, 7)).toEqual([2_000, 4_000, 8_000, 15_000]);
    expect(Math.max(...gaps)).toBe(15_000);
    bench.result = REACHED;
    await bench.until(116_000);
    expect(bench.prober.known()).toMatchObject({ failed: 0, fault: null });
  });

  it('looks at once when a call goes without an answer, and believes an answer more than a probe', async () => {
    const bench = new Bench();
    bench.answered(1_000);
    await bench.until(2_000);
    bench.result = REFUSED;
    bench.record.called({ ms: 10, outcome: 'network', message: 'No.' }, at(2_500));
    await bench.until(5_000);
    expect(bench.probedAt).toEqual([3_000, 4_000, 5_000]);
    bench.answered(5_500);
    await bench.until(6_000);
    expect(bench.prober.known().failed).toBe(0);
  });

  it('tells our own network from the host within 8 s of the last answer', async () => {
    const bench = new Bench();
    bench.answered(0);
    await bench.until(0);
    bench.local = { hasAddress: true, hasRoute: false };
    bench.result = { failedAt: 'connect', code: 'ENETUNREACH' };
    await bench.until(8_000);
    expect(bench.prober.known().ownFault).toBe('This machine has no default route.');
    bench.local = UP;
    bench.result = REACHED;
    await bench.until(25_000);
    expect(bench.prober.known().ownFault).toBeNull();
  });

  it('blames no network for a source on this machine', async () => {
    const bench = new Bench('127.0.0.1');
    bench.local = { hasAddress: false, hasRoute: false };
    bench.result = REFUSED;
    await bench.until(15_000);
    expect(bench.prober.known()).toMatchObject({ failed: 4, ownFault: null, isOnThisMachine: true });
  });

  it('knows nothing any more after a sleep', async () => {
    const bench = new Bench();
    bench.result = REFUSED;
    await bench.until(15_000);
    bench.prober.forget();
    expect(bench.prober.known()).toMatchObject({ failed: 0, fault: null, ownFault: null });
  });
});

describe('a fault of our own network', () => {
  it.each<[string, LocalNetwork, ProbeResult | null, string | null]>([
    ['a host that refuses', UP, REFUSED, null],
    ['a name that nobody knows', UP, { failedAt: 'lookup', code: 'ENOTFOUND' }, null],
    ['no name server', UP, { failedAt: 'lookup', code: 'EAI_AGAIN' }, 'No name server answered when asked for h'],
    ['no way out', UP, { failedAt: 'connect', code: 'ENETUNREACH' }, 'The system has no way to h (ENETUNREACH)'],
    ['no address', { hasAddress: false, hasRoute: null }, REFUSED, 'No network interface'],
    ['a connection all the same', { hasAddress: false, hasRoute: false }, REACHED, null],
  ])('is told from %s', (_, local, probe, expected) => {
    const fault = ownNetworkFault(local, probe, 'h');
    expect(fault === null ? null : fault.slice(0, expected?.length)).toBe(expected);
  });
});

describe('a connection that is tried', () => {
  let server: Server | null = null;
  afterEach(() => server?.close());

  it('says whether somebody listens, without a word to them', async () => {
    let received = 0;
    server = createServer((socket) => socket.on('data', () => (received += 1)));
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await probeByTcp({ host: '127.0.0.1', port })).toEqual(REACHED);
    await new Promise((resolve) => server?.close(resolve));
    expect(await probeByTcp({ host: '127.0.0.1', port })).toEqual(REFUSED);
    expect(received).toBe(0);
  });
});
