// The catalogue of the window against its own promises, and the window against the catalogue: read from the source itself.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseSync, Visitor } from 'vite';
import { describe, expect, it } from 'vitest';
import { german } from '../../../src/renderer/src/texts/de/german';
import { english } from '../../../src/renderer/src/texts/en/english';

const RENDERER = resolve(import.meta.dirname, '../../../src/renderer/src');
const CATALOGUE = join(RENDERER, 'texts');

interface Texts {
  readonly [key: string]: string | Texts;
}

function flat(texts: Texts, before = ''): readonly (readonly [key: string, text: string])[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${before}${key}`, value] as const] : flat(value, `${before}${key}.`),
  );
}

const ENGLISH = new Map(flat(english));
const GERMAN = new Map(flat(german));
const PLURAL = /_(?:one|other)$/;

const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name ?? '').toSorted();

/** Names, units, signs and words that both languages share: the same text is no sign of a forgotten one. */
const SAME_IN_BOTH: ReadonlySet<string> = new Set([
  'alerts.channelOk',
  'alerts.name',
  'alerts.text',
  'alerts.token',
  'collector.outcome.ok',
  'collector.p50',
  'collector.p95',
  'database.checkpoint',
  'database.columnHash',
  'database.commitP50',
  'database.commitP50P95',
  'database.commitP95',
  'database.commits',
  'database.name.monitor',
  'database.operation.checkpoint',
  'database.operation.thread',
  'database.outcome.ok',
  'database.partitionsOf',
  'database.spool',
  'diagnostics.measuredApp',
  'diagnostics.verdict.ok',
  'diagnostics.verdict.problem',
  'incidents.target.app',
  'market.column.change',
  'market.column.dex',
  'market.column.pool',
  'market.dex',
  'market.pools',
  'now.api',
  'now.columnStatus',
  'palette.group.export',
  'palette.keyEnter',
  'palette.keyEscape',
  'range.short.15m',
  'range.short.1h',
  'range.short.24h',
  'range.short.6h',
  'settings.export',
  'settings.field.trades',
  'settings.import',
  'settings.languages.de',
  'settings.updates.title',
  'settings.languages.en',
  'shell.planPro',
  'shell.sources.live',
  'shell.version',
  'shortcuts.escape',
  'slots.counted.ok',
  'slots.outcome.ok',
  'status.alert.inactive',
  'status.health.ok',
  'status.host.ok',
  'status.severity.info',
  'status.store.ok',
  'status.verdict.ok',
  'timeline.lane.ok',
  'timeline.laneTitle.api',
  'timeline.laneTitle.app',
  'timeline.laneTitle.market',
  'timeline.laneTitle.monitor',
]);

describe('the catalogue', () => {
  it('has every text in German, and none besides', () => {
    expect([...GERMAN.keys()].toSorted()).toEqual([...ENGLISH.keys()].toSorted());
  });

  it('wants the same values in both languages', () => {
    const different = [...ENGLISH].filter(
      ([key, text]) => String(placeholders(text)) !== String(placeholders(GERMAN.get(key) ?? '')),
    );
    expect(different.map(([key]) => key)).toEqual([]);
  });

  it('has a singular to each plural, and takes its count from it', () => {
    const plurals = [...ENGLISH].filter(([key]) => PLURAL.test(key));
    expect(plurals.length).toBeGreaterThan(20);
    const lame = plurals.filter(([key, text]) => {
      const base = key.replace(PLURAL, '');
      return !ENGLISH.has(`${base}_one`) || !ENGLISH.has(`${base}_other`) || !placeholders(text).includes('count');
    });
    expect(lame.map(([key]) => key)).toEqual([]);
  });

  it('leaves nothing untranslated but what is the same word', () => {
    const same = [...ENGLISH].filter(([key, text]) => /\p{L}/u.test(words(text)) && GERMAN.get(key) === text);
    expect(same.map(([key]) => key).filter((key) => !SAME_IN_BOTH.has(key))).toEqual([]);
    expect([...SAME_IN_BOTH].filter((key) => GERMAN.get(key) !== ENGLISH.get(key))).toEqual([]);
  });

  it('has no text that nobody says', () => {
    const asked = new Set(SOURCES.flatMap(({ asked: keys }) => keys));
    const patterns = [...asked]
      .filter((key) => key.includes('*'))
      .map((key) => new RegExp(`^${key.replaceAll('.', '\\.').replaceAll('*', '[^.]+')}$`));
    const unsaid = [...ENGLISH.keys()]
      .map((key) => key.replace(PLURAL, ''))
      .filter((key) => !asked.has(key) && !patterns.some((pattern) => pattern.test(key)));
    expect(unsaid).toEqual([]);
  });
});

describe('the window', () => {
  it('says nothing that is not in the catalogue', () => {
    expect(SOURCES.flatMap(({ said }) => said)).toEqual([]);
  });
});

function words(text: string): string {
  return text.replaceAll(/\{\{[^}]*\}\}/g, '');
}

interface Source {
  /** Keys that it asks for; `*` stands for what is only known while it runs. */
  readonly asked: readonly string[];
  /** What it says by itself, with its place. */
  readonly said: readonly string[];
}

/** Attributes and entries whose text a person reads or hears. */
const SPEAKING =
  /^(?:aria-label|aria-description|alt|label|title|description|placeholder|aside|note|summary|confirm|caption|due|word|words|hint|refused|copied|suffix|error|keywords)$/;
/** Said as they are, with the reason. */
const ALLOWED: ReadonlySet<string> = new Set([
  // The name of the program, of products and of formats.
  'Poolwatch',
  'Webhook',
  'Slack',
  'ntfy',
  // Levels of a line as they stand in the log file.
  'debug',
  'info',
  'warn',
  'error',
]);

function lettersIn(text: string): boolean {
  return /\p{L}/u.test(text) && !ALLOWED.has(text.trim());
}

function readSource(file: string): Source {
  const text = readFileSync(file, 'utf8');
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const asked: string[] = [];
  const said: string[] = [];
  const say = (at: number, words: string): void => {
    if (!lettersIn(words)) return;
    said.push(`${relative(RENDERER, file)}:${text.slice(0, at).split('\n').length} ${words.trim()}`);
  };
  /** A literal that stands there by itself, or in one branch of a choice. */
  const judge = (value: unknown): void => {
    const node = value as { readonly type: string; readonly start: number } & Record<string, unknown>;
    switch (node.type) {
      case 'Literal':
        if (typeof node['value'] === 'string') say(node.start, node['value']);
        return;
      case 'TemplateLiteral':
        for (const { value: part } of node['quasis'] as readonly { readonly value: { readonly cooked: string } }[])
          say(node.start, part.cooked);
        return;
      case 'JSXExpressionContainer':
        return judge(node['expression']);
      case 'ConditionalExpression':
        judge(node['consequent']);
        return judge(node['alternate']);
      case 'LogicalExpression':
        return judge(node['right']);
      default:
    }
  };
  new Visitor({
    JSXText: ({ start, value }) => say(start, value),
    JSXElement: ({ children }) => children.forEach((child) => child.type === 'JSXExpressionContainer' && judge(child)),
    JSXFragment: ({ children }) => children.forEach((child) => child.type === 'JSXExpressionContainer' && judge(child)),
    JSXAttribute: ({ name, value }) => {
      if (value && name.type === 'JSXIdentifier' && SPEAKING.test(name.name)) judge(value);
    },
    Property: ({ key, value, computed }) => {
      const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : '';
      if (!computed && SPEAKING.test(name)) judge(value);
    },
    Literal: ({ value }) => {
      if (typeof value === 'string' && /^[a-z]\w*\.\w/i.test(value)) asked.push(value);
    },
    TemplateLiteral: ({ quasis }) => {
      const key = quasis.map((part) => part.value.cooked).join('*');
      if (/^[a-z]\w*\./i.test(key)) asked.push(key);
    },
  }).visit(program);
  return { asked, said };
}

const SOURCES: readonly Source[] = readdirSync(RENDERER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((file) => !file.startsWith(CATALOGUE))
  .map(readSource);
