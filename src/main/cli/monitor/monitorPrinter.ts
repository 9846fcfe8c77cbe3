// Writes what db-monitor sees to the terminal, in the format that was asked for: as it happens, and a summary at the end.
import type { Format } from '../print/report';
import { note } from '../words';
import type { Turn } from './crossings';
import { type MonitorSummary, monitorSummaryWords } from './monitorSummary';
import { beganLine, endedLine, headLine, SAMPLE_CSV_HEAD, sampleCsv, sampleLine } from './monitorText';
import type { MonitorSample } from './samples';

const LINES_PER_HEAD = 20;

export class MonitorPrinter {
  readonly #format: Format;
  readonly #colour: boolean;
  #linesSinceHead = LINES_PER_HEAD;

  constructor(format: Format, colour: boolean) {
    this.#format = format;
    this.#colour = colour;
    if (format === 'csv') print(SAMPLE_CSV_HEAD);
  }

  /** @param summary with this sample in it */
  show(sample: MonitorSample, turn: Turn, summary: MonitorSummary): void {
    switch (this.#format) {
      case 'json':
        print(jsonLine('sample', sample));
        for (const crossing of turn.began) print(jsonLine('began', { atMs: sample.atMs, ...crossing }));
        for (const episode of endedNow(turn, summary)) print(jsonLine('ended', episode));
        return;
      case 'csv':
        print(sampleCsv(sample));
        for (const { level, key, text } of turn.began) note(`${level}: ${key}: ${text}`);
        return;
      case 'table':
        this.#showLines(sample, turn, summary);
        return;
    }
  }

  end(summary: MonitorSummary): void {
    if (this.#format === 'json') print(jsonLine('summary', summary));
    else note(monitorSummaryWords(summary));
  }

  #showLines(sample: MonitorSample, turn: Turn, summary: MonitorSummary): void {
    if (this.#linesSinceHead >= LINES_PER_HEAD) {
      print(headLine(this.#colour));
      this.#linesSinceHead = 0;
    }
    this.#linesSinceHead += 1;
    print(sampleLine(sample, this.#colour));
    for (const crossing of turn.began) print(beganLine(crossing, this.#colour));
    for (const episode of endedNow(turn, summary)) print(endedLine(episode));
  }
}

function endedNow({ ended }: Turn, { episodes, toMs }: MonitorSummary): MonitorSummary['episodes'] {
  const keys = new Set(ended.map(({ key }) => key));
  return episodes.filter(({ key, untilMs }) => untilMs === toMs && keys.has(key));
}

function jsonLine(type: string, content: object): string {
  return `${JSON.stringify({ type, ...content })}\n`;
}

function print(text: string): void {
  process.stdout.write(text);
}
