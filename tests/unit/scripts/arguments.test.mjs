import { describe, expect, it } from 'vitest';
import { atLeast, helpText, parseArguments } from '../../../scripts/lib/arguments.mjs';

describe('parseArguments', () => {
  it('takes the first word as the command and leaves the rest to it', () => {
    expect(parseArguments(['start', '--demo'])).toEqual({ command: 'start', rest: ['--demo'] });
  });

  it('drops a leading "--" that npm passes on', () => {
    expect(parseArguments(['cli', '--', 'run', '--for', '60s'])).toEqual({
      command: 'cli',
      rest: ['run', '--for', '60s'],
    });
  });

  it('shows help when nothing or help is asked for', () => {
    expect(parseArguments([]).command).toBe('help');
    expect(parseArguments(['--help']).command).toBe('help');
    expect(helpText()).toContain('package');
  });

  it('refuses an unknown command by name, also one that every object inherits', () => {
    expect(() => parseArguments(['strat'])).toThrow('there is no command "strat"');
    expect(() => parseArguments(['toString'])).toThrow('there is no command "toString"');
  });
});

describe('atLeast', () => {
  it('compares by number, not by letter', () => {
    expect(atLeast('20.20.2', '20.19')).toBe(true);
    expect(atLeast('20.9.0', '20.19')).toBe(false);
    expect(atLeast('22.0.0', '20.19')).toBe(true);
    expect(atLeast('20.19.0', '20.19')).toBe(true);
    expect(atLeast('18.20.0', '20.19')).toBe(false);
  });
});
