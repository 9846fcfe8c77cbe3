// Serves the built page at app://poolwatch/ instead of file://, so that the page has an origin and every answer its headers.
import { protocol } from 'electron';
import { answerAppFile } from './appFiles';
import { APP_SCHEME } from './pageOrigin';

/** Must run before Electron is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves files below `rendererDir`, the built page's folder. */
export function serveAppFiles(rendererDir: string): void {
  protocol.handle(APP_SCHEME, async (request) => {
    const { status, headers, body } = await answerAppFile(rendererDir, request);
    return new Response(body, { status, headers });
  });
}
