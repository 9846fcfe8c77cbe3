// Where the window opens: the remembered place if it can still be seen and grabbed, else the default, centred. Pure.

export const MIN_WIDTH = 900;
export const MIN_HEIGHT = 600;
const DEFAULT_WIDTH = 1_280;
const DEFAULT_HEIGHT = 840;

/** How much of the window's top strip must lie on a screen, so that it can be seen and dragged. */
const GRABBABLE_WIDTH = 160;
const TITLE_STRIP_HEIGHT = 40;

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowPlace {
  /** Without x and y the system centres the window. */
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

/**
 * @param saved what was remembered, of any shape
 * @param workAreas of the displays there are now, the primary one first
 */
export function placeWindow(saved: unknown, workAreas: readonly Rectangle[]): WindowPlace {
  const remembered = asRemembered(saved);
  if (!remembered) return { ...fit(DEFAULT_WIDTH, DEFAULT_HEIGHT, workAreas[0]), maximized: false };
  const { bounds, maximized } = remembered;
  const home = workAreas.find((area) => canBeGrabbed(bounds, area));
  const size = fit(bounds.width, bounds.height, home ?? workAreas[0]);
  return home ? { x: bounds.x, y: bounds.y, ...size, maximized } : { ...size, maximized };
}

function asRemembered(saved: unknown): { readonly bounds: Rectangle; readonly maximized: boolean } | null {
  if (typeof saved !== 'object' || saved === null) return null;
  const { x, y, width, height, maximized } = saved as Record<string, unknown>;
  if (![x, y, width, height].every((value) => Number.isSafeInteger(value))) return null;
  return { bounds: { x, y, width, height } as Rectangle, maximized: maximized === true };
}

function fit(width: number, height: number, area: Rectangle | undefined): { width: number; height: number } {
  return {
    width: Math.max(MIN_WIDTH, Math.min(width, area?.width ?? width)),
    height: Math.max(MIN_HEIGHT, Math.min(height, area?.height ?? height)),
  };
}

function canBeGrabbed(bounds: Rectangle, area: Rectangle): boolean {
  const overlap = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const topIsInside = bounds.y >= area.y && bounds.y + TITLE_STRIP_HEIGHT <= area.y + area.height;
  return overlap >= GRABBABLE_WIDTH && topIsInside;
}
