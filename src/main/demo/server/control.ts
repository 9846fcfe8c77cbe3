// The control endpoints for tests: order faults, read the ledger. Absent unless asked for.
import type { IncomingMessage } from 'node:http';
import type { FaultPlan } from './faults';
import { readFaults } from './faults';
import type { Ledger } from './ledger';
import type { Payload } from './respond';
import { jsonPayload } from './respond';

export const CONTROL_PREFIX = '/__control/';
const MAX_BODY_BYTES = 64 * 1024;

export async function answerControl(
  request: IncomingMessage,
  path: string,
  plan: FaultPlan,
  ledger: Ledger,
): Promise<Payload> {
  const call = `${request.method ?? ''} ${path.slice(CONTROL_PREFIX.length)}`;
  if (call === 'GET ledger') return jsonPayload(200, { ...ledger.report() });
  if (call === 'DELETE faults') {
    plan.clear();
    return jsonPayload(200, { ok: true });
  }
  if (call === 'POST faults') {
    try {
      plan.add(readFaults(JSON.parse(await readBody(request))));
      return jsonPayload(200, { ok: true });
    } catch (error) {
      return jsonPayload(400, { ok: false, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return jsonPayload(404, { ok: false, message: `no control endpoint "${call}"` });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new RangeError(`the body is larger than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
