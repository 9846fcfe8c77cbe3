// The whole program without a screen: what the desktop shell and the command line both drive.
import type { CommandAnswer, CommandArgs, CommandName } from '../../shared/contract/commands';
import type { Message, SendOutcome } from '../../shared/domain/delivery';
import { fail, type Result } from '../../shared/contract/envelope';
import type { StartupState } from '../../shared/contract/settings';
import type { UpdateStatus } from '../../shared/contract/updates';
import type { QueryAnswer, QueryArgs, QueryName } from '../../shared/contract/queries';
import type { AppSnapshot, SnapshotPatch } from '../../shared/contract/snapshot';
import type { PowerEvent } from '../../shared/util/sleepWatch';

/** What only the surroundings can do: dialogs, the keychain, opening things outside the program. */
export interface ApplicationPorts {
  /** Asks for a file to write; null when cancelled. */
  chooseSaveFile(suggestedName: string): Promise<string | null>;
  /** Asks for something to read; null when cancelled. */
  chooseOpenPlace(what: 'file' | 'folder'): Promise<string | null>;
  openLink(url: string): Promise<void>;
  copyText(text: string): void;
  openFolder(path: string): Promise<void>;
  readonly secrets: SecretStore;
  readonly startup: StartupPort;
  /** Absent without a desktop: the program is updated by whoever installed it. */
  readonly updates?: UpdatePort;
  /** Shows a notice where the person is looking; never rejects. */
  showNotice(message: Message): Promise<SendOutcome>;
  /** Has another program take the write lock of a database, for the guided outage; absent where none can be started. */
  readonly holdLock?: (databaseFile: string, forMs: number) => LockingProgram;
  /** Whether the desktop takes notifications; absent without a desktop. */
  takesNotices?(): boolean;
}

/** A program of its own that holds a lock. */
export interface LockingProgram {
  /** Its exit code; not 0 when it could not have the lock or was ended. Never rejects. */
  readonly ended: Promise<number | null>;
  /** At once; the system takes its locks back. Safe to call when it has ended. */
  end(): void;
}

/** How the program starts with the computer. */
export interface StartupPort {
  get(): Promise<StartupState>;
  /** Refused, with the reason, where the system does not let us. */
  set(wanted: { readonly atLogin: boolean; readonly hidden: boolean }): Promise<Result<null>>;
}

/** Newer versions of the program. */
export interface UpdatePort {
  status(): Promise<UpdateStatus>;
  /** Answers once the feed has; never rejects for what the feed does. */
  check(): Promise<UpdateStatus>;
  /** Begins the way out; refused when nothing has been downloaded. */
  install(): Result<null>;
  openReleasePage(): Promise<Result<null>>;
}

/** Where no program starts by itself: on the command line. */
export const NO_STARTUP: StartupPort = {
  get: () =>
    Promise.resolve({ unavailable: 'This Poolwatch runs without a desktop.', atLogin: false, file: null, tray: false }),
  set: () => Promise.resolve(fail('unavailable', 'This Poolwatch runs without a desktop.')),
};

/** Under which name the API key is kept. */
export const API_KEY_SECRET = 'coingecko-api-key';

export interface SecretStore {
  /** True when the system can keep a secret across restarts. */
  isPersistent(): boolean;
  get(name: string): Promise<string | null>;
  set(name: string, value: string | null): Promise<void>;
}

export type QueryHandlers = { readonly [Q in QueryName]: (args: QueryArgs<Q>) => Promise<Result<QueryAnswer<Q>>> };
export type CommandHandlers = {
  readonly [C in CommandName]: (args: CommandArgs<C>) => Promise<Result<CommandAnswer<C>>>;
};

export interface Application {
  readonly queries: QueryHandlers;
  readonly commands: CommandHandlers;
  /** What `snapshot.get` answers, at once. */
  snapshot(): AppSnapshot;
  /** At most four patches a second. */
  onPatch(listener: (patch: SnapshotPatch) => void): () => void;
  /** As `onPatch`, for a listener that wants patches whether or not somebody looks. */
  follow(listener: (patch: SnapshotPatch) => void): () => void;
  /** While false (nobody is looking) no patch is made. */
  setWatched(watched: boolean): void;
  /** The machine is about to sleep, or is back. */
  power(event: PowerEvent): void;
  /** Starts no more runs and gives those under way `graceMs` to finish; the databases stay open, and the snapshot is up to date. */
  finishRuns(reason: string, graceMs: number): Promise<void>;
  /** Stops in named phases within the deadline; every acknowledged row is durable already. Safe to call twice. */
  stop(): Promise<void>;
}

/** Answers before it has started, too: its snapshot says so at once, what needs an engine waits for the first one. */
export interface StartableApplication extends Application {
  /** Once. Rejects with a one-sentence Error when the data are in use or cannot be opened. */
  start(): Promise<void>;
}
