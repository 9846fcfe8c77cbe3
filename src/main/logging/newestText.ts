// The newest lines of one stream as text, as they stand in their files.
import type { LogStream } from './logFiles';
import { linesBefore } from './rawLines';

/** Whole lines, oldest first, of about so many characters at most. */
export async function newestText(stream: LogStream, maxChars: number): Promise<string> {
  const lines: string[] = [];
  let chars = 0;
  for await (const { text } of linesBefore(stream, null)) {
    chars += text.length + 1;
    if (chars > maxChars) break;
    lines.push(text);
  }
  return lines
    .toReversed()
    .map((line) => `${line}\n`)
    .join('');
}
