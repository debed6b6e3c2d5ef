import { aCorpus, aPersona } from '@dramatis/testing/builders/persona';
import { Guest } from '@dramatis/testing/client/guest';
import { Operator } from '@dramatis/testing/client/operator';
import { startModelServer } from '@dramatis/testing/model-server/model-server';
import { startProduct } from '@dramatis/testing/product/product';
import { providersAt } from '@dramatis/testing/product/providers';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { withoutTraces } from './without-traces.mjs';

/** @typedef {{ events: Record<string, any>[] }} History */

/** A product with a model server, and a client that fetches its workflows' histories. */
export class HistoryRecorder {
  /**
   * @param {object} parts
   * @param {import('../../stack/stack.mjs').Stack} parts.stack
   * @param {string} parts.root
   * @param {import('@dramatis/testing/model-server/model-server').ModelServer} parts.model
   * @param {import('@dramatis/testing/product/product').Product} parts.product
   * @param {Connection} parts.connection
   */
  constructor({ stack, root, model, product, connection }) {
    this.stack = stack;
    this.root = root;
    this.model = model;
    this.product = product;
    this.connection = connection;
    this.client = new Client({ connection, namespace: product.namespace });
    this.operator = new Operator(product.url, product.operatorToken);
    this.guest = new Guest(product.url);
  }

  /** @param {{ stack: import('../../stack/stack.mjs').Stack, folder: string, root: string }} options */
  static async start({ stack, folder, root }) {
    const model = await startModelServer();
    const product = await startProduct({ servers: stack.env, folder, redisDatabase: 0, env: providersAt(model.url) });
    const connection = await Connection.connect({ address: stack.env.TEMPORAL_ADDRESS });
    return new HistoryRecorder({ stack, root, model, product, connection });
  }

  /** @param {readonly string[]} modelRoute */
  persona(modelRoute) {
    return this.operator.createPersonaWithCorpus(aPersona({ modelRoute: [...modelRoute] }), aCorpus());
  }

  /**
   * A turn to its end, as its history.
   *
   * @param {object} options
   * @param {readonly string[]} options.modelRoute
   * @param {import('@dramatis/contracts/format').ResponseFormat} [options.format]
   * @param {string} options.expected how the turn must end
   * @param {(turnId: string) => Promise<unknown>} [options.meanwhile]
   * @param {() => Promise<unknown>} [options.before]
   */
  async turn({ modelRoute, format = 'free', expected, meanwhile, before }) {
    const { personaId } = await this.persona(modelRoute);
    await before?.();
    const { conversationId } = await this.guest.converse(personaId, { mode: 'educator', format });
    const { turnId, workflowId } = await this.guest.ask(conversationId, { text: 'What does the keeper do with the lamp each evening?' });
    await meanwhile?.(turnId);
    const { status } = await this.guest.follow(turnId).ending();
    if (status !== expected) throw new Error(`the turn ended as ${status}, not ${expected}`);
    return this.history(workflowId);
  }

  /**
   * @param {string} workflowId
   * @returns {Promise<History>}
   */
  async history(workflowId) {
    const handle = this.client.workflow.getHandle(workflowId);
    await handle.result().catch(() => undefined);
    return withoutTraces(JSON.parse(historyToJSON(await handle.fetchHistory())), this.root);
  }

  async stop() {
    this.guest.leave();
    await this.connection.close();
    await this.product.stop();
    await this.model.stop();
  }
}
