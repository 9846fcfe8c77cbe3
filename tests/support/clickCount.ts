// Clicks as a person does, and counts: some things are promised within so many.
import type { Locator } from '@playwright/test';

export class ClickCount {
  #clicks = 0;

  get clicks(): number {
    return this.#clicks;
  }

  async on(target: Locator): Promise<void> {
    this.#clicks += 1;
    await target.click();
  }
}
