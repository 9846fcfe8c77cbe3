// The real writer behind a few lines of a test's own, which run at the start of a given life of the thread.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BUILT_WORKERS } from './storeFixture';

/** @param before program text by life, counted from 1; it may await */
export function writerWithLives(folder: string, before: Readonly<Record<number, string>>): string {
  const file = join(folder, 'writerWithLives.mjs');
  const lives = join(folder, 'lives');
  writeFileSync(lives, '');
  const cases = Object.entries(before).map(([life, text]) => `if (life === ${life}) { ${text} }`);
  writeFileSync(
    file,
    `import { appendFileSync, readFileSync } from 'node:fs';
     appendFileSync(${JSON.stringify(lives)}, '.');
     const life = readFileSync(${JSON.stringify(lives)}, 'utf8').length;
     ${cases.join('\n')}
     await import(${JSON.stringify(pathToFileURL(BUILT_WORKERS.writer).href)});
    `,
  );
  return file;
}
