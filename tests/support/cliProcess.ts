// The built command line in a process of its own.
import { spawn } from 'node:child_process';
import { CLI_FILE } from './engineBench';

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  kill(signal: NodeJS.Signals): void;
  /** What it has printed so far. */
  printed(): string;
  readonly finished: Promise<CliResult>;
}

export function startCli(...args: readonly string[]): RunningCli {
  const child = spawn(process.execPath, [CLI_FILE, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return {
    kill: (signal) => void child.kill(signal),
    printed: () => stdout,
    finished: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, stdout, stderr }));
    }),
  };
}

export function runCli(...args: readonly string[]): Promise<CliResult> {
  return startCli(...args).finished;
}
