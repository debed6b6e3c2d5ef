/**
 * A page of which pictures are taken.
 *
 * @typedef {object} PictureOf
 * @property {string} name of the file
 * @property {string} title
 * @property {string | ((stage: import('./stage.mjs').Stage) => string)} path
 * @property {boolean} [visitor] seen by somebody without an account
 * @property {(tab: import('playwright-core').Page, stage: import('./stage.mjs').Stage) => Promise<unknown>} [ready] opens what is to be seen
 */

const corpus = '/console/corpora/ada-lovelace';

/** @type {readonly PictureOf[]} */
export const pages = [
  { name: 'gallery', title: 'Personas', path: '/', visitor: true },
  { name: 'persona', title: 'A persona', path: '/personas/ada-lovelace', visitor: true },
  { name: 'conversation', title: 'A conversation', path: ({ conversationId }) => `/conversations/${conversationId}` },
  {
    name: 'answer',
    title: 'How an answer was made',
    path: ({ conversationId }) => `/conversations/${conversationId}`,
    ready: async (tab) => {
      await tab.getByRole('button', { name: 'How this answer was made' }).last().click();
      await tab.getByRole('dialog').getByRole('heading', { name: 'Attempts' }).waitFor();
    },
  },
  {
    name: 'passage',
    title: 'The passage behind a citation',
    path: ({ conversationId }) => `/conversations/${conversationId}`,
    ready: async (tab) => {
      await tab.locator('dr-reply button.cite').first().click();
      await tab.getByRole('dialog').locator('mark').first().waitFor();
    },
  },
  { name: 'conversations', title: 'Conversations', path: '/conversations' },
  { name: 'shared', title: 'A shared conversation', path: ({ shareToken }) => `/shared/${shareToken}`, visitor: true },
  { name: 'sign-in', title: 'Sign in', path: '/account/sign-in', visitor: true },
  { name: 'sign-up', title: 'Make an account', path: '/account/sign-up', visitor: true },
  { name: 'forgotten', title: 'Forgotten password', path: '/account/forgotten', visitor: true },
  { name: 'account', title: 'Your account', path: '/account' },
  { name: 'console-corpora', title: 'Console: corpora', path: '/console' },
  { name: 'console-persona', title: 'Console: a persona being edited', path: `${corpus}/persona` },
  { name: 'console-persona-versions', title: 'Console: versions of a persona', path: `${corpus}/persona-versions` },
  { name: 'console-persona-compare', title: 'Console: two versions of a persona compared', path: `${corpus}/persona-compare` },
  { name: 'console-new-persona', title: 'Console: a new persona', path: '/console/personas/new' },
  { name: 'console-import', title: 'Console: a card or bundle being imported', path: '/console/personas/import' },
  { name: 'console-modes', title: 'Console: modes and formats', path: '/console/modes' },
  { name: 'console-overview', title: 'Console: overview of a corpus', path: `${corpus}/overview` },
  { name: 'console-sources', title: 'Console: sources', path: `${corpus}/sources` },
  { name: 'console-runs', title: 'Console: runs', path: `${corpus}/runs` },
  { name: 'console-run-ended', title: 'Console: a run', path: ({ ingestionId }) => `${corpus}/runs/${ingestionId}` },
  { name: 'console-versions', title: 'Console: versions of a corpus', path: `${corpus}/versions` },
  { name: 'console-comparison', title: 'Console: two versions compared', path: `${corpus}/compare` },
  { name: 'console-graph', title: 'Console: graph of names', path: `${corpus}/graph` },
  { name: 'console-search', title: 'Console: search playground', path: `${corpus}/search?q=punched+cards` },
  { name: 'console-lineage', title: 'Console: lineage of a passage', path: ({ passageId }) => `/console/passages/${passageId}` },
  { name: 'console-import', title: 'Console: import of a persona', path: '/console/personas/import' },
  { name: 'console-accounts', title: 'Console: accounts', path: '/console/accounts' },
  { name: 'console-quotas', title: 'Console: quotas', path: '/console/quotas' },
  { name: 'console-audit', title: 'Console: audit log', path: '/console/audit' },
];

/**
 * Until the page shows what it has, and not the shape of it.
 *
 * @param {import('playwright-core').Page} tab
 */
export async function settled(tab) {
  await tab.getByRole('heading').first().waitFor();
  await tab.locator('[aria-busy="true"], .skeleton').first().waitFor({ state: 'detached' });
  await tab.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => null);
}
