// Measures what arrived over IPC before anything looks inside it. Only JSON-like data passes: structured clone also carries maps,
// buffers and cycles, none of which any call of ours takes.

export const MAX_PAYLOAD_BYTES = 64 * 1024;
const MAX_DEPTH = 16;

export type PayloadVerdict = 'fits' | 'too_large' | 'not_plain';

/** Never throws, and stops as soon as the limit is passed. Strings count their UTF-8 bytes at worst. */
export function weighPayload(payload: unknown): PayloadVerdict {
  let bytes = 0;
  let plain = true;

  const isDecided = (): boolean => !plain || bytes > MAX_PAYLOAD_BYTES;

  const weigh = (value: unknown, depth: number): void => {
    if (isDecided()) return;
    if (typeof value === 'string') {
      bytes += value.length > MAX_PAYLOAD_BYTES ? value.length : Buffer.byteLength(value);
    } else if (value === null || typeof value === 'number' || typeof value === 'boolean' || value === undefined) {
      bytes += 8;
    } else if (typeof value === 'object' && depth < MAX_DEPTH) {
      bytes += 8;
      weighMembers(value, depth);
    } else {
      plain = false;
    }
  };

  const weighMembers = (value: object, depth: number): void => {
    if (Array.isArray(value)) {
      // An empty array of four thousand million places costs nothing to send.
      for (const item of value) {
        if (isDecided()) return;
        weigh(item, depth + 1);
      }
      return;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      plain = false;
      return;
    }
    for (const [key, member] of Object.entries(value)) {
      weigh(key, depth + 1);
      weigh(member, depth + 1);
    }
  };

  try {
    weigh(payload, 0);
  } catch {
    return 'not_plain';
  }
  if (!plain) return 'not_plain';
  return bytes > MAX_PAYLOAD_BYTES ? 'too_large' : 'fits';
}
