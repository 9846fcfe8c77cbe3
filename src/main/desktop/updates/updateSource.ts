// What looking after updates needs from whoever can ask a feed: the question, the download, and taking the new version into use.

export interface FoundUpdate {
  readonly version: string;
  /** Resolves with the file once it is here and its checksum is the promised one; rejects otherwise, and keeps nothing. */
  download(onPercent: (percent: number) => void): Promise<string>;
}

export interface UpdateSource {
  /** Null when the program that runs is the newest. Rejects with an Error whose message is a clause for a person. */
  ask(feedUrl: string): Promise<FoundUpdate | null>;
  /** After the program has closed everything, right before it ends: the next start is the new version. */
  install(file: string): void;
}
