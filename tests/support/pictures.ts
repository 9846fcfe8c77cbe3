// Pictures of the window for people: what only this machine knows is replaced while they are taken.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from './launchApp';

const SCREENSHOTS = join(ROOT, 'test-results', 'screenshots');
export const USUAL_FOLDER = '~/.config/poolwatch';

/** @param replaced pairs of what is shown and what is shown instead */
export async function takePicture(
  page: Page,
  name: string,
  replaced: readonly (readonly [shown: string, instead: string])[],
): Promise<void> {
  for (const [shown, instead] of replaced) await replaceText(page, shown, instead);
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  for (const [shown, instead] of replaced.toReversed()) await replaceText(page, instead, shown);
}

/** Changes what the page shows; only until it is drawn anew. */
export async function replaceText(page: Page, from: string, to: string): Promise<void> {
  await page.evaluate(
    ([before, after]) => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        if (text.nodeValue?.includes(before)) text.nodeValue = text.nodeValue.replaceAll(before, after);
      }
    },
    [from, to] as const,
  );
}
