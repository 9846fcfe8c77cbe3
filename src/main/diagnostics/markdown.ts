// A diagnosis as text that may be shown to strangers: no key, no user name, no folder of a person, never longer than a page of an
// issue tracker takes.
import type { DiagnosticReport, DiagnosticResult, DiagnosticVerdict } from '../../shared/domain/diagnostics';
import { redact } from './redaction';

export const MAX_MARKDOWN_BYTES = 32 * 1_024;
const WORDS: Readonly<Record<DiagnosticVerdict, string>> = {
  ok: 'ok',
  notice: 'look',
  problem: 'PROBLEM',
  timeout: 'NO ANSWER',
  skipped: 'skipped',
};

/** @param secrets texts that must not appear: the home folder, the user's name, keys */
export function diagnosticsMarkdown(report: DiagnosticReport, secrets: readonly string[]): string {
  const head = [
    '# Poolwatch diagnosis',
    '',
    `Taken ${new Date(report.startedAtMs).toISOString()}${report.endedAtMs === null ? ', not finished' : ''}.`,
    '',
    '| step | verdict | finding | took |',
    '| --- | --- | --- | --- |',
  ];
  const facts = report.results.flatMap(({ title, facts: measured }) => {
    const lines = Object.entries(measured).map(([name, value]) => `  - ${name}: ${inline(String(value))}`);
    return lines.length === 0 ? [] : [`- ${title}`, ...lines];
  });
  const text = [...head, ...report.results.map(row), '', '## Measured', '', ...facts, ''].join('\n');
  return cutTo(redact(text, secrets), MAX_MARKDOWN_BYTES);
}

function row({ title, verdict, finding, advice, durationMs }: DiagnosticResult): string {
  const words = advice === null ? finding : `${finding} *${advice}*`;
  return `| ${inline(title)} | ${WORDS[verdict]} | ${inline(words)} | ${Math.round(durationMs)} ms |`;
}

/** Nothing in a finding may break out of its cell. */
function inline(text: string): string {
  return text.replace(/[\p{Cc}|<>`]+/gu, ' ');
}

function cutTo(text: string, bytes: number): string {
  const encoded = Buffer.from(text);
  if (encoded.length <= bytes) return text;
  const mark = '\n(cut short)\n';
  return new TextDecoder().decode(encoded.subarray(0, bytes - mark.length)).replace(/\uFFFD+$/, '') + mark;
}
