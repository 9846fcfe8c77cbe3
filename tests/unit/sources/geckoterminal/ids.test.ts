import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, canonicalId, foldAddress } from '../../../../src/main/sources/geckoterminal/ids';
import { cleanName } from '../../../../src/main/sources/geckoterminal/text';

const network = fc.constantFrom('eth', 'solana', 'polygon_pos', 'sei-evm', 'a_b_c');
const address = fc.stringMatching(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/);

describe('ids', () => {
  it('survive any number of prefixes, and always come out the same', () => {
    fc.assert(
      fc.property(network, address, fc.integer({ min: 0, max: 3 }), (networkId, bare, prefixes) => {
        const id = `${networkId}_`.repeat(prefixes) + bare;
        expect(addressOf(id, networkId)).toBe(bare);
        expect(canonicalId(id, networkId)).toBe(`${networkId}_${bare}`);
      }),
    );
  });

  it('are never split at an underscore', () => {
    expect(addressOf('polygon_pos_0xAB', 'polygon_pos')).toBe('0xab');
    expect(addressOf('ton_EQ_abc_-X', 'ton')).toBe('EQ_abc_-X');
  });

  it('fold hexadecimal addresses only: base58 and Move types depend on case', () => {
    expect(foldAddress('0xC02AAA39B223FE8D0A0E5C4F27EAD9083C756CC2')).toBe(
      '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2',
    );
    expect(foldAddress('So11111111111111111111111111111111111111112')).toBe(
      'So11111111111111111111111111111111111111112',
    );
    expect(foldAddress('0x2::sui::SUI')).toBe('0x2::sui::SUI');
  });

  it.each(['', 'solana_', 'has space', 'new\nline', 'ü', 'x'.repeat(201)])('hold no address in %j', (id) => {
    expect(canonicalId(id, 'solana')).toBeNull();
  });
});

describe('cleanName', () => {
  it('keeps every script and emoji, and undoes HTML entities', () => {
    expect(cleanName('S&amp;P 👨‍👩‍👧 / 猫币')).toBe('S&P 👨‍👩‍👧 / 猫币');
  });

  it('takes out what hides or reverses text', () => {
    expect(cleanName('\u202eEVIL\u2066 \u0000NAME\r\nX')).toBe('EVIL NAME X');
  });

  it.each(['', '   ', '\u200b\u200b', 7, null, undefined])('finds no name in %j', (value) => {
    expect(cleanName(value)).toBeNull();
  });

  it('caps the length and never leaves half a character', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 500 }), (codes) => {
        const name = cleanName(String.fromCodePoint(...codes)) ?? '';
        expect(Array.from(name).length).toBeLessThanOrEqual(200);
        expect(name).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e]/u);
      }),
    );
  });
});
