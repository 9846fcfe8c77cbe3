// Everything for people goes to stderr; stdout is for data alone.

export function note(message: string): void {
  process.stderr.write(`poolwatch: ${message}\n`);
}
