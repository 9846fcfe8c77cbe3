// How to call npm: the very one that runs us when there is one, else the one on PATH.

/** @returns {{ program: string, args: string[] }} */
export function npmCommand() {
  const cli = process.env['npm_execpath'];
  if (cli !== undefined && /npm-cli\.[cm]?js$/.test(cli)) return { program: process.execPath, args: [cli] };
  // Not tried on Windows: npm is a .cmd file there, which Node starts only through the shell.
  return process.platform === 'win32' ? { program: 'cmd', args: ['/c', 'npm'] } : { program: 'npm', args: [] };
}
