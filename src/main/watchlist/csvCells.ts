// Single cells of a watchlist file, with what spreadsheets and scripts do to them undone or noticed. Pure.
import { addressOf } from '../sources/geckoterminal/ids';

/** A value, or the sentence that says why there is none; `repair` says what was put right. */
export interface Cell {
  readonly value: string | null;
  readonly repair: string | null;
}

/** What people and the original program call a chain → the source's id. */
const CHAINS: ReadonlyMap<string, string> = new Map([
  ['sol', 'solana'],
  ['ethereum', 'eth'],
  ['bnb', 'bsc'],
  ['polygon', 'polygon_pos'],
  ['matic', 'polygon_pos'],
  ['avalanche', 'avax'],
  ['sui', 'sui-network'],
]);

const BLANKS = new Set(['', 'nan', 'none', 'null', 'n/a', '-']);
const ERROR_CELL = /^#(?:name\?|ref!|value!|n\/a|num!|div\/0!|null!)$/i;
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)';
const DATE = new RegExp(`^(?:\\d{1,2}[-/. ]${MONTH}|${MONTH}[-/. ]\\d{1,4}|\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4})$`, 'i');
const ROUNDED_NUMBER = /^\d+(?:[.,]\d+)?e\+?\d+$/i;
const MIN_ADDRESS_CHARS = 10;
/** Base58 without any capital letter does not happen by chance in an address of this length. */
const LOST_CAPITALS = /^[1-9a-km-z]{32,44}$/;

/** The text of a cell: untrimmed spaces, ="…" and a leading apostrophe removed; null for the many ways to write nothing. */
export function cellText(raw: string | undefined): string | null {
  const trimmed = (raw ?? '').trim();
  const formula = /^="(.*)"$/s.exec(trimmed)?.[1] ?? trimmed;
  // An apostrophe says that what follows is meant, even where it looks like nothing.
  if (formula.startsWith("'")) return formula.slice(1).trim() || null;
  const text = formula.trim();
  return BLANKS.has(text.toLowerCase()) ? null : text;
}

/** A cell that will be read as text by a spreadsheet and come back as it was. */
export function safeCell(text: string): string {
  return /^[\s]*['=+\-@]/.test(text) || BLANKS.has(text.trim().toLowerCase()) ? `'${text}` : text;
}

export function nameCell(text: string | null, what: 'symbol' | 'name'): Cell {
  if (text === null) return { value: null, repair: null };
  if (ERROR_CELL.test(text))
    return { value: null, repair: `The ${what} is an error of a spreadsheet (${text}) and was left out.` };
  if (DATE.test(text))
    return { value: null, repair: `The ${what} “${text}” looks like a date that a spreadsheet made of it; left out.` };
  if (ROUNDED_NUMBER.test(text))
    return { value: null, repair: `The ${what} “${text}” was rounded to a number by a spreadsheet; left out.` };
  return { value: text, repair: null };
}

/** The source's id of the network; throws an Error with a sentence when it cannot be one. */
export function networkCell(text: string | null): string {
  if (text === null) throw new Error('The chain is missing.');
  const id = text.toLowerCase();
  const known = CHAINS.get(id) ?? id;
  if (!/^[a-z0-9_-]{1,64}$/.test(known)) throw new Error(`“${text.slice(0, 40)}” is not a chain.`);
  return known;
}

/** A bare address; throws an Error with a sentence when it cannot be one. */
export function addressCell(text: string | null, networkId: string, what: 'pool' | 'token'): Cell {
  if (text === null) return { value: null, repair: null };
  if (ERROR_CELL.test(text)) throw new Error(`The ${what} address is an error of a spreadsheet (${text}).`);
  if (ROUNDED_NUMBER.test(text))
    throw new Error(`The ${what} address “${text}” was rounded to a number by a spreadsheet and cannot be recovered.`);
  const address = addressOf(text, networkId);
  if (address === null || address.length < MIN_ADDRESS_CHARS)
    throw new Error(`“${text.slice(0, 60)}” is not the address of a ${what}.`);
  if (LOST_CAPITALS.test(address) && !address.startsWith('0x') && /[a-z]/.test(address))
    throw new Error(
      `The ${what} address has no capital letters; it seems to have lost them, and then it is another one.`,
    );
  const hadPrefix = text.startsWith(`${networkId}_`);
  return {
    value: address,
    repair: hadPrefix ? `The network in front of the ${what} address was taken off.` : null,
  };
}
