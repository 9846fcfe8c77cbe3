// The part of pino-roll that we use; the package ships no types.
declare module 'pino-roll' {
  interface Options {
    readonly file: string;
    readonly extension: string;
    readonly size: string;
    readonly sync: boolean;
    readonly mkdir: boolean;
    /** Bytes that may wait for the file. */
    readonly maxLength: number;
    readonly limit: { readonly count: number; readonly removeOtherLogFiles: boolean };
  }
  export default function pinoRoll(
    options: Options,
  ): Promise<import('pino').DestinationStream & { on(event: 'error', listener: (error: Error) => void): void }>;
}
