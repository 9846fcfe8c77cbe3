import { describe, expect, it } from 'vitest';
import { judgeAudit } from '../../../scripts/lib/audit.mjs';

const SHIPPED = ['node_modules/zod'];
const weakness = (/** @type {object} */ change) => ({
  name: 'tool',
  severity: 'low',
  range: '<1.0.1',
  nodes: ['node_modules/tool'],
  via: [{ title: 'Reads too far', url: 'https://example.com/1' }],
  ...change,
});
const inside = weakness({ name: 'zod', nodes: ['node_modules/a/node_modules/zod', 'node_modules/zod'] });

describe('an audit', () => {
  it('says when nothing is known', () => {
    expect(judgeAudit([], SHIPPED)).toEqual({ ok: true, lines: ['no known weaknesses'] });
  });

  it('passes over what is small and only in a tool, but tells it', () => {
    expect(judgeAudit([weakness({ severity: 'moderate' })], SHIPPED)).toEqual({
      ok: true,
      lines: ['tool  moderate  tool <1.0.1: Reads too far (https://example.com/1)'],
    });
  });

  it.each([
    ['anything inside the app, wherever else it is', inside],
    ['what is grave in a tool', weakness({ severity: 'high' })],
    ['a severity that nobody knows', weakness({ severity: 'catastrophic' })],
  ])('fails for %s', (_what, found) => {
    expect(judgeAudit([found], SHIPPED).ok).toBe(false);
  });

  it('tells what is inside the app first, then the worst', () => {
    const found = [weakness({ name: 'a' }), weakness({ name: 'b', severity: 'critical', via: ['a'] }), inside];
    expect(judgeAudit(found, SHIPPED).lines).toEqual([
      expect.stringMatching(/^INSIDE THE APP {2}low {2}zod /),
      'tool  critical  b <1.0.1: through a',
      expect.stringMatching(/^tool {2}low {2}a /),
    ]);
  });
});
