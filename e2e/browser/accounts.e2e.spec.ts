import type { Page } from 'playwright-core';
import { eventually } from '@dramatis/testing/eventually';
import { accessibilityFaults } from '../support/accessibility.js';
import { sidewaysOverflow, Visitors } from '../support/browser.js';
import { question, Scene } from '../support/scene.js';

const password = 'seven quiet lanterns';
const narrow = { viewport: { width: 390, height: 844 } };

describe('somebody with an account', () => {
  let scene: Scene;
  let visitors: Visitors;

  beforeAll(async () => {
    scene = await Scene.shared();
    // The first account of an installation is its admin, and there may be no other: this one is, if no spec before made one.
    await scene.guest().http.expect('POST', '/api/auth/register', { email: `first-${Date.now()}@example.org`, password });
    visitors = await Visitors.arrive(scene.url);
  });
  afterAll(async () => {
    await visitors?.close();
    await scene?.strike();
  });

  const conversationIs = (page: Page) => page.getByRole('button', { name: 'How this answer was made' }).waitFor();

  async function signIn(page: Page, email: string): Promise<void> {
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.pathname.startsWith('/account/'));
  }

  async function expectSound(page: Page): Promise<void> {
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await sidewaysOverflow(page)).toBe(0);
  }

  it('keeps what they said as a guest, signs out and in, ends a session elsewhere, and leaves for good', async () => {
    const email = `mary-${Date.now()}@example.org`;
    const persona = await scene.persona();
    const page = await visitors.newcomer(narrow);
    await page.goto(`/personas/${persona.personaId}`);
    await page.getByRole('button', { name: 'Begin a conversation' }).click();
    await page.getByRole('textbox').fill(question);
    await page.getByRole('button', { name: 'Send' }).click();
    await conversationIs(page);
    const conversation = new URL(page.url()).pathname;

    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByText('The conversations that you began as a guest come along').waitFor();
    await expectSound(page);
    await page.getByRole('link', { name: 'Make one' }).click();
    await page.getByText('Your conversations as a guest stay').waitFor();
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('password12');
    await page.keyboard.press('Enter');
    await page.getByText('This password is among the first that are guessed.').waitFor();
    await expectSound(page);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${conversation}`);
    await conversationIs(page);

    const account = page.getByRole('button', { name: /account of / });
    await account.click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await page.goto(conversation);
    await page.getByText('There is no such conversation').waitFor();
    await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click();
    await signIn(page, email);
    expect(new URL(page.url()).pathname).toBe(conversation);
    await conversationIs(page);

    const elsewhere = await visitors.newcomer();
    await elsewhere.goto('/account');
    await elsewhere.getByRole('heading', { name: 'Sign in' }).waitFor();
    await elsewhere.getByLabel('E-mail address').fill(email);
    await elsewhere.getByLabel('Password', { exact: true }).fill(password);
    await elsewhere.keyboard.press('Enter');
    await elsewhere.getByRole('heading', { name: 'Sessions' }).waitFor();

    await account.click();
    await page.getByRole('menuitem', { name: /See your account/ }).click();
    await page.getByText(/\d+ tokens; there is no limit|\d+ of [\d,]+ tokens/).waitFor();
    await page.getByRole('button', { name: /^End the session of / }).click();
    await page.getByText('You are signed in nowhere else.').waitFor();
    await expectSound(page);
    await elsewhere.reload();
    await elsewhere.getByRole('heading', { name: 'Sign in' }).waitFor();

    const data = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Save your data' }).click();
    expect((await data).suggestedFilename()).toBe('dramatis-export.json');

    const removal = page.locator('dr-removal-section');
    await removal.getByLabel('Password', { exact: true }).fill(password);
    await removal.getByRole('button', { name: 'Delete my account' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete it' }).click();
    await page.getByText('Your account is deleted').waitFor();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.getByText('This address and this password do not belong together.').waitFor();
    // What browsers write of answers that were refusals is expected here; nothing else is.
    expect(visitors.takeComplaints().filter((complaint) => !complaint.includes('Failed to load resource'))).toEqual([]);
  });

  it('is followed by the other tabs of the browser', async () => {
    const email = `ada-${Date.now()}@example.org`;
    await scene.guest().http.expect('POST', '/api/auth/register', { email, password });
    const page = await visitors.newcomer(narrow);
    await page.goto('/account/sign-in');
    const tab = await visitors.secondTab(page);
    await tab.goto('/conversations');
    await signIn(page, email);
    await tab.getByRole('button', { name: /account of / }).waitFor();
    await page.context().clearCookies();
    // The next answer says that there is no such session any more.
    await page.goto('/');
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await eventually('the tab to notice when it asks', async () => {
      await tab.reload();
      return tab.getByRole('link', { name: 'Sign in' }).isVisible();
    });
    visitors.takeComplaints();
  });
});
