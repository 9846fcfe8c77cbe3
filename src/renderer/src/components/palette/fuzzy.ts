// How well typed letters fit a text. Pure.

const WORD_START = 10;
const INSIDE_WORD = 5;
/** Letters of a word with others between them, "chkp" for "checkpoint": better than nothing. */
const SCATTERED = 1;
/** Letters further apart than this share of what was typed are found by chance. */
const WIDEST_SPREAD = 4;

/**
 * Every word that was typed must be found, in any order.
 * @returns higher fits better; null when it does not fit; 0 when nothing was typed
 */
export function fuzzyScore(typed: string, text: string): number | null {
  const plain = normalise(text);
  let score = 0;
  for (const word of normalise(typed).split(' ')) {
    if (word === '') continue;
    const found = scoreWord(word, plain);
    if (found === null) return null;
    score += found;
  }
  return score;
}

function normalise(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function scoreWord(word: string, text: string): number | null {
  const at = ` ${text}`.indexOf(` ${word}`);
  // The first word of a title says what it does.
  if (at !== -1) return at === 0 ? WORD_START + 1 : WORD_START;
  if (text.includes(word)) return INSIDE_WORD;
  return text.split(' ').some((candidate) => isScattered(word, candidate)) ? SCATTERED : null;
}

function isScattered(word: string, candidate: string): boolean {
  if (word.length < 2 || candidate[0] !== word[0] || candidate.length > word.length * WIDEST_SPREAD) return false;
  let at = 0;
  for (const letter of word) {
    at = candidate.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
