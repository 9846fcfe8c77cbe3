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
  document.documentElement.lang = language;
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
  return TRANSLATE[current](key, { ...countOf(values), replace: values });
}

/** The same with its placeholders still in it. */
export function rawText(key: TextKey, values: Readonly<Record<string, unknown>>): string {
  return TRANSLATE[current](key, { ...countOf(values), skipInterpolation: true });
}

/** Decides between singular and plural. */
function countOf(values: object | undefined): { readonly count?: number } {
  return values !== undefined && 'count' in values && typeof values.count === 'number' ? { count: values.count } : {};
}
