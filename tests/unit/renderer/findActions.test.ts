import { describe, expect, it } from 'vitest';
import { findActions } from '../../../src/renderer/src/components/palette/findActions';
import { fuzzyScore } from '../../../src/renderer/src/components/palette/fuzzy';
import type { PaletteAction, PaletteGroup } from '../../../src/renderer/src/components/palette/paletteAction';

function action(id: string, title: string, group: PaletteGroup, keywords = ''): PaletteAction {
  return { id, title, group, keywords, run: () => undefined };
}

const ACTIONS = [
  action('page', 'Database', 'goTo'),
  action('run', 'Run Top pools now', 'collectors', 'retry start'),
  action('pause', 'Pause Top pools for 1 hour', 'collectors', 'hold'),
  action('checkpoint', 'Checkpoint market.db', 'databases', 'sqlite'),
  action('check', 'Check market.db', 'databases', 'sqlite'),
];

const idsFor = (typed: string, recent: readonly string[] = []): readonly string[] =>
  findActions(ACTIONS, typed, recent, 80).flatMap(({ actions }) => actions.map(({ id }) => id));

describe('finding a command', () => {
  it('asks for every typed word, in any order', () => {
    expect(idsFor('pools pause')).toEqual(['pause']);
    expect(idsFor('pools compact')).toEqual([]);
  });

  it('finds letters of a word that have others between them, but not by chance all over a text', () => {
    expect(idsFor('chkpt')).toEqual(['checkpoint']);
    expect(fuzzyScore('dkt', 'Checkpoint market.db')).toBeNull();
    expect(fuzzyScore('cb', 'Checkpoint market.db')).toBeNull();
  });

  it('does not mind case, accents and punctuation', () => {
    expect(fuzzyScore('MARKET db', 'Checkpoint märket.db')).not.toBeNull();
  });

  it('finds by other words too, after those that have it in their title', () => {
    expect(idsFor('retry')).toEqual(['run']);
    expect(idsFor('database')).toEqual(['page', 'checkpoint', 'check']);
  });

  it('puts what was used lately first among equals, and not above what fits better', () => {
    expect(idsFor('market', ['check'])).toEqual(['check', 'checkpoint']);
    expect(idsFor('check', ['checkpoint'])[0]).toBe('checkpoint');
    expect(idsFor('top run', ['pause'])).toEqual(['run']);
  });

  it('shows everything by group while nothing is typed, what was used lately first, and nothing twice', () => {
    const sections = findActions(ACTIONS, ' ', ['check', 'gone', 'run'], 80);
    expect(sections.map(({ title, actions }) => [title, actions.map(({ id }) => id)])).toEqual([
      ['Used lately', ['check', 'run']],
      ['Go to', ['page']],
      ['Collectors', ['pause']],
      ['Databases', ['checkpoint']],
    ]);
  });

  it('stops at as many as anybody reads', () => {
    const shown = findActions(ACTIONS, '', [], 2).flatMap(({ actions }) => actions);
    expect(shown.map(({ id }) => id)).toEqual(['page', 'run']);
  });
});
