// Takes secrets out of texts that leave the program or reach a file: those that are known, and whatever looks like one.
const HIDDEN = '***';

/** Shorter ones would take pieces out of ordinary words. */
const MIN_SECRET_CHARS = 6;

/** Names of fields of JSON, of which others end in `key` or begin with `token` and hold no secret. */
const FIELD = String.raw`[\w-]*(?:api[_-]?key|token|secret|password|passwd|signature|authorization)`;

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${HIDDEN}`],
  [/(\/\/)[^\s/@:]+:[^\s/@]+@/g, `$1${HIDDEN}@`],
  [
    /\b([\w-]*(?:key|token|secret|password|passwd|signature|auth)[\w-]*)(\s*[=:]\s*)["']?[^\s"'&,;]{4,}/gi,
    `$1$2${HIDDEN}`,
  ],
  [new RegExp(String.raw`("${FIELD}"\s*:\s*")(?:[^"\\]|\\.)*"`, 'gi'), `$1${HIDDEN}"`],
  // JSON within a text of JSON, as the log spells an answer.
  [new RegExp(String.raw`(\\"${FIELD}\\"\s*:\s*\\")(?:[^"\\]|\\\\(?:\\["\\]|[^"\\]))*\\"`, 'gi'), `$1${HIDDEN}\\"`],
  // Addresses that are secrets by themselves.
  [/(hooks\.slack\.com\/services\/)\S+/gi, `$1${HIDDEN}`],
];

/** @param secrets known ones, of any length */
export function redact(text: string, secrets: Iterable<string>): string {
  let clean = text;
  // The longest first: one may be a part of another.
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    if (secret.length >= MIN_SECRET_CHARS) clean = clean.replaceAll(secret, HIDDEN);
  }
  for (const [pattern, replacement] of PATTERNS) clean = clean.replace(pattern, replacement);
  return clean;
}
