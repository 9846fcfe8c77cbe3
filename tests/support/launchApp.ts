// Starts the real program in a real window with a profile of its own, watches its page for faults, and ends it by process id.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

export const ROOT = resolve(import.meta.dirname, '..', '..');

/** Sandbox and display switches that this machine needs, never the program. */
export const MACHINE_FLAGS: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ...(process.platform === 'linux' ? ['--ozone-platform=x11'] : []),
  ...(process.env['POOLWATCH_VIRTUAL_DISPLAY'] === '1' ? ['--disable-gpu'] : []),
];

/** Tests read English, whatever the machine speaks. */
const TEST_ENVIRONMENT = { POOLWATCH_E2E: '1', POOLWATCH_PRINT_RUNS: '1', LANGUAGE: 'en', LC_ALL: 'C.UTF-8' };

export interface LaunchOptions {
  /** Profile folder; a new temporary one when absent. Removed by `removeProfile`, never by closing. */
  readonly profile?: string;
  readonly args?: readonly string[];
  /** In place of parts of the surroundings: another display, say. */
  readonly env?: Readonly<Record<string, string>>;
  /** The packaged program; absent runs what is in out/. */
  readonly executable?: string;
}

export interface LaunchedApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly pid: number;
  readonly profile: string;
  /** Everything printed so far, both streams. */
  output(): string;
  /** Console errors, page errors and policy violations so far. */
  faults(): readonly string[];
  /** Ends the program the way a person does, and waits for it. Returns the exit code. */
  close(): Promise<number | null>;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
}

export function newProfile(): string {
  return mkdtempSync(join(tmpdir(), 'poolwatch-e2e-'));
}

export function removeProfile(profile: string): void {
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** The Electron that the set-up chose. */
export function electronExecutable(): string {
  return createRequire(import.meta.url)('electron') as string;
}

export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const profile = options.profile ?? newProfile();
  const app = await _electron.launch({
    executablePath: options.executable ?? electronExecutable(),
    args: [
      ...MACHINE_FLAGS,
      ...(options.executable === undefined ? [ROOT] : []),
      `--user-data-dir=${profile}`,
      ...(options.args ?? []),
    ],
    env: { ...(process.env as Record<string, string>), ...options.env, ...TEST_ENVIRONMENT },
    // Otherwise the driver switches the sandbox off by itself.
    chromiumSandbox: process.getuid?.() !== 0,
  });
  askAgainAfterCollection(app);
  const child = app.process();
  const printed = collectOutput(child);
  const faults: string[] = [];
  app.on('window', (page) => watchForFaults(page, faults));
  const page = await app.firstWindow().catch((error: unknown) => {
    throw new Error(`the program opened no window; it said:\n${printed()}`, { cause: error });
  });
  await page.waitForLoadState('domcontentloaded');
  return {
    app,
    page,
    pid: child.pid as number,
    profile,
    output: printed,
    faults: () => faults,
    async close() {
      const ended = hasEnded(child) ? Promise.resolve() : once(child, 'exit');
      await app.close();
      await ended;
      return child.exitCode;
    },
    async kill() {
      if (hasEnded(child)) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/**
 * V8's inspector holds the promise of a question weakly: a garbage collection in the busy main process can take it before the
 * answer is read. Nothing was wrong with the question, so it is asked again.
 */
function askAgainAfterCollection(app: ElectronApplication): void {
  const ask = app.evaluate.bind(app) as (...question: unknown[]) => Promise<unknown>;
  const evaluate = async (...question: unknown[]): Promise<unknown> => {
    for (;;) {
      try {
        return await ask(...question);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.includes('promise was garbage collected')) throw error;
      }
    }
  };
  app.evaluate = evaluate as typeof app.evaluate;
}

function watchForFaults(page: Page, faults: string[]): void {
  page.on('console', (message) => {
    // A refused policy is reported here too, with the directive it broke.
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  page.on('crash', () => faults.push('the page crashed'));
}

export interface RefusedStart {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the program without a driver and waits for it to end by itself; for starts that are refused. */
export async function runToEnd(args: readonly string[], executable?: string): Promise<RefusedStart> {
  const app = executable === undefined ? [ROOT] : [];
  const child = spawn(executable ?? electronExecutable(), [...MACHINE_FLAGS, ...app, ...args], {
    env: { ...process.env, ...TEST_ENVIRONMENT },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, stdout, stderr };
}

function collectOutput(child: ChildProcess): () => string {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return () => text;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
