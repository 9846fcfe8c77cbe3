// Files of an export that cannot be put in their place: the cause is told, and nothing is left or closed that is somebody else's.
import { closeSync, fstatSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileTrouble } from '../../../src/main/export/fileTrouble';
import { OutputFile } from '../../../src/main/export/outputFile';
import { QlibFolderSink } from '../../../src/main/export/qlibSink';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolwatch-output-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What `action` throws, or null. */
function thrownBy(action: () => void): unknown {
  try {
    action();
    return null;
  } catch (error) {
    return error;
  }
}

describe('a file of an export whose place is taken by a folder', () => {
  it('says so, leaves nothing aside, and the folder as it was', () => {
    const target = join(folder, 'pools.csv');
    mkdirSync(join(target, 'inside'), { recursive: true });
    const file = new OutputFile(target);
    file.writeText('id\n');
    const cause = thrownBy(() => file.finish());
    file.abandon();
    expect(fileTrouble(cause, target)).toBe(`${target} is a folder.`);
    expect(readdirSync(folder)).toEqual(['pools.csv']);
    expect(readdirSync(target)).toEqual(['inside']);
  });

  it('closes its descriptor once: it may be another file’s by now', () => {
    const target = join(folder, 'pools.csv');
    mkdirSync(join(target, 'inside'), { recursive: true });
    const file = new OutputFile(target);
    expect(thrownBy(() => file.finish())).not.toBeNull();
    const another = openSync(join(folder, 'another'), 'w');
    file.abandon();
    expect(fstatSync(another).isFile()).toBe(true);
    closeSync(another);
  });

  it('ends a folder of many files the same way', () => {
    const sink = new QlibFolderSink({ lead: [], columns: [], target: join(folder, 'qlib'), byteOrderMark: false });
    mkdirSync(join(folder, 'qlib.part', 'base_0x1.csv', 'inside'), { recursive: true });
    sink.beginGroup(['base_0x1']);
    sink.row([1_700_000_000, '1,2,1,2,5']);
    expect(thrownBy(() => sink.finish())).toMatchObject({ syscall: 'rename' });
    sink.abandon();
    expect(readdirSync(folder)).toEqual([]);
  });
});
