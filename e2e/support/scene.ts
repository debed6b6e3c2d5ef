import { join } from 'node:path';
import type { CreatePersona, Persona } from '@dramatis/contracts/persona';
import { aCorpus, aPersona } from '@dramatis/testing/builders/persona';
import { Guest } from '@dramatis/testing/client/guest';
import { Operator } from '@dramatis/testing/client/operator';
import { type ModelServer, startModelServer } from '@dramatis/testing/model-server/model-server';
import { type Product, type ServerAddresses, startProduct } from '@dramatis/testing/product/product';
import { providersAt } from '@dramatis/testing/product/providers';
import { e2eEnvironment, sharedProduct } from './environment.js';

/** A question that the test corpus answers. */
export const question = 'What does the keeper do with the lamp each evening?';

/** A product with a model server of this spec's own, and guests that leave when the spec ends. */
export class Scene {
  readonly operator: Operator;
  private readonly guests: Guest[] = [];

  protected constructor(
    readonly url: string,
    private readonly operatorToken: string,
    private running: ModelServer,
  ) {
    this.operator = new Operator(url, operatorToken);
  }

  /** On the worker and the API that most specs share. */
  static async shared(): Promise<Scene> {
    const { url, operatorToken, modelPort } = sharedProduct();
    return new Scene(url, operatorToken, await startModelServer({ port: modelPort }));
  }

  get model(): ModelServer {
    return this.running;
  }

  /** After it was stopped, so that connections to it were refused. */
  async restartModel(): Promise<void> {
    this.running = await startModelServer({ port: Number(new URL(this.running.url).port) });
  }

  guest(): Guest {
    return this.welcome(new Guest(this.url));
  }

  /** A guest who may do what operators do, such as pin a conversation. */
  curator(): Guest {
    return this.welcome(new Guest(this.url, { authorization: `Bearer ${this.operatorToken}` }));
  }

  private welcome(guest: Guest): Guest {
    this.guests.push(guest);
    return guest;
  }

  /** A persona with a small corpus; `modelRoute` says who answers. */
  persona(fields: Partial<CreatePersona> = {}): Promise<Persona> {
    return this.operator.createPersonaWithCorpus(aPersona(fields), aCorpus());
  }

  async strike(): Promise<void> {
    for (const guest of this.guests) guest.leave();
    await this.model.stop();
  }
}

export interface OwnSceneOptions {
  /** Default: the shared ones. */
  servers?: ServerAddresses;
  /** Whether no language model is configured, so that the built-in one answers. */
  withoutProviders?: boolean;
}

/** The specs that start a product of their own, by the database in Redis that each takes; 0 and 1 are the shared products'. */
const redisDatabases = { outages: 2, browser: 3, console: 5, ingestion: 6, 'killed-processes': 7 };

/** A worker and an API of this spec's own, which it may kill. */
export class OwnScene extends Scene {
  private constructor(
    readonly product: Product,
    model: ModelServer,
  ) {
    super(product.url, product.operatorToken, model);
  }

  static async set(name: keyof typeof redisDatabases, { servers = e2eEnvironment().servers, withoutProviders = false }: OwnSceneOptions = {}): Promise<OwnScene> {
    const model = await startModelServer();
    const env = withoutProviders ? {} : providersAt(model.url);
    const product = await startProduct({ servers, folder: join(e2eEnvironment().folder, name), redisDatabase: redisDatabases[name], env });
    return new OwnScene(product, model);
  }

  override async strike(): Promise<void> {
    await super.strike();
    await this.product.stop();
  }
}
