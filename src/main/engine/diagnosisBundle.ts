// What goes into the bundle of a diagnosis, and what must not appear in it. Writes nothing itself.
import { readFile } from 'node:fs/promises';
import { homedir, hostname, release, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../../shared/domain/settings';
import type { BundlePart } from '../diagnostics/bundle';
import { redact } from '../diagnostics/redaction';
import { redact as redactKeys } from '../delivery/redact';
import { tokenPath } from '../doors/doorToken';
import { listLogStreams } from '../logging/logFiles';
import { logFolder } from '../logging/readLog';
import { newestText } from '../logging/newestText';
import { API_KEY_SECRET, type SecretStore } from './application';
import { shownDoors } from './doors';
import type { Engine } from './engine';

const LOG_CHARS = 5 * 1_024 * 1_024;

export interface DiagnosedProgram {
  readonly appVersion: string;
  readonly testBuild: boolean;
  readonly runtime: Readonly<Record<string, string>>;
  readonly rootDir: string;
}

/** The person, the machine and the folder; no key. */
export function placesToHide(rootDir: string): readonly string[] {
  return [rootDir, homedir(), hostname(), userInfo().username];
}

/** Takes everything out of a text that the program knows to be a secret, and whatever looks like one. */
export async function cleaner(
  engine: Engine,
  program: DiagnosedProgram,
  settings: Settings,
  secrets: SecretStore,
): Promise<(text: string) => string> {
  const keys = [
    await secrets.get(API_KEY_SECRET),
    settings.doors.ping.url,
    await readFile(tokenPath(join(engine.place.profileDir, 'state')), 'utf8').catch(() => null),
    ...(engine.delivery?.channels.secrets() ?? []),
  ].flatMap((key) => (key === null || key.trim() === '' ? [] : [key.trim()]));
  const places = placesToHide(program.rootDir);
  return (text) => redactKeys(redact(text, [...keys, ...places]), keys);
}

export async function bundleParts(
  engine: Engine,
  program: DiagnosedProgram,
  settings: Settings,
  report: string,
): Promise<readonly BundlePart[]> {
  const streams = await listLogStreams(logFolder(program.rootDir));
  const { market, monitor, alerts } = engine;
  return [
    text('diagnosis.md', () => report),
    text('settings.json', () => json({ ...settings, doors: shownDoors(settings.doors) })),
    text('versions.json', () => json(versions(engine, program))),
    text('incidents.json', () => json(alerts.view())),
    text('hosts.json', () => json(engine.hosts())),
    ...[market, monitor].map((store) => {
      const lines = (): string =>
        store
          .operations()
          .map((record) => `${JSON.stringify(record)}\n`)
          .join('');
      return text(`operations/${store.name}.jsonl`, lines, 'end');
    }),
    ...streams.map((stream) => ({
      name: `logs/${stream.name}.jsonl`,
      keeps: 'end' as const,
      read: () => newestText(stream, LOG_CHARS),
    })),
  ];
}

function versions({ market, monitor }: Engine, { appVersion, testBuild, runtime }: DiagnosedProgram): object {
  return {
    poolwatch: appVersion,
    testBuild,
    runtime,
    platform: process.platform,
    arch: process.arch,
    system: release(),
    databases: [market, monitor].map((store) => {
      const { name, state, cause, schemaVersion, sizeBytes, walBytes, tables, spool, breaker } = store.status();
      return { name, state, cause, schemaVersion, sizeBytes, walBytes, tables, spool, breaker };
    }),
  };
}

function text(name: string, read: () => string, keeps: BundlePart['keeps'] = 'beginning'): BundlePart {
  return { name, keeps, read: async () => read() };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
