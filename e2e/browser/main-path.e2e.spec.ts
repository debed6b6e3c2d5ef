import type { Page } from 'playwright-core';
import { readFile } from 'node:fs/promises';
import { eventually } from '@dramatis/testing/eventually';
import { seedPersonas } from '@dramatis/testing/product/seed';
import { Visitors } from '../support/browser.js';
import { OwnScene } from '../support/scene.js';

const starter = 'Did you believe that the engine could think?';

describe('a visitor with a browser', () => {
  let scene: OwnScene;
  let visitors: Visitors;
  let page: Page;

  beforeAll(async () => {
    scene = await OwnScene.set('browser');
    await seedPersonas(scene.product);
    visitors = await Visitors.arrive(scene.url);
  });
  afterAll(async () => {
    await visitors?.close();
    await scene?.strike();
  });
  beforeEach(async () => {
    scene.model.reset();
    page = await visitors.newcomer();
  });
  afterEach(async () => {
    await visitors.leave();
    expect(visitors.takeComplaints()).toEqual([]);
  });

  const reply = (on: Page = page) => on.locator('dr-reply').last();
  const replyText = async (on: Page = page) => (await reply(on).innerText()).replaceAll(/\s+/g, ' ').trim();
  const ended = (on: Page = page) => on.getByRole('button', { name: 'How this answer was made' }).last().waitFor();

  async function begin(choices: { mode?: string; format?: string } = {}): Promise<void> {
    await page.goto('/personas/ada-lovelace');
    if (choices.mode) await page.getByRole('radio', { name: choices.mode }).check({ force: true });
    if (choices.format) await page.getByRole('radio', { name: choices.format }).check({ force: true });
    await page.getByRole('button', { name: 'Begin a conversation' }).click();
    await page.waitForURL('**/conversations/*');
  }

  async function ask(text: string): Promise<void> {
    await page.getByRole('textbox', { name: 'Your message to Ada Lovelace' }).fill(text);
    await page.getByRole('button', { name: 'Send' }).click();
  }

  it('finds the personas in the gallery, with their portraits, and searches them', async () => {
    await page.goto('/');
    const entries = page.locator('dr-cast-entry');
    await page.getByRole('link', { name: 'Ada Lovelace' }).waitFor();
    expect(await entries.count()).toBe(4);
    await eventually('all portraits to be drawn', async () =>
      (await page.locator('dr-cast-entry img').evaluateAll((images) => images.every((image) => (image as HTMLImageElement).naturalWidth > 0))) && true,
    );
    await page.getByRole('searchbox').fill('emperor');
    await page.getByRole('link', { name: 'Marcus Aurelius' }).waitFor();
    await eventually('the others to go', async () => (await entries.count()) === 1);
  });

  it('chooses mode and format, asks, watches the answer stream in, and reads where it comes from', async () => {
    scene.model.script({ chunks: 30, delayMs: 100 });
    await page.goto('/');
    await page.getByRole('link', { name: 'Ada Lovelace' }).click();
    await page.getByRole('radio', { name: 'a debater' }).check({ force: true });
    await page.getByRole('radio', { name: 'bullet points' }).check({ force: true });
    await page.getByRole('button', { name: 'Begin a conversation' }).click();
    await ask(starter);
    await reply().waitFor();
    const early = await replyText();
    await eventually('the answer to grow', async () => (await replyText()).length > early.length);
    expect(await page.getByRole('button', { name: 'Stop the reply' }).isVisible()).toBe(true);
    await ended();
    expect(await reply().getByRole('listitem').count()).toBeGreaterThan(2);
    expect(await replyText()).not.toMatch(/^- |\*\*/m);
    const [request] = scene.model.requests;
    expect(request!.request.system).toContain('Ada Lovelace');

    await reply().locator('button.cite').first().click();
    const passage = page.getByRole('dialog');
    await passage.locator('mark').first().waitFor();
    expect(await passage.getByText('Source 1').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await passage.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'How this answer was made' }).click();
    const record = page.getByRole('dialog', { name: 'How this answer was made' });
    for (const heading of ['Steps', 'Attempts', 'Passages', 'Verdicts', 'Made from']) {
      await record.getByRole('heading', { name: heading }).waitFor();
    }
    expect(await record.getByText('stand-in-a').first().isVisible()).toBe(true);
    expect(await record.getByRole('row').count()).toBeGreaterThan(2);
    await record.getByRole('button', { name: 'Close' }).click();
  });

  it('reloads in the middle of an answer, and a second tab shows the same', async () => {
    scene.model.script({ chunks: 40, delayMs: 150 });
    await begin();
    await ask(starter);
    await reply().waitFor();
    await page.reload();
    await reply().waitFor();
    const tab = await visitors.secondTab(page);
    await tab.goto(page.url());
    await Promise.all([ended(page), ended(tab)]);
    expect(await replyText(tab)).toBe(await replyText(page));
    expect((await replyText()).match(/You asked:/g)).toHaveLength(1);
    expect(scene.model.requests).toHaveLength(1);
  });

  it('keeps reading when the API is restarted in the middle of an answer', async () => {
    scene.model.script({ chunks: 40, delayMs: 150 });
    await begin();
    await ask(starter);
    await reply().waitFor();
    await scene.product.api.kill();
    await scene.product.api.start();
    await ended();
    expect((await replyText()).match(/You asked:/g)).toHaveLength(1);
    expect(await replyText()).toContain('What do you make of it?');
    // The browser tells of the connections that were refused meanwhile.
    expect(visitors.takeComplaints().filter((complaint) => !/ERR_CONNECTION|WebSocket|socket\.io/i.test(complaint))).toEqual([]);
  });

  it('sees the text of a dead attempt replaced', async () => {
    scene.model.script({ fault: { kind: 'reset', at: 'mid_stream' }, text: 'Void words that nobody shall keep.', chunks: 6, delayMs: 200 });
    scene.model.script({ chunks: 20, delayMs: 100 });
    await begin();
    await ask(starter);
    await page.getByText('Void words').waitFor();
    await page.getByText('Void words').waitFor({ state: 'detached' });
    await ended();
    expect(await replyText()).toMatch(/^You asked:/);
  });

  it('stops an answer and keeps what was said', async () => {
    scene.model.script({ chunks: 60, delayMs: 300 });
    await begin();
    await ask(starter);
    await reply().waitFor();
    await page.getByRole('button', { name: 'Stop the reply' }).click();
    await page.getByText('(stopped)').waitFor();
    const kept = await replyText();
    expect(kept).not.toBe('');
    await page.reload();
    await page.getByText('(stopped)').waitFor();
    expect(await replyText()).toBe(kept);
  });

  it('asks again for another answer, turns between the two, rates and copies', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await begin({ format: 'questions and answers' });
    await ask(starter);
    await ended();
    await page.getByRole('button', { name: 'Regenerate reply' }).click();
    await page.getByText('2 of 2').waitFor();
    await ended();
    await page.getByRole('button', { name: 'Good reply' }).click();
    await page.getByRole('button', { name: 'Good reply', pressed: true }).waitFor();
    await page.getByRole('button', { name: 'Copy reply' }).click();
    const copied = await eventually('the clipboard', () => page.evaluate(() => navigator.clipboard.readText()));
    expect(copied).toContain('What do you make of it?');
    await page.getByRole('button', { name: 'Previous reply' }).click();
    await page.getByText('1 of 2').waitFor();
    await page.reload();
    await page.getByText('1 of 2').waitFor();
    await page.getByRole('button', { name: 'Next reply' }).click();
    await page.getByRole('button', { name: 'Good reply', pressed: true }).waitFor();
  });

  it('says something else in the place of a message, goes back to the former branch and on from there', async () => {
    await begin();
    await ask('What is a cycle of cards?');
    await ended();
    await ask('And of the notes?');
    await eventually('two replies', async () => (await page.locator('dr-reply').count()) === 2);
    await eventually('the composer to be free', () => page.getByRole('button', { name: 'Send', exact: true }).isVisible());
    await page.getByRole('button', { name: 'Edit message' }).first().click();
    const field = page.getByRole('textbox', { name: 'Edit your message' });
    await field.fill('What is a loom?');
    await field.press('Enter');
    await page.getByText('What is a loom?', { exact: true }).waitFor();
    await page.getByText('And of the notes?', { exact: true }).waitFor({ state: 'detached' });
    await ended();
    await page.reload();
    await page.getByText('What is a loom?', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Previous message' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('And of the notes?', { exact: true }).waitFor();
    await ask('And of nerves?');
    await eventually('three replies', async () => (await page.locator('dr-reply').count()) === 3);
    const { messages } = scene.model.requests.at(-1)!.request;
    const told = messages.map(({ content }) => content).join('\n');
    expect(told).toContain('And of the notes?');
    expect(told).not.toContain('What is a loom?');
  });

  it('finds, pins and archives a conversation, shares it until the link is revoked, and takes it along', async () => {
    await begin({ format: 'bullet points' });
    await ask('What did you say of weaving?');
    await ended();
    await page.getByRole('button', { name: 'Share, export or print' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Download as Markdown' }).click()]);
    const markdown = await readFile(await download.path(), 'utf8');
    expect(download.suggestedFilename()).toBe('What-did-you-say-of-weaving.md');
    expect(markdown).toContain('## Ada Lovelace');
    expect(markdown).toMatch(/> \[1\] .+: /);
    const pdf = await page.pdf();
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');

    await page.getByRole('button', { name: 'Share, export or print' }).click();
    await page.getByRole('menuitem', { name: 'Share by link' }).click();
    await page.getByRole('button', { name: 'Make a link' }).click();
    const link = await page.getByRole('textbox', { name: 'The link' }).inputValue();
    const stranger = await visitors.newcomer();
    await stranger.goto(link);
    await stranger.getByRole('heading', { name: 'What did you say of weaving?' }).waitFor();
    expect(await replyText(stranger)).toBe(await replyText());
    await page.getByRole('button', { name: 'Revoke the link' }).click();
    await page.getByText('There is no link at present.').waitFor();
    await stranger.reload();
    await stranger.getByRole('heading', { name: 'This link shows nothing any more' }).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();

    await page.getByRole('link', { name: 'Conversations' }).click();
    await page.getByRole('searchbox').fill('nothing of the kind');
    await page.getByText('Nothing of the kind was said.').waitFor();
    await page.getByRole('searchbox').fill('You asked');
    await page.locator('.excerpt mark').first().waitFor();
    await page.getByRole('button', { name: /^Pin “What did/ }).click();
    await page.getByRole('heading', { name: 'Pinned' }).waitFor();
    await page.getByRole('button', { name: /^Archive “What did/ }).click();
    await page.getByText('Nothing of the kind was said.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: 'Pinned' }).waitFor();

    await page.getByRole('button', { name: 'Appearance, language and help' }).click();
    await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { name: 'Angeheftet' }).waitFor();
    await page.locator('.when time', { hasText: /^(gerade eben|vor )/ }).first().waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Gespräche' }).waitFor();
    expect([await page.locator('html').getAttribute('lang'), await page.title()]).toEqual(['de', 'Gespräche · Dramatis']);
    expect(visitors.takeComplaints().filter((complaint) => !complaint.includes('404'))).toEqual([]);
  });

  it('goes on in another mode and format, by keyboard alone', async () => {
    await begin();
    const message = page.getByRole('textbox', { name: 'Your message to Ada Lovelace' });
    await message.focus();
    await page.keyboard.type('What is a cycle of cards?');
    await page.keyboard.press('Enter');
    await ended();
    await page.getByRole('button', { name: /^Format:/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitemradio', { name: /^Essay/ }).focus();
    await page.keyboard.press('Enter');
    await message.focus();
    await page.keyboard.type('And of the notes?');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'On the question asked' }).waitFor();
    scene.model.script({ chunks: 60, delayMs: 300 });
    await eventually('the composer to be free', () => page.getByRole('button', { name: 'Send' }).isVisible());
    await message.focus();
    await page.keyboard.type('And of nerves?');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Stop the reply' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText(/\(stopped/).waitFor();
  });

  it('finds the conversation again in the list, and nobody else does', async () => {
    await begin();
    await ask('What did you say of weaving?');
    await ended();
    await page.getByRole('link', { name: 'Conversations' }).click();
    await page.getByRole('link', { name: /weaving/ }).click();
    await page.getByText('What did you say of weaving?', { exact: true }).waitFor();
    const address = page.url();
    const stranger = await visitors.newcomer();
    await stranger.goto('/conversations');
    await stranger.getByText('Nobody has spoken yet.').waitFor();
    await stranger.goto(address);
    await stranger.getByRole('heading', { name: 'This conversation is not here' }).waitFor();
    expect(visitors.takeComplaints().filter((complaint) => !complaint.includes('404'))).toEqual([]);
  });

  it('is told what went wrong when no provider answers, and asks again', async () => {
    scene.model.script({ fault: { kind: 'refusal' }, times: 2 });
    await begin();
    await ask(starter);
    await page.getByRole('alert').getByRole('button', { name: 'Ask again' }).click();
    await reply().waitFor();
    await eventually('the answer', async () => (await replyText()).includes('What do you make of it?'));
  });
});
