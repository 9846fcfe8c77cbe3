// Runs a Python program that says "ready" and later prints what it measured as one line of JSON.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** @param onReady called when the program has opened its database and begins */
export async function runPython<T>(python: string, program: string, config: object, onReady: () => void): Promise<T> {
  const child = spawn(python, [program, JSON.stringify(config)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = '';
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'ready') onReady();
    else last = line;
  }
  if (last === '') throw new Error(`${program} ended without a result`);
  return JSON.parse(last) as T;
}
