// The bill of materials in CycloneDX 1.6: what is inside the app ("required") and what it was built and tested with ("excluded").
// Pure: everything comes from the lock file, so the same lock gives the same bill.
import { createHash } from 'node:crypto';
import { nameAt, neededBy } from './shippedPackages.mjs';

/**
 * @typedef {object} BillOptions
 * @property {{ readonly name: string, readonly version: string, readonly license: string, readonly description: string }} about the app
 * @property {import('./shippedPackages.mjs').Lock} lock
 * @property {readonly string[]} shipped places in the lock
 * @property {readonly string[]} imported places of what the app itself names
 * @property {readonly { readonly name: string, readonly version: string, readonly license: string }[]} runtime what else is inside
 * @property {Date} made
 */

/** @param {BillOptions} options */
export function billOfMaterials({ about, lock, shipped, imported, runtime, made }) {
  const inside = new Set(shipped);
  const places = Object.keys(lock).filter((place) => place !== '');
  const rootRef = `pkg:npm/${about.name}@${about.version}`;
  const runtimeParts = runtime.map(({ name, version, license }) => ({
    type: 'framework',
    'bom-ref': `pkg:generic/${name}@${version}`,
    name,
    version,
    scope: 'required',
    licenses: [licence(license)],
    purl: `pkg:generic/${name}@${version}`,
  }));
  const parts = places.map((place) => {
    const { version, integrity, license } = entry(lock, place);
    return {
      type: 'library',
      'bom-ref': refOf(lock, place),
      ...nameParts(nameAt(place)),
      version,
      scope: inside.has(place) ? 'required' : 'excluded',
      ...(integrity !== undefined && { hashes: hashesOf(integrity) }),
      ...(license !== undefined && { licenses: [licence(license)] }),
      purl: purlOf(nameAt(place), version),
    };
  });
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([rootRef, runtimeParts, parts]))}`,
    version: 1,
    metadata: {
      timestamp: made.toISOString(),
      component: {
        type: 'application',
        'bom-ref': rootRef,
        name: about.name,
        version: about.version,
        description: about.description,
        licenses: [licence(about.license)],
        purl: rootRef,
      },
    },
    components: [...runtimeParts, ...parts],
    dependencies: [
      {
        ref: rootRef,
        dependsOn: [...runtimeParts.map((part) => part['bom-ref']), ...imported.map((place) => refOf(lock, place))],
      },
      ...runtimeParts.map((part) => ({ ref: part['bom-ref'], dependsOn: [] })),
      ...places.map((place) => ({
        ref: refOf(lock, place),
        dependsOn: neededBy(lock, place).map((needed) => refOf(lock, needed)),
      })),
    ],
  };
}

/** The place keeps two copies of one version apart. @param {import('./shippedPackages.mjs').Lock} lock @param {string} place */
function refOf(lock, place) {
  return `${purlOf(nameAt(place), entry(lock, place).version)}#${place}`;
}

/** @param {string} name @param {string} version */
function purlOf(name, version) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** @param {string} name */
function nameParts(name) {
  const slash = name.indexOf('/');
  return slash < 0 ? { name } : { group: name.slice(0, slash), name: name.slice(slash + 1) };
}

/** @param {string} license an id, or an expression in words */
function licence(license) {
  return /[ ()]/.test(license) ? { expression: license } : { license: { id: license } };
}

/** @param {string} integrity such as sha512-BASE64 */
function hashesOf(integrity) {
  return integrity.split(' ').map((text) => {
    const dash = text.indexOf('-');
    const content = Buffer.from(text.slice(dash + 1), 'base64').toString('hex');
    return { alg: text.slice(0, dash).replace('sha', 'SHA-'), content };
  });
}

/** @param {string} content always the same for the same content, in the form of a version 5 UUID */
function uuidOf(content) {
  const hex = createHash('sha1').update(content).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

/** @param {import('./shippedPackages.mjs').Lock} lock @param {string} place */
function entry(lock, place) {
  const found = lock[place];
  if (found === undefined) throw new Error(`${place} is not in the lock file`);
  return found;
}
