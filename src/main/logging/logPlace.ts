// Places in the log as text that can be handed out and taken back: `main@3:1024` is a line, several of them are a moment in every
// stream. Pure.

export interface FilePlace {
  readonly file: number;
  /** Bytes before it in its file. */
  readonly offset: number;
}

/** By the name of the stream. */
export type LogPlaces = ReadonlyMap<string, FilePlace>;

const PLACE = /^([\w-]{1,80})@(\d{1,9}):(\d{1,12})$/;

export function writePlaces(places: LogPlaces): string {
  return [...places].map(([stream, { file, offset }]) => `${stream}@${file}:${offset}`).join(',');
}

/** Null for text that is no place. */
export function readPlaces(text: string): LogPlaces | null {
  const places = new Map<string, FilePlace>();
  for (const part of text === '' ? [] : text.split(',')) {
    const [, stream, file, offset] = PLACE.exec(part) ?? [];
    if (stream === undefined) return null;
    places.set(stream, { file: Number(file), offset: Number(offset) });
  }
  return places;
}
