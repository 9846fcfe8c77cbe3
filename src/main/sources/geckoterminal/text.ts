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

/** One line of at most 200 characters, HTML entities undone; null when nothing visible remains or it is no text. */
export function cleanName(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const line = value
    .slice(0, MAX_NAME_CHARS * 4)
    .replace(/&(?:amp|lt|gt|quot|#39|#x27);/g, (entity) => ENTITIES[entity] ?? entity)
    // Control characters, broken surrogates, and marks that change the direction of what follows.
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const name = Array.from(line).slice(0, MAX_NAME_CHARS).join('');
  return /[^\s\p{Cf}]/u.test(name) ? name : null;
}
