import { join } from 'node:path';
import { startStack } from '../../stack/stack.mjs';
import { build } from '../../stack/start/build.mjs';
import { installDependencies } from '../../stack/start/dependencies.mjs';
import { findChromium } from './chromium.mjs';

/** @typedef {'packages' | 'build' | 'servers' | 's3' | 'chromium'} PreparationName */

/**
 * What suites need before they can run. All of it is begun at once and side by side; each suite waits for its own.
 */
export class Preparations {
  /** @type {Map<PreparationName, Promise<Record<string, string>>>} */
  #begun = new Map();
  #ended = new AbortController();
  /** @type {import('../../stack/stack.mjs').Stack[]} */
  #stacks = [];

  /**
   * @param {object} options
   * @param {string} options.root the checkout
   * @param {string} options.folder where the servers keep their data
   * @param {import('../../stack/lib/progress.mjs').Progress} options.progress
   * @param {AbortSignal} options.signal
   */
  constructor({ root, folder, progress, signal }) {
    this.root = root;
    this.folder = folder;
    this.progress = progress;
    signal.addEventListener('abort', () => this.#ended.abort(), { once: true });
  }

  /** @param {Iterable<PreparationName>} names */
  begin(names) {
    for (const name of names) void this.#one(name);
  }

  /**
   * @param {readonly PreparationName[]} names
   * @returns {Promise<Record<string, string>>} what they add to the environment
   * @throws {import('../../stack/lib/stack-error.mjs').StackError} of the one that failed
   */
  async wait(names) {
    const parts = await Promise.all(names.map((name) => this.#one(name)));
    return Object.assign({}, ...parts);
  }

  /** Ends what still goes on, and stops the servers. */
  async end() {
    this.#ended.abort();
    await Promise.allSettled(this.#begun.values());
    await Promise.all(this.#stacks.map((stack) => stack.stop()));
  }

  /** @param {PreparationName} name */
  #one(name) {
    const known = this.#begun.get(name);
    if (known !== undefined) return known;
    const begun = this.#begin(name);
    // Whoever waits for it is told; nobody waits for what no suite came to.
    begun.catch(() => undefined);
    this.#begun.set(name, begun);
    return begun;
  }

  /**
   * @param {PreparationName} name
   * @returns {Promise<Record<string, string>>}
   */
  async #begin(name) {
    switch (name) {
      case 'packages':
        return this.#step('Packages', (context) => installDependencies(this.root, context));
      case 'build':
        await this.#one('packages');
        return this.#step('Build', (context) => build(this.root, context));
      case 'chromium': {
        let path = '';
        await this.#step('Chromium', async (context) => (path = await findChromium(context)));
        return { CHROMIUM_PATH: path };
      }
      case 'servers':
        return this.#startServers('servers');
      case 's3':
        return this.#startServers('s3', ['s3']);
    }
  }

  /**
   * @param {string} name
   * @param {(context: { signal: AbortSignal, report: (text: string) => void }) => Promise<string>} action gives what was done
   */
  async #step(name, action) {
    this.progress.done(name, await action({ signal: this.#ended.signal, report: (text) => this.progress.update(name, text) }));
    return {};
  }

  /**
   * @param {string} folder
   * @param {import('../../stack/stack.mjs').StackOptions['only']} [only]
   */
  async #startServers(folder, only) {
    const { progress } = this;
    const stack = await startStack({
      dataDir: join(this.folder, folder),
      only,
      ports: 'free',
      signal: this.#ended.signal,
      log: ({ kind, name, text }) => {
        if (kind === 'progress') progress.update(name, text);
        else if (kind === 'warning') progress.warn(name, text);
        else progress.done(name, text);
      },
    });
    this.#stacks.push(stack);
    return { ...stack.env };
  }
}
