import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { ConversationShare } from '@dramatis/contracts/share';
import type { ResponseFormat } from '@dramatis/contracts/format';
import type { Me } from '@dramatis/contracts/identity/account';
import type { IngestionPage } from '@dramatis/contracts/ingestion';
import { eventually } from '@dramatis/testing/eventually';
import { faultsInEveryLook } from '../support/accessibility.js';
import { Visitors } from '../support/browser.js';
import { question, Scene } from '../support/scene.js';

/** An address for each route of the web application; a spec there fails for a page that is missing here. */
const pages = JSON.parse(readFileSync(join(import.meta.dirname, 'pages.json'), 'utf8')) as Record<string, string>;
const formats: ResponseFormat[] = ['bullet_points', 'essay', 'socratic_dialogue', 'qa', 'free'];
/** What these show depends on whether one is signed in. */
const entrances = ['/account/sign-in', '/account/sign-up', '/console'];

describe('every page, wide and narrow, in every theme', () => {
  let scene: Scene;
  let visitors: Visitors;
  let page: Page;
  const conversations = new Map<ResponseFormat, string>();
  const known: Record<string, string> = {};

  beforeAll(async () => {
    scene = await Scene.shared();
    visitors = await Visitors.arrive(scene.url);
    const { personaId } = await scene.persona({ supportedResponseFormats: formats });
    const visitor = scene.guest();
    const { account } = await visitor.http.expect<Me>('POST', '/api/auth/register', { email: `looks-${Date.now()}@example.org`, password: 'seven quiet lanterns' });
    await scene.operator.http.expect('PATCH', `/api/admin/accounts/${account!.accountId}`, { role: 'admin' });
    for (const format of formats) {
      const { conversationId } = await visitor.converse(personaId, { format });
      const { turn } = await visitor.askAndRead(conversationId, { text: question });
      known['passageId'] ??= turn.citations[0]!.passageId;
      conversations.set(format, `/conversations/${conversationId}`);
      known['conversationId'] = conversationId;
    }
    const { items } = await scene.operator.http.expect<IngestionPage>('GET', `/api/admin/ingestions?personaId=${personaId}`);
    const { token } = await visitor.http.expect<ConversationShare & { token: string }>('POST', `/api/conversations/${known['conversationId']}/share`, {});
    Object.assign(known, { personaId, ingestionId: items[0]!.ingestionId, token });
    page = await visitors.newcomer();
    const [name, value] = visitor.http.cookieHeader.split('=') as [string, string];
    await page.context().addCookies([{ name, value, url: scene.url }]);
  });
  afterAll(async () => {
    await visitors?.close();
    await scene?.strike();
  });
  afterEach(() => expect(visitors.takeComplaints()).toEqual([]));

  async function open(address: string, on = page): Promise<void> {
    await on.goto(address.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? fail(`pages.json asks for ${name}, which this spec does not make`)));
    await on.locator('h1').first().waitFor();
    await eventually(`${address} to have what it shows`, async () => (await on.locator('[class*=skeleton], [aria-busy=true]').count()) === 0);
  }

  it.each(Object.entries(pages))('%s', async (_, address) => {
    await open(address);
    expect(await faultsInEveryLook(page)).toEqual([]);
  });

  it.each(entrances)('%s, of somebody who is not signed in', async (address) => {
    const newcomer = await visitors.newcomer();
    await open(address, newcomer);
    expect(await faultsInEveryLook(newcomer)).toEqual([]);
    await newcomer.context().close();
  });

  it.each(formats)('a conversation in the format %s', async (format) => {
    await open(conversations.get(format)!);
    expect(await faultsInEveryLook(page)).toEqual([]);
  });

  it('a passage, and how the answer was made', async () => {
    await open(conversations.get('free')!);
    await page.locator('dr-reply button.cite').first().click();
    await page.getByRole('dialog').locator('mark').first().waitFor();
    expect(await faultsInEveryLook(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'How this answer was made' }).click();
    await page.getByRole('dialog', { name: 'How this answer was made' }).getByRole('heading', { name: 'Attempts' }).waitFor();
    expect(await faultsInEveryLook(page)).toEqual([]);
  });

  it('the menus of mode and format', async () => {
    await open(conversations.get('free')!);
    await page.getByRole('button', { name: /^Mode:/ }).click();
    await page.getByRole('menuitemradio').first().waitFor();
    // A menu that is open lies over the page, in none of its landmarks.
    expect(await faultsInEveryLook(page, { without: ['region'] })).toEqual([]);
  });

  it('a message that is being edited, and sharing', async () => {
    await open(conversations.get('free')!);
    await page.getByRole('button', { name: 'Edit message' }).click();
    await page.getByRole('textbox', { name: 'Edit your message' }).waitFor();
    expect(await faultsInEveryLook(page)).toEqual([]);
    await page.getByRole('button', { name: 'Leave it' }).click();
    await page.getByRole('button', { name: 'Share, export or print' }).click();
    await page.getByRole('menuitem', { name: /by link/ }).click();
    await page.getByRole('dialog').waitFor();
    expect(await faultsInEveryLook(page)).toEqual([]);
  });

  it('conversations in which was searched', async () => {
    await open('/conversations');
    await page.getByRole('searchbox').fill('lamp');
    await page.locator('.excerpt mark').first().waitFor();
    expect(await faultsInEveryLook(page)).toEqual([]);
  });

  it('the panels of the console', async () => {
    for (const address of ['/console/corpora/{personaId}/sources?add=site', '/console/corpora/{personaId}/versions?note=1']) {
      await open(address);
      await page.getByRole('dialog').waitFor();
      expect(await faultsInEveryLook(page)).toEqual([]);
    }
  });
});

function fail(message: string): never {
  throw new Error(message);
}
