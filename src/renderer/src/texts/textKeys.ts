// The keys of the catalogue and what their texts want to be given, derived from the English one: types only.
import type { english } from './en/english';

type English = typeof english;

type Paths<T, Before extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Before}${K}` : Paths<T[K], `${Before}${K}.`>;
}[keyof T & string];

/** `rows_one` and `rows_other` are asked for as `rows`, with a count. */
type WithoutPlural<K extends string> = K extends `${infer Base}_one`
  ? Base
  : K extends `${infer Base}_other`
    ? Base
    : K;

export type TextKey = WithoutPlural<Paths<English>>;

type TextAt<T, K extends string> = K extends `${infer Head}.${infer Rest}`
  ? Head extends keyof T
    ? TextAt<T[Head], Rest>
    : never
  : K extends keyof T
    ? T[K]
    : `${K}_other` extends keyof T
      ? T[`${K}_other`]
      : never;

/** Names between double braces; what follows a comma says how it is written. */
type Names<S> = S extends `${string}{{${infer Inside}}}${infer Rest}`
  ? (Inside extends `${infer Name},${string}` ? Name : Inside) | Names<Rest>
  : never;

export type NamesIn<K extends TextKey> = Names<TextAt<English, K>>;

type Value<Name> = Name extends 'count' ? number : string | number;

/** Arguments after the key: none where the text takes nothing. */
export type TextValues<K extends TextKey> = [NamesIn<K>] extends [never]
  ? []
  : [values: { readonly [Name in NamesIn<K>]: Value<Name> }];

/** Keys of texts that take nothing: such a key can stand in a table. */
export type PlainTextKey = { [K in TextKey]: [NamesIn<K>] extends [never] ? K : never }[TextKey];
