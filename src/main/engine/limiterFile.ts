// Keeps the API budget's memory in a file. Losing it costs politeness, not data, so a file that cannot be used is no error.
import { z } from 'zod';
import type { LimiterMemory, LimiterState } from '../sources/http/rateLimiter';
import { readJsonFile, writeJsonFile } from '../settings/jsonFile';

const EMPTY: LimiterMemory = { callTimesMs: [], throttledUntilMs: null };

const schema = z.object({ callTimesMs: z.array(z.number()).max(10_000), throttledUntilMs: z.number().nullable() });

export function fileLimiterState(path: string): LimiterState {
  return {
    load() {
      try {
        return readJsonFile(path, (content) => schema.parse(content), EMPTY).value;
      } catch {
        return EMPTY;
      }
    },
    save(memory) {
      try {
        // A minute of calls means nothing after a power cut, and the main thread must never wait for the disk before each call.
        writeJsonFile(path, memory, 'crash');
      } catch {
        // The next save tries again; a full disk is reported by the databases.
      }
    },
  };
}
