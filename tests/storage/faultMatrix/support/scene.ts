// One store in one folder with a ledger of what it acknowledged, for one drill.
import { onTestFinished } from 'vitest';
import type { StoreOptions } from '../../../../src/main/storage/store';
import type { Durability } from '../../../../src/shared/domain/database';
import { pool, poolBatch } from '../../support/sampleRows';
import { storeOptions, temporaryFolder } from '../../support/storeFixture';
import { type DrilledStore, openHere } from './drilledStore';
import { type HostedStore, openHosted } from './hostedStore';
import { storedRows } from './tamper';
import { tappedWorkers } from './tappedWorkers';

export interface SceneOptions {
  /** Where the parts lie, when not all in one folder. */
  readonly place?: (options: StoreOptions) => StoreOptions;
  /** The store gets a process of its own: the bundled storeHost, and what to add to its environment. */
  readonly host?: { readonly program: string; readonly env: (folder: string) => Readonly<Record<string, string>> };
}

export class Scene {
  readonly folder = temporaryFolder();
  readonly options: StoreOptions;
  /** Codes of every problem that the storage threads reported, and of what was refused. */
  readonly codes: () => readonly string[];
  /** Where each batch was said to be. */
  readonly durabilities: Durability[] = [];
  /** Rows that are in one place only, by the drill's doing. */
  atRisk = 0;
  readonly #host: SceneOptions['host'];
  readonly #refused: string[] = [];
  readonly #acknowledged = new Map<string, string>();
  #store: DrilledStore | null = null;
  #next = 0;

  constructor({ place, host }: SceneOptions) {
    const { workers, codes } = tappedWorkers(this.folder);
    const options = { ...storeOptions(this.folder), workers };
    this.options = place ? place(options) : options;
    this.codes = () => [...codes(), ...this.#refused];
    this.#host = host;
    onTestFinished(() => this.close());
  }

  get store(): DrilledStore {
    if (!this.#store) throw new Error('the store is not open');
    return this.#store;
  }

  get hosted(): HostedStore {
    return this.store as HostedStore;
  }

  /** Rejects with what the store has against opening. */
  async open(): Promise<void> {
    try {
      this.#store = this.#host
        ? await openHosted(this.#host.program, this.options, this.#host.env(this.folder))
        : await openHere(this.options);
    } catch (error) {
      this.#refused.push((error as { code: string }).code);
      throw error;
    }
  }

  async close(): Promise<void> {
    const store = this.#store;
    this.#store = null;
    await store?.close();
  }

  /** One batch of new rows. Resolves with its durability; what is not refused goes into the ledger. */
  async write(rows = 1): Promise<Durability> {
    const first = this.#next;
    this.#next += rows;
    const batch = Array.from({ length: rows }, (_, n) => pool(first + n, { name: nameOf(first + n) }));
    const { durability } = await this.store.write(poolBatch(`batch${first}`, batch)).catch((error: unknown) => {
      this.#refused.push((error as { code: string }).code);
      throw error;
    });
    this.durabilities.push(durability);
    for (const { id, name } of batch) this.#acknowledged.set(id, name ?? '');
    return durability;
  }

  /** Looks for damage; finding some is no failure here. */
  async look(thorough: boolean): Promise<void> {
    await this.store.check(thorough).catch((error: unknown) => {
      this.#refused.push((error as { code: string }).code);
    });
  }

  get acknowledged(): number {
    return this.#acknowledged.size;
  }

  /** Acknowledged rows that another process does not find as they were given, and what it thinks of the file. */
  async audit(): Promise<{ readonly lost: readonly string[]; readonly integrity: string }> {
    const { names, integrity } = await storedRows(this.options.file);
    return { lost: [...this.#acknowledged].filter(([id, name]) => names[id] !== name).map(([id]) => id), integrity };
  }
}

export function nameOf(n: number): string {
  return `Token ${String(n).padStart(6, '0')} / SOL`;
}
