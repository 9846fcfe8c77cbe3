// What there is to say about the ways in and out for other programs. Never the token, never the address of the ping.

export interface DoorsStatus {
  readonly metrics: {
    readonly enabled: boolean;
    /** `http://127.0.0.1:<port>` while it is open. */
    readonly address: string | null;
    /** Where the token lies, while it is open. */
    readonly tokenFile: string | null;
    /** Why it is not open, in one sentence. */
    readonly problem: string | null;
  };
  readonly ping: {
    readonly enabled: boolean;
    /** In a row. */
    readonly failures: number;
    readonly lastError: string | null;
    readonly lastTakenAtMs: number | null;
  };
}
