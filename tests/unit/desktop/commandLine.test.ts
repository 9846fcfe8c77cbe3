import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandOf } from '../../../src/main/desktop/commandLine';

describe('commandOf', () => {
  it.each([
    [['status'], ['status']],
    [
      ['db-health', '--format', 'json'],
      ['db-health', '--format', 'json'],
    ],
    [
      ['--no-sandbox', '--no-zygote', '--', 'status', '--live'],
      ['status', '--live'],
    ],
    [['--no-sandbox', '--', '--help'], ['--help']],
    [
      ['export', '--', 'pools'],
      ['export', '--', 'pools'],
    ],
    [['--', '--data-dir'], ['--data-dir']],
    [['--'], []],
  ])('hands %j to the command line', (args, command) => {
    expect(commandOf(args)).toEqual(command);
  });

  it.each([
    [[]],
    [['--demo']],
    [['--demo', 'status']],
    [['--no-sandbox', '--data-dir=/pools']],
    [['poolwatch://collector/dexes']],
    [['https://example.com/']],
    [['-psn_0_12345']],
    [['/etc/passwd']],
    [['STATUS']],
    [['']],
  ])('starts the app for %j', (args) => {
    expect(commandOf(args)).toBeNull();
  });

  it('never takes a link for a command, whatever it names', () => {
    const link = fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.string()).map(([scheme, rest]) => `${scheme}:${rest}`);
    expect(fc.check(fc.property(link, (url) => commandOf([url]) === null))).toMatchObject({ failed: false });
  });
});
