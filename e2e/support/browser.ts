import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { patienceMs } from '@dramatis/testing/eventually';

/** Headless Chromium, and what its pages complained of. */
export class Visitors {
  private readonly complaints: string[] = [];
  private readonly contexts: BrowserContext[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly url: string,
  ) {}

  static async arrive(url: string): Promise<Visitors> {
    const executablePath = process.env['CHROMIUM_PATH'];
    if (!executablePath) throw new Error('CHROMIUM_PATH is not set. Run these specs by "npm test -- --only e2e", which finds a browser.');
    return new Visitors(await chromium.launch({ executablePath, args: ['--no-sandbox'] }), url);
  }

  /** A page of a new visitor, with cookies and storage of their own. */
  async newcomer(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ baseURL: this.url, reducedMotion: 'reduce', ...options });
    this.contexts.push(context);
    return this.tabOf(context);
  }

  /** Another tab of the same visitor. */
  async secondTab(page: Page): Promise<Page> {
    return this.tabOf(page.context());
  }

  /** What went wrong in any page since this was last asked: uncaught errors, and what the console shows as errors. */
  takeComplaints(): string[] {
    return this.complaints.splice(0);
  }

  /** Closes the pages of all visitors. */
  async leave(): Promise<void> {
    for (const context of this.contexts.splice(0)) await context.close();
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  private async tabOf(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    page.setDefaultTimeout(patienceMs);
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`${message.text()} (${message.location().url})`);
    });
    return page;
  }
}

/** How far the page can be scrolled sideways, in pixels; 0 when it fits. */
export function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
