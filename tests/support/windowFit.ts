// Whether a page fits its window: nothing runs out of it sideways, and what is cut short can be read whole.
import { expect, type Page } from '@playwright/test';
import type { LaunchedApp } from './launchApp';

export async function resizeWindow({ app, page }: LaunchedApp, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, [wide, high]) => {
      for (const window of BrowserWindow.getAllWindows()) window.setContentSize(wide, high);
    },
    [width, height] as const,
  );
  await expect.poll(async () => await page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
}

/** Everything on the page that does not fit, one line each. A table may scroll inside a frame of its own. */
export async function misfits(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => {
    const found: string[] = [];
    const name = (element: Element): string =>
      `<${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent.slice(0, 60)}`;
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      const { overflowX, textOverflow, display } = getComputedStyle(element);
      if (element.clientWidth === 0 || element.closest('.pw-visually-hidden') || display === 'inline') continue;
      const hidden = element.scrollWidth - element.clientWidth;
      if (hidden <= 1) continue;
      if (textOverflow === 'ellipsis') {
        const told = element.closest('[title]') ?? element.querySelector('[title]');
        if (told === null) found.push(`cut by ${hidden} px without a word: ${name(element)}`);
      } else if (overflowX === 'auto' || overflowX === 'scroll') {
        found.push(`scrolls sideways by ${hidden} px: ${name(element)}`);
      }
    }
    const beyond = document.documentElement.scrollWidth - innerWidth;
    if (beyond > 0) found.push(`the window scrolls sideways by ${beyond} px`);
    return found;
  });
}
