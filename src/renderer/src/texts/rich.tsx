// A text with pieces of the window inside it, such as a ticking age or a link.
import { Fragment, type ReactNode } from 'react';
import type { NamesIn, TextKey } from './textKeys';
import { rawText } from './texts';

/** Every second piece of the split is a name. */
const PLACEHOLDER = /\{\{(\w+)\}\}/;

/** The text of a key, each `{{name}}` replaced by what is drawn there. */
export function rich<K extends TextKey>(key: K, parts: { readonly [Name in NamesIn<K>]: ReactNode }): ReactNode {
  const drawn: Readonly<Record<string, ReactNode>> = parts;
  const pieces = rawText(key, drawn).split(PLACEHOLDER);
  return (
    <>
      {pieces.map((piece, index) => (
        <Fragment key={index}>{index % 2 === 0 ? piece : drawn[piece]}</Fragment>
      ))}
    </>
  );
}
