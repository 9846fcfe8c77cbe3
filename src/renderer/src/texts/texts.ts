// What the window says, by key and in the language in use. The texts are bundled: nothing is loaded, nothing is waited for.
import { createInstance } from 'i18next';
import { setFormatLanguage } from '../../../shared/util/format';
import type { Language } from '../../../shared/domain/settings';
import { german } from './de/german';
import { english } from './en/english';
import type { TextKey, TextValues } from './textKeys';

const TEXTS = 'texts';

const catalogue = createInstance();
void catalogue.init({
  resources: { en: { [TEXTS]: english }, de: { [TEXTS]: german } },
  defaultNS: TEXTS,
  lng: 'en',
  fallbackLng: 'en',
  initAsync: false,
  // Keys are typed, so that none holds a name of a namespace; React escapes what it shows.
  nsSeparator: false,
  interpolation: { escapeValue: false },
});
const TRANSLATE = { en: catalogue.getFixedT('en'), de: catalogue.getFixedT('de') };

let current: Language = 'en';
const listeners = new Set<() => void>();

export function currentLanguage(): Language {
  return current;
}

/** Changes the language of every text, number and date that is drawn from now on, and says so to whoever listens. */
export function speak(language: Language): void {
  // Asked with every push; to write it, even as it was, has the browser work out the style of the whole page.
  if (document.documentElement.lang !== language) document.documentElement.lang = language;
  if (language === current) return;
  current = language;
  setFormatLanguage(language);
  for (const listener of listeners) listener();
}

/** @returns the function that ends it */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The text of a key. What it has to be given follows from the English text: `{{name}}` wants a `name`. */
export function t<K extends TextKey>(key: K, ...[values]: TextValues<K>): string {
  const given: Readonly<Record<string, string | number>> | undefined = values;
  const { first, gaps } = templateOf(key, given);
  let text = first;
  for (const { name, isNumber, after } of gaps) {
    const value = given?.[name] ?? '';
    text += (isNumber && typeof value === 'number' ? NUMBERS[current].format(value) : value) + after;
  }
  return text;
}

/** The same with its placeholders still in it. */
export function rawText(key: TextKey, values: Readonly<Record<string, unknown>>): string {
  return templateOf(key, values).raw;
}

interface Template {
  readonly raw: string;
  /** What stands before the first placeholder. */
  readonly first: string;
  readonly gaps: readonly { readonly name: string; readonly isNumber: boolean; readonly after: string }[];
}

/** Every third piece of the split is text; between two are a name and how its value is written. */
const PLACEHOLDER = /\{\{(\w+)(?:, (number))?\}\}/;

const NUMBERS = { en: new Intl.NumberFormat('en'), de: new Intl.NumberFormat('de') } as const;
const PLURALS = { en: new Intl.PluralRules('en'), de: new Intl.PluralRules('de') } as const;
const templates = { en: new Map<string, Template>(), de: new Map<string, Template>() } as const;

/** Looked up and cut once: a list that is scrolled asks for the same few texts thousands of times a second. */
function templateOf(key: TextKey, values: Readonly<Record<string, unknown>> | undefined): Template {
  // Decides between singular and plural.
  const count = values?.['count'];
  const counted = typeof count === 'number' ? count : undefined;
  const id = counted === undefined ? key : `${key} ${PLURALS[current].select(counted)}`;
  const known = templates[current].get(id);
  if (known !== undefined) return known;
  const raw = TRANSLATE[current](key, { skipInterpolation: true, ...(counted !== undefined && { count: counted }) });
  const [first = '', ...pieces] = raw.split(PLACEHOLDER);
  const gaps = Array.from({ length: pieces.length / 3 }, (_, at) => ({
    name: pieces[3 * at] ?? '',
    isNumber: pieces[3 * at + 1] !== undefined,
    after: pieces[3 * at + 2] ?? '',
  }));
  const template = { raw, first, gaps };
  templates[current].set(id, template);
  return template;
}
