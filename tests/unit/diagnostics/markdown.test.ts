import { describe, expect, it } from 'vitest';
import { diagnosticsMarkdown, MAX_MARKDOWN_BYTES } from '../../../src/main/diagnostics/markdown';
import type { DiagnosticReport, DiagnosticResult } from '../../../src/shared/domain/diagnostics';

function report(change: Partial<DiagnosticResult> = {}): DiagnosticReport {
  const result: DiagnosticResult = {
    step: 'disk',
    title: 'Free disk space',
    verdict: 'notice',
    finding: '1.2 GB are free.',
    advice: 'Free some space.',
    facts: { freeBytes: 1_288_490_188 },
    durationMs: 3.2,
    ...change,
  };
  return { startedAtMs: 1_790_000_000_000, endedAtMs: 1_790_000_001_000, asked: ['disk'], results: [result] };
}

describe('a diagnosis as text', () => {
  it('has a line for each step with its verdict, its finding and its advice', () => {
    const text = diagnosticsMarkdown(report(), []);
    expect(text).toContain('| Free disk space | look | 1.2 GB are free. *Free some space.* | 3 ms |');
    expect(text).toContain('  - freeBytes: 1288490188');
  });

  it('holds no planted secret, wherever it stands, and no tail of a longer one', () => {
    const finding = 'EACCES: /home/ann/pools/market.db of ann-laptop';
    const text = diagnosticsMarkdown(report({ finding, facts: { path: '/home/ann/pools', key: 'CG-secret' } }), [
      '/home/ann',
      '/home/ann/pools',
      'CG-secret',
      'ann-laptop',
    ]);
    expect(text).not.toMatch(/ann|pools|CG-secret/);
    expect(text).toContain('[removed]/market.db of [removed]');
  });

  it('lets no finding break out of its cell', () => {
    const text = diagnosticsMarkdown(report({ finding: 'a | b\n| x | <img src=x>' }), []);
    expect(text.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(3);
    expect(text).not.toContain('<img');
  });

  it('is cut to its size, between characters', () => {
    const facts = Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`fact${n}`, 'ü'.repeat(20)]));
    const text = diagnosticsMarkdown(report({ facts }), []);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_MARKDOWN_BYTES);
    expect(text).toContain('(cut short)');
    expect(text).not.toContain('\uFFFD');
  });
});
