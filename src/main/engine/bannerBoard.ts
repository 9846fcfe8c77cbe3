// What the window says on top of every page until a person has read it.
import type { Banner } from '../../shared/contract/snapshot';
import type { Logger } from '../logging/logger';

export class BannerBoard {
  readonly #log: Pick<Logger, 'warn'>;
  readonly #onChange: (banners: readonly Banner[]) => void;
  #banners: readonly Banner[] = [];

  constructor(log: Pick<Logger, 'warn'>, onChange: (banners: readonly Banner[]) => void) {
    this.#log = log;
    this.#onChange = onChange;
  }

  /** Takes the place of the one with its id. */
  add(id: string, level: Banner['level'], message: string): void {
    this.#log.warn({ banner: id }, message);
    this.#show([...this.#banners.filter((banner) => banner.id !== id), { id, level, message, dismissible: true }]);
  }

  dismiss(id: string): void {
    this.#show(this.#banners.filter((banner) => banner.id !== id || !banner.dismissible));
  }

  #show(banners: readonly Banner[]): void {
    this.#banners = banners;
    this.#onChange(banners);
  }
}
