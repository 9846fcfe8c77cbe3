// docs/faults.md, written from the table: what is promised and what is tested cannot part.
import type { Fault } from './fault';
import { FAULT_MATRIX, type Subject } from './table';

const HEAD = `# What Poolwatch does when …

Every fault here was made with real files, real locks, real kills and real disks; the tests are in \`tests/storage/faultMatrix\`
(\`npm run test:storage\`), which also counts, from another process, that every acknowledged row is there afterwards. "Code" is
what SQLite or Poolwatch's own guard reports; where there is none, nobody does, and Poolwatch has to look.
Rows are "lost" when they were acknowledged and are not in the database in the end. This page is written by a test from the table
that drives the others.

![The Now page while another program holds the lock](images/lock-incident.png)
`;

function line({ fault, codes, answer, lost, heals }: Fault): string {
  const code = codes.length === 0 ? '–' : codes.map((name) => `\`${name}\``).join(' ');
  return `| ${fault} | ${code} | ${answer} | ${lost} | ${heals} |`;
}

function section({ title, faults }: Subject): string {
  const head = `## ${title}\n\n| when … | code | Poolwatch | lost | goes on |\n| --- | --- | --- | --- | --- |\n`;
  return `${head}${faults.map((fault) => `${line(fault)}\n`).join('')}`;
}

export function faultDocument(): string {
  return [HEAD, ...FAULT_MATRIX.map(section)].join('\n');
}
