// The papers that go into the app and beside the packages: licence, licences of others, bill of materials.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { licenceProblems, licenceTexts } from './licences.mjs';
import { ROOT } from './paths.mjs';
import { billOfMaterials } from './sbom.mjs';
import { SetupError } from './setupError.mjs';
import { closure, importedPackages, nameAt, readLock } from './shippedPackages.mjs';

export const SBOM_FILE = 'poolwatch.cdx.json';
export const LICENCES_FILE = 'THIRD-PARTY-LICENSES.txt';

/**
 * @param {string} directory emptied first
 * @param {string} electronVersion of the runtime that is packed
 */
export function writePapers(directory, electronVersion) {
  const lock = readLock();
  const names = importedPackages();
  const shipped = closure(lock, names);
  const problems = licenceProblems(lock, shipped);
  if (problems.length > 0) {
    throw new SetupError(
      `licences that nobody has looked at:\n${problems.join('\n')}`,
      'read them; see scripts/lib/licences.mjs',
    );
  }
  const about = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const bill = billOfMaterials({
    about,
    lock,
    shipped,
    imported: shipped.filter((place) => names.includes(nameAt(place)) && place === `node_modules/${nameAt(place)}`),
    runtime: [{ name: 'electron', version: electronVersion, license: 'MIT' }],
    made: new Date(),
  });
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  cpSync(join(ROOT, 'LICENSE'), join(directory, 'LICENSE'));
  writeFileSync(join(directory, LICENCES_FILE), licenceTexts(lock, shipped));
  writeFileSync(join(directory, SBOM_FILE), `${JSON.stringify(bill, null, 2)}\n`);
}
