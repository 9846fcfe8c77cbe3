import { describe, expect, it } from 'vitest';
import { EarlyLog } from '../../../src/main/logging/earlyLog';

describe('the log of what happens before the log files are open', () => {
  it('keeps its lines until there is a logger, passes them on in order, and holds nothing back after that', () => {
    const lines: string[] = [];
    const log = new EarlyLog();
    log.warn({ scheme: 'https' }, 'refused to leave the page');
    log.error({}, 'the page crashed');
    expect(lines).toEqual([]);

    log.continueIn({
      warn: (fields, message) => lines.push(`warn ${message} ${JSON.stringify(fields)}`),
      error: (_fields, message) => lines.push(`error ${message}`),
    });
    log.warn({}, 'refused a download');
    expect(lines).toEqual([
      'warn refused to leave the page {"scheme":"https"}',
      'error the page crashed',
      'warn refused a download {}',
    ]);
  });
});
