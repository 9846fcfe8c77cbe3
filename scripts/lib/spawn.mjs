// Child processes as promises. Output is captured or inherited, never both; nothing here decides what a failure means.
import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {object} Finished
 * @property {number | null} code
 * @property {NodeJS.Signals | null} signal
 * @property {string} stdout
 * @property {string} stderr
 */

/**
 * Runs a program to its end and captures what it prints. Never rejects: a program that cannot start ends with code 127.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<Finished>}
 */
export function capture(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (chunk) => (stdout += chunk));
    child.stderr?.on('data', (chunk) => (stderr += chunk));
    child.on('error', (error) => resolve({ code: 127, signal: null, stdout, stderr: stderr + error.message }));
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/**
 * The last lines of a failed program's output, enough to see the reason.
 * @param {Finished} finished
 * @param {number} [lines]
 */
export function lastLines(finished, lines = 15) {
  return stripVTControlCharacters(`${finished.stdout}\n${finished.stderr}`).trim().split('\n').slice(-lines).join('\n');
}
