// The pieces that unpack the fallback runtime, on archives made here.
import { describe, expect, it } from 'vitest';
import { asarOf, fileInTar, zipEntries } from '../../../scripts/lib/fallback/archives.mjs';
import { FUSE, readFuses, setFuses } from '../../../scripts/lib/fallback/fuses.mjs';

// A zip of "d/a.txt" (deflated "aaaaaaaaaa", mode 755).
const ZIP = Buffer.from(
  'UEsDBBQAAAAIAAAAIQDwzRFMBQAAAAoAAAAHAAAAZC9hLnR4dEtMhAEAUEsBAhQDFAAAAAgAAAAhAPDNEUwFAAAACgAAAAcAAAAAAAAAAAAAAO2BAAAAAGQvYS50eHRQSwUGAAAAAAEAAQA1AAAAKgAAAAAA',
  'base64',
);

describe('archives', () => {
  it('reads names, modes and contents of a zip', () => {
    const [entry] = zipEntries(ZIP);
    expect(entry).toMatchObject({ name: 'd/a.txt', mode: 0o755 });
    expect(entry?.read().toString()).toBe('aaaaaaaaaa');
  });

  it('refuses what is no zip', () => {
    expect(() => zipEntries(Buffer.from('not a zip at all, only words'))).toThrow('not a zip file');
  });

  it('finds a file in a tar by the end of its name', () => {
    const header = Buffer.alloc(512);
    header.write('package/x.zip', 0);
    header.write('00000000003\0', 124);
    const tar = Buffer.concat([header, Buffer.from('abc'), Buffer.alloc(509)]);
    expect(fileInTar(tar, '.zip').toString()).toBe('abc');
    expect(() => fileInTar(tar, '.txt')).toThrow('no file ending in .txt');
  });

  it('writes an asar whose index points at the contents', () => {
    const asar = asarOf({ a: Buffer.from('first'), b: Buffer.from('second') });
    const headerBytes = asar.readUInt32LE(4);
    const jsonBytes = asar.readUInt32LE(12);
    const { files } = JSON.parse(asar.toString('utf8', 16, 16 + jsonBytes));
    const content = 8 + headerBytes;
    expect(files.b).toEqual({ size: 6, offset: '5' });
    expect(asar.toString('utf8', content + 5, content + 11)).toBe('second');
  });
});

describe('setFuses', () => {
  const executable = () => Buffer.from('..dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x0811110r10..', 'latin1');

  it('sets only the named fuses', () => {
    const bytes = executable();
    setFuses(bytes, [
      [FUSE.nodeCliInspect, false],
      [FUSE.browserProcessSnapshot, false],
    ]);
    expect(bytes.toString('latin1').slice(-10)).toBe('11100r00..');
  });

  it('is read back by name', () => {
    const bytes = Buffer.from('..dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x0800011100..', 'latin1');
    const off = { runAsNode: false, cookieEncryption: false, nodeOptions: false, fileProtocolPrivileges: false };
    const read = {
      ...off,
      nodeCliInspect: true,
      asarIntegrity: true,
      onlyLoadAppFromAsar: true,
      browserProcessSnapshot: false,
    };
    expect(readFuses(bytes)).toEqual(read);
    expect(() => readFuses(executable())).toThrow('fuse 5 is not on the wire');
  });

  it('refuses a program without fuses and a fuse that is gone', () => {
    expect(() => setFuses(Buffer.from('plain'), [])).toThrow('no fuse wire');
    expect(() => setFuses(executable(), [[5, true]])).toThrow('fuse 5 is not on the wire');
  });
});
