import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { sidewaysOverflow } from './browser.js';

const widths = [1280, 360];
const themes = (['light', 'dark'] as const).flatMap((colorScheme) => (['no-preference', 'more'] as const).map((contrast) => ({ colorScheme, contrast })));
/** Colours are all that a theme changes. */
const rulesOfColour = ['color-contrast', 'link-in-text-block'];
/** 7:1, which is what a theme of high contrast is for. */
const rulesOfHighContrast = [...rulesOfColour, 'color-contrast-enhanced'];

interface Options {
  /** Rules that do not apply to what the page shows. */
  without?: string[];
}

/** Accessibility faults on the page, one line each; empty when there are none. */
export function accessibilityFaults(page: Page, { without = [] }: Options = {}): Promise<string[]> {
  return run(page, { rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])) });
}

/**
 * What is wrong with the page as it stands, one line each: by all rules at either width, by those of colour in light, dark and both with
 * high contrast, and how far it can be scrolled sideways. The page is not loaded again.
 */
export async function faultsInEveryLook(page: Page, options: Options = {}): Promise<string[]> {
  const faults: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    for (const theme of themes) {
      await page.emulateMedia({ ...theme, reducedMotion: 'reduce' });
      await page.waitForFunction(isShown, theme);
      await settled(page);
      const found = isPlain(theme) ? await accessibilityFaults(page, options) : await run(page, { runOnly: { type: 'rule', values: theme.contrast === 'more' ? rulesOfHighContrast : rulesOfColour } });
      const sideways = isPlain(theme) ? await sidewaysOverflow(page) : 0;
      if (sideways > 0) found.push(`${sideways} px too wide`);
      if (isPlain(theme) && (await mastheadLines(page)) > 1) found.push('the head of the page is broken into lines');
      faults.push(...found.map((fault) => `${width} px, ${theme.colorScheme}, contrast ${theme.contrast}: ${fault}`));
    }
  }
  await page.emulateMedia({ colorScheme: null, contrast: null });
  // The console’s tables need their width.
  const tooWide = new URL(page.url()).pathname.startsWith('/console') ? 0 : await widthOfLargeText(page);
  if (tooWide > 0) faults.push(`1280 px, letters twice as large: ${tooWide} px too wide`);
  return faults;
}

/** In how many lines what can be pressed in the head of the page stands. */
function mastheadLines(page: Page): Promise<number> {
  return page.evaluate(() => {
    const boxes = [...document.querySelectorAll('.masthead :is(a, button)')].map((one) => one.getBoundingClientRect()).filter(({ height }) => height > 0);
    return boxes.reduce((lines, { top, bottom }) => (lines.some((line) => top < line.bottom && line.top < bottom) ? lines : [...lines, { top, bottom }]), [] as { top: number; bottom: number }[]).length;
  });
}

/** How far the page can be scrolled sideways by who reads with letters twice as large. */
async function widthOfLargeText(page: Page): Promise<number> {
  await page.setViewportSize({ width: 1280, height: 800 });
  const enlarge = (size: string): Promise<void> => page.evaluate((value) => void (document.documentElement.style.fontSize = value), size);
  await enlarge('200%');
  await settled(page);
  const wide = await sidewaysOverflow(page);
  await enlarge('');
  return wide;
}

const isPlain = ({ colorScheme, contrast }: (typeof themes)[number]): boolean => colorScheme === 'light' && contrast === 'no-preference';

/** In the page itself: to have it brought in anew for each run would take longer than the run. */
async function run(page: Page, options: RunOptions): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (given) => (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run(given),
    { resultTypes: ['violations'], preload: false, ...options } satisfies RunOptions,
  );
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help}, at ${target.join(' ')} (${failureSummary})`));
}

/** Whether the page has taken on the theme. Runs in it. */
function isShown({ colorScheme, contrast }: (typeof themes)[number]): boolean {
  const { dataset } = document.documentElement;
  return dataset['theme'] === colorScheme && dataset['contrast'] === (contrast === 'more' ? 'more' : 'normal');
}

/** What the last change of size or theme made is on the screen, and no colour is on its way to another. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const passing = (): Animation[] => document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    do {
      await Promise.allSettled(passing().map(({ finished }) => finished));
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      // What inherits a colour begins its own way to it when its parent has arrived.
    } while (passing().length > 0);
  });
}
