// Names and symbols are written by strangers: any script is welcome, but nothing that hides, reverses or breaks text.

const MAX_NAME_CHARS = 200;

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
};

// Control characters, broken surrogates, and marks that change the direction of what follows; once for lines, once for texts.
const UNFIT_IN_LINE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const UNFIT_IN_TEXT = /[^\P{Cc}\n]|[\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const ENTITY = /&(?:amp|lt|gt|quot|#39|#x27);/g;

/** A page's worth; more would only help whoever fills databases for fun. */
const MAX_TEXT_CHARS = 2_000;
const MAX_URL_CHARS = 500;

/** What services show when they have no picture. */
const PLACEHOLDER_PICTURE = /(?:^|\/)missing(?:_\w+)?(?:\.\w+)?(?:\?|$)/;

/** One line of at most 200 characters, HTML entities undone; null when nothing visible remains or it is no text. */
export function cleanName(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const line = value
    .slice(0, MAX_NAME_CHARS * 4)
    .replace(ENTITY, (entity) => ENTITIES[entity] ?? entity)
    .replace(UNFIT_IN_LINE, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const name = Array.from(line).slice(0, MAX_NAME_CHARS).join('');
  return /[^\s\p{Cf}]/u.test(name) ? name : null;
}

/** Several lines of at most 2,000 characters in all, cleaned like names; null when nothing visible remains. */
export function cleanText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const lines = value
    .slice(0, MAX_TEXT_CHARS * 4)
    .replace(/\r\n?/g, '\n')
    .replace(ENTITY, (entity) => ENTITIES[entity] ?? entity)
    .replace(UNFIT_IN_TEXT, ' ')
    .trim();
  const text = Array.from(lines).slice(0, MAX_TEXT_CHARS).join('');
  return /[^\s\p{Cf}]/u.test(text) ? text : null;
}

/** A web address as the URL standard spells it; null for any other scheme, for nonsense and for pictures that mean "no picture". */
export function cleanUrl(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_URL_CHARS || !URL.canParse(value.trim())) return null;
  const url = new URL(value.trim());
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null;
  return PLACEHOLDER_PICTURE.test(url.pathname) ? null : url.href;
}
