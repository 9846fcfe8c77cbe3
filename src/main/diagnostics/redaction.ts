// Takes out of a text what says who and where a person is, before the text may be shown to strangers. Keys are known to whoever
// calls; this file adds what looks like a person. Pure.

const HIDDEN = '[removed]';
/** Shorter ones would take pieces out of ordinary words. */
const MIN_SECRET_CHARS = 3;

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // A field of JSON whose name says that it holds a secret, whoever wrote it.
  [
    /"([\w-]*(?:api[_-]?key|secret|password|passwd|authorization|signature))"\s*:\s*"(?:[^"\\]|\\.)*"/gi,
    `"$1":"${HIDDEN}"`,
  ],
  // Folders of people, also of other people than the one who runs this, with single or escaped backslashes.
  [/((?:\/home\/|\/Users\/|\\Users\\|\\\\Users\\\\))[^/\\\s"']+/g, `$1${HIDDEN}`],
];
/** Bounded: without, a long word would be read again from each of its letters. */
const MAIL_ADDRESS = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;

/** @param secrets texts that must not appear, as they are or as JSON spells them; the longest goes first, so that it leaves no tail */
export function redact(text: string, secrets: readonly string[]): string {
  const spelled = secrets
    .filter(({ length }) => length >= MIN_SECRET_CHARS)
    .flatMap((secret) => [secret, inJson(secret)]);
  const clean = [...new Set(spelled)]
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text.replace(MAIL_ADDRESS, HIDDEN));
  return PATTERNS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), clean);
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
