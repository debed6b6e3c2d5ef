import type { Page } from 'playwright-core';
import type { ResponseFormat } from '@dramatis/contracts/format';
import { seedPersonas } from '@dramatis/testing/product/seed';
import { accessibilityFaults, sidewaysOverflow, Visitors } from '../support/browser.js';
import { OwnScene } from '../support/scene.js';

const formats: [ResponseFormat, string][] = [
  ['bullet_points', 'bullet points'],
  ['essay', 'an essay'],
  ['socratic_dialogue', 'a Socratic dialogue'],
  ['qa', 'questions and answers'],
  ['free', 'free conversation'],
];

describe('each page', () => {
  let scene: OwnScene;
  let visitors: Visitors;
  const addresses = new Map<ResponseFormat, string>();
  let cookies: Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>;

  beforeAll(async () => {
    scene = await OwnScene.set('accessibility', { withoutProviders: true });
    await seedPersonas(scene.product);
    visitors = await Visitors.arrive(scene.url);
    const page = await visitors.newcomer();
    for (const [format, words] of formats) {
      await page.goto('/personas/charles-darwin');
      await page.getByRole('radio', { name: words }).check({ force: true });
      await page.getByRole('button', { name: 'Begin a conversation' }).click();
      await page.getByRole('textbox').fill('What did the finches of the Galapagos show you?');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'How this answer was made' }).waitFor();
      addresses.set(format, page.url());
    }
    cookies = await page.context().cookies();
  });
  afterAll(async () => {
    await visitors?.close();
    await scene?.strike();
  });
  afterEach(async () => {
    await visitors.leave();
    expect(visitors.takeComplaints()).toEqual([]);
  });

  it('says that no language model is configured', async () => {
    const page = await visitors.newcomer();
    await page.goto('/');
    await page.getByText('No language model is configured.').waitFor();
  });

  const looks = [1280, 360].flatMap((width) => (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })));

  describe.each(looks)('at $width px, $colorScheme', ({ width, colorScheme }) => {
    let page: Page;
    beforeEach(async () => {
      page = await visitors.newcomer({ viewport: { width, height: 800 }, colorScheme });
      await page.context().addCookies(cookies);
    });

    async function expectSound(options: { without?: string[] } = {}): Promise<void> {
      expect(await accessibilityFaults(page, options)).toEqual([]);
      expect(await sidewaysOverflow(page)).toBe(0);
    }

    it('gallery', async () => {
      await page.goto('/');
      await page.getByRole('link', { name: 'Ada Lovelace' }).waitFor();
      await expectSound();
    });

    it('persona', async () => {
      await page.goto('/personas/mary-wollstonecraft');
      await page.getByRole('button', { name: 'Begin a conversation' }).waitFor();
      await expectSound();
    });

    it.each(formats)('conversation in the format %s', async (format) => {
      await page.goto(addresses.get(format)!);
      await page.getByRole('button', { name: 'How this answer was made' }).waitFor();
      await expectSound();
    });

    it('passage, and how the answer was made', async () => {
      await page.goto(addresses.get('free')!);
      await page.locator('dr-reply button.cite').first().click();
      await page.getByRole('dialog').locator('mark').first().waitFor();
      await expectSound();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'How this answer was made' }).click();
      await page.getByRole('dialog', { name: 'How this answer was made' }).getByRole('heading', { name: 'Attempts' }).waitFor();
      await expectSound();
    });

    it('menus of mode and format', async () => {
      await page.goto(addresses.get('free')!);
      await page.getByRole('button', { name: /^Mode:/ }).click();
      await page.getByRole('menuitemradio', { name: /Debater/ }).waitFor();
      // A menu that is open lies over the page, in none of its landmarks.
      await expectSound({ without: ['region'] });
    });

    it('message being edited, and sharing', async () => {
      await page.goto(addresses.get('free')!);
      await page.getByRole('button', { name: 'Edit message' }).click();
      await page.getByRole('textbox', { name: 'Edit your message' }).waitFor();
      await expectSound();
      await page.getByRole('button', { name: 'Leave it' }).click();
      await page.getByRole('button', { name: 'Share, export or print' }).click();
      await page.getByRole('menuitem', { name: /by link/ }).click();
      await page.getByRole('button', { name: /^Make a/ }).click();
      const link = await page.getByRole('textbox', { name: 'The link' }).inputValue();
      await expectSound();
      await page.goto(link);
      await page.locator('dr-reply').waitFor();
      await expectSound();
    });

    it('conversations, and what is searched in them', async () => {
      await page.goto('/conversations');
      await page.getByRole('link', { name: /finches/ }).first().waitFor();
      await expectSound();
      await page.getByRole('searchbox').fill('finches');
      await page.locator('.excerpt mark').first().waitFor();
      await expectSound();
    });

    it('a page that is not there', async () => {
      await page.goto('/nowhere');
      await page.getByRole('heading').first().waitFor();
      await expectSound();
    });
  });
});
