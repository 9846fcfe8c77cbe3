// Moves the focus from row to row of a page: among the buttons that stand for one, in the order they are drawn.

/** Whoever draws rows marks the button of each with this attribute. */
const ROW_BUTTON = '#content [data-row-button]';

/** From outside the rows it goes to the first one. Returns false where a page has none. */
export function moveRow(by: 1 | -1): boolean {
  const buttons = [...document.querySelectorAll<HTMLElement>(ROW_BUTTON)];
  if (buttons.length === 0) return false;
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons[at === -1 ? 0 : at + by]?.focus();
  return true;
}
