import { aCorpus, aPersona } from '@dramatis/testing/builders/persona';
import { Guest } from '@dramatis/testing/client/guest';
import { Operator } from '@dramatis/testing/client/operator';
import { type ModelServer, startModelServer } from '@dramatis/testing/model-server/model-server';
import type { CreatePersona, Persona } from '@dramatis/contracts/persona';
import { type E2eEnvironment, e2eEnvironment } from './environment.js';

/** A question that the test corpus answers. */
export const question = 'What does the keeper do with the lamp each evening?';

/** The shared product with a model server of this spec's own, and guests that leave when the spec ends. */
export class Scene {
  readonly operator: Operator;
  private readonly guests: Guest[] = [];

  private constructor(
    readonly environment: E2eEnvironment,
    private running: ModelServer,
  ) {
    this.operator = new Operator(environment.product.url, environment.product.operatorToken);
  }

  static async set(): Promise<Scene> {
    const environment = e2eEnvironment();
    return new Scene(environment, await startModelServer({ port: environment.modelPort }));
  }

  get model(): ModelServer {
    return this.running;
  }

  /** After it was stopped, so that connections to it were refused. */
  async restartModel(): Promise<void> {
    this.running = await startModelServer({ port: this.environment.modelPort });
  }

  guest(): Guest {
    const guest = new Guest(this.environment.product.url);
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
