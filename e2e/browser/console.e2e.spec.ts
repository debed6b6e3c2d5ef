import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { pngWithCard } from '@dramatis/character-card/png-card';
import { eventually } from '@dramatis/testing/eventually';
import { accessibilityFaults } from '../support/accessibility.js';
import { Visitors } from '../support/browser.js';
import { OwnScene } from '../support/scene.js';

const lampNotes = `# The lamp

Every evening the keeper Elias Thorne trims the wick and polishes the great lens of Skerry Head with a chamois cloth.

# The storm

In the storm of 1861 Elias Thorne rowed to the schooner Marigold and brought nine sailors ashore. Captain Ruth Harrow thanked him in a letter.`;
const letters = `# A letter of Captain Harrow

Captain Ruth Harrow wrote to Elias Thorne that the crew of the Marigold owed their lives to the light at Skerry Head.`;
/** The signature of an archive, and nothing that an archive needs. */
const brokenArchive = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), Buffer.alloc(600, 7)]);

/** A curator who has only the console: each step stands on the ones before. */
describe('a curator with a browser', () => {
  let scene: OwnScene;
  let visitors: Visitors;
  let page: Page;

  beforeAll(async () => {
    scene = await OwnScene.set('console', { withoutProviders: true });
    visitors = await Visitors.arrive(scene.url);
    page = await visitors.newcomer();
  });
  afterAll(async () => {
    await visitors?.close();
    await scene?.strike();
  });
  afterEach(() => expect(visitors.takeComplaints()).toEqual([]));

  const corpus = (path: string) => `/console/corpora/elias-thorne/${path}`;
  const panel = () => page.getByRole('dialog');
  const row = (name: string | RegExp) => page.getByRole('row').filter({ hasText: name });

  async function runEnds(words: string): Promise<void> {
    await page.waitForURL(/\/runs\//);
    await page.locator('.page-head dr-status-mark').getByText(words, { exact: true }).waitFor();
  }

  it('is told that no language model is configured', async () => {
    await page.goto('/');
    await page.getByText('No language model is configured.').waitFor();
  });

  it('is told that a token is wrong, and signs in with the right one', async () => {
    await page.goto(corpus('sources'));
    await page.getByText('With the operator token').click();
    await page.getByLabel('Operator token').fill('not-the-token');
    await page.getByRole('button', { name: 'Open the console' }).click();
    await page.getByText('This is not the operator token of this installation.').waitFor();
    // The browser tells of the answer that refused it.
    expect(visitors.takeComplaints().every((complaint) => complaint.includes('401'))).toBe(true);
    await page.goto('/console');
    await page.getByText('With the operator token').click();
    await page.getByLabel('Operator token').fill(scene.product.operatorToken);
    await page.getByRole('button', { name: 'Open the console' }).click();
    await page.getByRole('heading', { name: 'Corpora' }).waitFor();
    expect(await page.evaluate(() => ({ ...localStorage }))).not.toHaveProperty('dramatis.operator-token');
  });

  it('makes a persona', async () => {
    await page.getByRole('link', { name: 'New persona' }).first().click();
    await page.getByLabel('Name', { exact: true }).fill('Elias Thorne');
    await page.getByRole('textbox', { name: 'Who they are' }).fill('A lighthouse keeper who writes down what he sees.');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.waitForURL(`**${corpus('persona')}`);
    await page.goto(corpus('sources'));
    await page.getByText('Nothing to read yet.').waitFor();
  });

  it('pastes a text, runs it and watches it become the first version', async () => {
    await page.getByRole('link', { name: 'Paste a text' }).click();
    await panel().getByLabel('Text', { exact: true }).fill(lampNotes);
    await panel().getByLabel('It is Markdown, with headings').check();
    await panel().getByRole('button', { name: 'Add and run' }).click();
    await runEnds('Completed');
    await page.getByText('It published version 1.').waitFor();
    await page.getByRole('link', { name: 'The lamp' }).click();
    await panel().getByRole('heading', { name: 'Timeline' }).waitFor();
    await panel().getByText('polishes the great lens').last().waitFor();
    await panel().getByRole('button', { name: 'Passage 1', exact: true }).click();
    await panel().getByRole('link', { name: 'Where it comes from' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('uploads files, sees which cannot be read and why, and mends it', async () => {
    await page.goto(corpus('sources?add=upload'));
    await panel().locator('input[type=file]').setInputFiles([
      { name: 'letters.md', mimeType: 'text/markdown', buffer: Buffer.from(letters) },
      { name: 'log.docx', mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', buffer: brokenArchive },
      { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    ]);
    await panel().getByText('The file is empty.').waitFor();
    await eventually('both files to be sent', async () => (await panel().getByRole('button', { name: 'Add and run' }).getAttribute('aria-disabled')) === 'false');
    expect(await accessibilityFaults(page)).toEqual([]);
    await panel().getByLabel('Name of the source').fill('Papers of the keeper');
    await panel().getByRole('button', { name: 'Add and run' }).click();
    await runEnds('Completed, some failed');
    await page.getByRole('link', { name: /^Failed 1$/ }).click();
    await page.getByRole('link', { name: 'log', exact: true }).click();
    await panel().locator('.reason').waitFor();
    expect((await panel().locator('.reason').innerText()).length).toBeGreaterThan(20);
    const download = page.waitForEvent('download');
    await panel().getByRole('button', { name: 'Download' }).click();
    expect((await download).suggestedFilename()).toBe('log.docx');

    // The keeper sends the file once more, whole this time, as a text of the same name.
    await page.goto(corpus('sources'));
    await page.getByRole('link', { name: 'Papers of the keeper' }).click();
    await panel().getByRole('button', { name: 'Take out log' }).click();
    await page.getByRole('dialog', { name: /Take out “log”/ }).getByRole('button', { name: 'Take out' }).click();
    await panel().getByRole('button', { name: 'Take out log' }).waitFor({ state: 'detached' });
    await panel().getByRole('button', { name: 'Add or replace files' }).click();
    await panel().locator('input[type=file]').setInputFiles([{ name: 'log.txt', mimeType: 'text/plain', buffer: Buffer.from('The log of Skerry Head says that the oil came late in March, and that Elias Thorne wrote to the harbour office twice.') }]);
    await panel().getByText('txt', { exact: true }).waitFor();
    await panel().getByRole('button', { name: 'Add', exact: true }).click();
    await panel().getByRole('button', { name: 'Add or replace files' }).waitFor();
    await panel().getByRole('button', { name: 'Run now' }).click();
    await runEnds('Completed');
    await page.getByText('It published version 3.').waitFor();
  });

  it('finds a passage in the search, by words and by meaning', async () => {
    await page.goto(corpus('search'));
    await page.getByRole('searchbox', { name: 'A question' }).fill('Who rowed to the schooner in the storm?');
    await page.getByRole('button', { name: 'Search' }).click();
    await row('Kept').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await row('Kept').first().getByRole('link').click();
    await panel().getByText(/place 1, BM25/).waitFor();
  });

  it('talks with the persona, and follows a citation to its source', async () => {
    await page.goto('/personas/elias-thorne');
    await page.getByRole('button', { name: 'Begin a conversation' }).click();
    await page.getByRole('textbox').fill('What do you do with the great lens every evening?');
    await page.keyboard.press('Enter');
    await page.locator('dr-reply button.cite').first().click();
    await panel().getByRole('link', { name: 'Where this passage comes from' }).click();
    await page.getByRole('heading', { name: 'Where a passage comes from' }).waitFor();
    for (const heading of ['Passage', 'Document, as it was', 'Original', 'Run', 'Source']) await page.getByRole('heading', { name: heading, exact: true }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(visitors.takeComplaints()).toEqual([]);
  });

  it('tries a change of the persona as a draft, and publishes it', async () => {
    const reader = await visitors.newcomer();
    const roleRead = async (): Promise<string> => {
      await reader.goto('/personas/elias-thorne');
      await reader.getByRole('heading', { name: 'Elias Thorne' }).waitFor();
      return reader.locator('article header').innerText();
    };
    await page.goto(corpus('persona'));
    await page.getByLabel('Role', { exact: true }).fill('keeper of Skerry Head');
    await page.getByRole('button', { name: 'Try it' }).click();
    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByText('which no reader sees').waitFor();
    await preview.getByRole('textbox').fill('Who wrote a letter about the light at Skerry Head?');
    await page.keyboard.press('Enter');
    await preview.locator('dr-reply button.cite').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await roleRead()).not.toContain('Skerry Head');
    await preview.getByRole('link', { name: 'Open the preview on a page of its own' }).click();
    await page.getByText('Preview of the draft').waitFor();
    await page.getByText('keeper of Skerry Head').waitFor();
    await page.getByRole('link', { name: 'Back to the editor' }).click();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Readers now see this Elias Thorne.').waitFor();
    expect(await roleRead()).toContain('keeper of Skerry Head');
    await reader.context().close();
  });

  it('compares two versions, rolls back, and publishes again', async () => {
    await page.goto(corpus('compare?from=1&to=3'));
    await row('A letter of Captain Harrow').or(row('letters')).first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto(corpus('versions'));
    await page.getByRole('link', { name: 'Roll back to version 1' }).click();
    await panel().getByLabel('Why').fill('To see the beginning again');
    await panel().getByRole('button', { name: 'Roll back to version 1' }).click();
    await page.getByText('Version 1, 1 document').waitFor();
    await page.getByRole('link', { name: 'Publish version 3' }).click();
    await panel().getByRole('button', { name: 'Publish version 3' }).click();
    await page.getByText('Version 3, 3 documents').waitFor();
    await page.getByRole('link', { name: 'Note of version 1' }).click();
    expect(await panel().getByRole('textbox', { name: 'Note' }).inputValue()).toBe('To see the beginning again');
    await panel().getByRole('textbox', { name: 'Note' }).fill('The lamp and the storm alone');
    await panel().getByRole('button', { name: 'Save' }).click();
    await row('The lamp and the storm alone').waitFor();
  });

  it('sees who did what', async () => {
    await page.goto('/console/audit?action=corpusVersions');
    await row('corpusVersions.rollBack').first().waitFor();
    await row('corpusVersions.publish').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('lets a version wait until it was looked at', async () => {
    await page.goto(corpus('sources?add=text'));
    await panel().getByLabel('Text', { exact: true }).fill('A note that nobody shall read.');
    await panel().getByRole('radio', { name: 'let it wait until somebody has looked at it' }).check();
    await panel().getByRole('button', { name: 'Add and run' }).click();
    await runEnds('Waits to be published');
    await page.getByText('Version 3, 3 documents').waitFor();
    await page.getByRole('link', { name: 'Compare it with what is published' }).click();
    await page.getByRole('heading', { name: 'From version 3 to version 4' }).waitFor();
  });

  it('makes a persona from a card in a picture, sees it in the list, and takes the card along again', async () => {
    const data = { name: 'Ruth Harrow', description: 'Captain of the schooner Marigold.', tags: ['ships'], creator: 'the keeper', extensions: { 'other-program': 1 } };
    const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 200, height: 200 } });
    const card = pngWithCard(picture, { chara: JSON.stringify({ spec: 'chara_card_v2', spec_version: '2.0', data }) });
    await page.goto('/console');
    await page.getByRole('link', { name: 'Import' }).click();
    await page.locator('input[type=file]').setInputFiles({ name: 'ruth.png', mimeType: 'image/png', buffer: Buffer.from(card) });
    await page.getByText('extensions/other-program').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make the draft' }).click();
    await runEnds('Completed');
    await page.getByRole('button', { name: 'Export this persona' }).click();
    await page.getByRole('menuitem', { name: 'The draft' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'as JSON (V2)' }).click()]);
    const exported = JSON.parse(readFileSync(await download.path(), 'utf8')) as { data: object };
    expect(exported.data).toMatchObject(data);
    await page.goto('/console');
    await row('Ruth Harrow').getByText('Draft').waitFor();
  });

  it('signs out, and the console asks again', async () => {
    await page.goto('/console');
    await page.getByRole('button', { name: 'Forget the token' }).click();
    await page.getByText('With the operator token').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
