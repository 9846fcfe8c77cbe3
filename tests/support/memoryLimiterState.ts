// Limiter memory that lasts as long as the test.
import type { LimiterMemory, LimiterState } from '../../src/main/sources/http/rateLimiter';

export class MemoryLimiterState implements LimiterState {
  memory: LimiterMemory = { callTimesMs: [], throttledUntilMs: null };

  load(): LimiterMemory {
    return structuredClone(this.memory);
  }

  save(memory: LimiterMemory): void {
    this.memory = structuredClone(memory);
  }
}
