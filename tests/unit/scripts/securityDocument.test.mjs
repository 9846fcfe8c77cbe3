// docs/security.md names a test for every promise. This one makes sure that they exist, so that the document cannot drift away.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../../scripts/lib/paths.mjs';

const document = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8');
const promises = [...document.matchAll(/^\| (?<promise>.+?) \| `(?<file>tests\/[^`]+)` › (?<title>.+?) \|$/gm)].map(
  ({ groups }) => ({
    promise: groups?.['promise'] ?? '',
    file: groups?.['file'] ?? '',
    title: groups?.['title'] ?? '',
  }),
);

describe('the security document', () => {
  it('gives every promise a test', () => {
    const rows = document.split('\n').filter((line) => line.includes('`tests/') && line.startsWith('|'));
    expect(promises).toHaveLength(rows.length);
    expect(promises.length).toBeGreaterThan(40);
  });

  it.each(promises)('names a test that there is: $promise', ({ file, title }) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    // Titles are written once, in one line, as here.
    expect(readFileSync(join(ROOT, file), 'utf8')).toContain(title);
  });
});
