// The fence between the rooms: proves on a deliberately broken tree that it bites.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkLayering } from '../../../scripts/lib/checkLayering.mjs';
import { ROOT } from '../../../scripts/lib/paths.mjs';

const EXPECTED = [
  'src/main/collectors/opensDatabase.ts:1 may not import "better-sqlite3"',
  'src/main/collectors/reachesStorage.ts:1 collectors may not import storage/worker ("../storage/worker/driver")',
  'src/main/demo/leadsNowhere.ts:1 imports "./nothing", which leads nowhere',
  'src/main/engine/usesDesktop.ts:1 engine may not import desktop ("../desktop/window")',
  'src/main/engine/usesElectron.ts:1 may not import "electron"',
  'src/main/storage/worker/reachesEngine.ts:1 storage/worker may not import engine ("../../engine/usesElectron")',
  'src/renderer/src/reachesMain.ts:2 renderer may not import storage/worker ("../../main/storage/worker/driver")',
  `src/renderer/src/usesNode.ts:1 renderer may not import Node's "fs"`,
  'src/shared/ringA.ts imports itself in a ring: src/shared/ringA.ts -> src/shared/ringB.ts',
  `src/shared/usesNode.ts:1 shared may not import Node's "node:path"`,
  'src/shared/usesPackage.ts:1 shared may not import the package "zod"',
];

describe('checkLayering', () => {
  it('reports every broken fence of the fixture and nothing else', () => {
    const found = checkLayering(join(ROOT, 'tests', 'fixtures', 'layering'));
    expect(found.sort()).toEqual([...EXPECTED].sort());
  });
});
