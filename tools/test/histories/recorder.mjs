import { aCorpus, aPersona } from '@dramatis/testing/builders/persona';
import { Guest } from '@dramatis/testing/client/guest';
import { Operator } from '@dramatis/testing/client/operator';
import { startEmbeddingServer } from '@dramatis/testing/embedding-server/embedding-server';
import { eventually } from '@dramatis/testing/eventually';
import { startModelServer } from '@dramatis/testing/model-server/model-server';
import { startProduct } from '@dramatis/testing/product/product';
import { providersAt } from '@dramatis/testing/product/providers';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { withoutTraces } from './without-traces.mjs';

/** @typedef {{ events: Record<string, any>[] }} History */

/** A product with servers of models and of another embedder, and a client that fetches its workflows' histories. */
export class HistoryRecorder {
  /**
   * @param {object} parts
   * @param {import('../../stack/stack.mjs').Stack} parts.stack
   * @param {string} parts.root
   * @param {import('@dramatis/testing/model-server/model-server').ModelServer} parts.model
   * @param {import('@dramatis/testing/embedding-server/embedding-server').EmbeddingServer} parts.embedding
   * @param {import('@dramatis/testing/product/product').Product} parts.product
   * @param {Connection} parts.connection
   */
  constructor({ stack, root, model, embedding, product, connection }) {
    this.stack = stack;
    this.root = root;
    this.model = model;
    this.embedding = embedding;
    this.product = product;
    this.connection = connection;
    this.client = new Client({ connection, namespace: product.namespace });
    this.operator = new Operator(product.url, product.operatorToken);
    this.guest = new Guest(product.url);
  }

  /** @param {{ stack: import('../../stack/stack.mjs').Stack, folder: string, root: string }} options */
  static async start({ stack, folder, root }) {
    const model = await startModelServer();
    const dimensions = 64;
    const embedding = await startEmbeddingServer({ dimensions });
    const env = {
      ...providersAt(model.url),
      OLLAMA_BASE_URL: embedding.ollamaBaseUrl,
      OLLAMA_EMBEDDING_MODEL: 'stand-in-e',
      OLLAMA_EMBEDDING_DIMENSIONS: String(dimensions),
      // The published one alone, so that there is something to collect.
      DRAMATIS_RETAINED_VERSIONS: '1',
    };
    const product = await startProduct({ servers: stack.env, folder, redisDatabase: 0, env });
    const connection = await Connection.connect({ address: stack.env.TEMPORAL_ADDRESS });
    return new HistoryRecorder({ stack, root, model, embedding, product, connection });
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

  /**
   * Of a workflow that the API or another workflow started without telling its id.
   *
   * @param {string} prefix of the id
   */
  async historyOf(prefix) {
    const query = `WorkflowId STARTS_WITH "${prefix}"`;
    const workflowId = await eventually(`a workflow whose id begins with ${prefix}`, async () => {
      for await (const execution of this.client.workflow.list({ query })) return execution.workflowId;
      return null;
    });
    return this.history(workflowId);
  }

  async stop() {
    this.guest.leave();
    await this.connection.close();
    await this.product.stop();
    await this.embedding.stop();
    await this.model.stop();
  }
}
