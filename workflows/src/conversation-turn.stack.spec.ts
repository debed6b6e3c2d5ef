import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type {
  ComposePromptInput,
  FinishTurnInput,
  GeneratedReply,
  GenerateReplyInput,
  TurnActivities,
} from '@dramatis/activities/turn/turn-activities';
import { attemptScopeOf, type AttemptScope } from '@dramatis/activities/generation/attempt-scope';
import { createAnswerTurn } from '@dramatis/activities/turn/answer-turn';
import { createPrepareTurn } from '@dramatis/activities/turn/prepare-turn';
import { createSettleTurn } from '@dramatis/activities/turn/settle-turn';
import type { TurnContext } from '@dramatis/activities/turn/turn-context';
import type { Verdict } from '@dramatis/contracts/turn';
import { Context } from '@temporalio/activity';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import type { conversationTurn } from './conversation-turn.js';

const address = process.env['TEMPORAL_ADDRESS']!;
const at = '2026-01-01T00:00:00.000Z';
const step = { step: 'load' as const, startedAt: at, durationMs: 1 };
const fine: Verdict = { satisfied: true, violations: [], repairs: [] };
const broken: Verdict = { satisfied: false, violations: [{ rule: 'items', message: 'too few' }], repairs: [] };

/** Activities that play a turn from a script and write down how it was told. */
class PlayedActivities implements TurnActivities {
  readonly calls: string[] = [];
  readonly composed: ComposePromptInput[] = [];
  readonly generations: GenerateReplyInput[] = [];
  readonly scopes: AttemptScope[] = [];
  readonly endings: FinishTurnInput[] = [];
  verdicts: Verdict[] = [];
  /** What goes wrong, by step or `generate:<provider>`, in order; undefined means that this call succeeds. */
  faults = new Map<string, (Error | undefined)[]>();
  providers = ['first', 'second'];
  generating: ((scope: AttemptScope) => Promise<void>) | undefined;
  readonly taskQueue = `spec-${randomUUID()}`;

  private readonly preparing = createPrepareTurn(this);

  prepareTurn: TurnActivities['prepareTurn'] = (input) => this.preparing.prepareTurn(input);

  private readonly answering = createAnswerTurn(
    {
      turns: { find: async () => null },
      contexts: { get: async () => ({ turn: { status: 'running' } }) as TurnContext },
      handOver: { taskQueue: this.taskQueue, atOnce: 10, afterMs: 100, stopping: new AbortController().signal },
    },
    {
      prepareTurn: (input) => this.prepareTurn(input),
      settleTurn: (input) => this.settleTurn(input),
      generate: (input, scope) => this.generate(input, scope),
    },
  );

  beginAnswer: TurnActivities['beginAnswer'] = (input) => this.answering.beginAnswer(input);

  awaitAnswer: TurnActivities['awaitAnswer'] = (input) => {
    this.calls.push('awaitAnswer');
    return this.answering.awaitAnswer(input);
  };

  answerTurn: TurnActivities['answerTurn'] = (input) => {
    this.calls.push('answerTurn');
    return this.answering.answerTurn(input);
  };

  settleTurn: TurnActivities['settleTurn'] = (input) => createSettleTurn(this).settleTurn(input);

  loadTurn: TurnActivities['loadTurn'] = async () => {
    this.play('loadTurn');
    return {
      personaName: 'Ada',
      mode: 'educator',
      format: 'bullet_points',
      personaVersion: 1,
      corpusVersion: 1,
      route: this.providers.map((provider) => ({ provider, model: 'm', builtIn: false })),
      step,
    };
  };

  retrievePassages: TurnActivities['retrievePassages'] = async () => {
    this.play('retrievePassages');
    return { passages: [{ passageId: 'p', score: 1, lexicalRank: 1, vectorRank: 1 }], grounded: true, ungroundedReason: null, step };
  };

  composePrompt: TurnActivities['composePrompt'] = async (input) => {
    this.composed.push(input);
    this.play('composePrompt');
    return { promptHash: 'hash', step };
  };

  generateReply: TurnActivities['generateReply'] = (input) => this.generate(input, attemptScopeOf(Context.current()));

  private async generate(input: GenerateReplyInput, scope: AttemptScope): Promise<GeneratedReply> {
    this.generations.push(input);
    this.scopes.push(scope);
    this.play(`generate:${input.provider}`);
    await this.generating?.(scope);
    return {
      draftKey: `draft-${this.generations.length}`,
      attempt: this.generations.length,
      provider: input.provider,
      model: 'm',
      builtIn: false,
      purpose: input.purpose,
      usage: { inputTokens: 1, outputTokens: 1, estimated: false },
      startedAt: at,
      endedAt: at,
      timeToFirstTokenMs: 1,
      sinceMessageMs: 1,
      step,
    };
  }

  judgeReply: TurnActivities['judgeReply'] = async ({ draftKey }) => {
    this.play('judgeReply');
    return { draftKey, formatVerdict: this.verdicts.shift() ?? fine, modeVerdict: fine, removedCitations: 0, step };
  };

  finishTurn: TurnActivities['finishTurn'] = async (input) => {
    this.play('finishTurn');
    this.endings.push(input);
    return { status: input.status };
  };

  private play(call: string): void {
    this.calls.push(call);
    const fault = this.faults.get(call)?.shift();
    if (fault) throw fault;
  }
}

let connection: Connection;
let native: NativeConnection;
let client: Client;
let workflowBundle: WorkflowBundle;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  connection = await Connection.connect({ address });
  native = await NativeConnection.connect({ address });
  client = new Client({ connection });
  workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./index.ts', import.meta.url)),
    webpackConfigHook: (config) => ({ ...config, resolve: { ...config.resolve, conditionNames: ['source', 'import', 'default'] } }),
  });
}, 60_000);

afterAll(async () => {
  await connection.close();
  await native.close();
});

async function played(
  activities: PlayedActivities,
  meanwhile: (handle: WorkflowHandle<typeof conversationTurn>) => Promise<void> = async () => {},
): Promise<FinishTurnInput> {
  const { taskQueue } = activities;
  const implementations = Object.fromEntries(Object.entries(activities).filter(([, value]) => typeof value === 'function'));
  const worker = await Worker.create({ connection: native, taskQueue, workflowBundle, activities: implementations, maxHeartbeatThrottleInterval: 50 });
  await worker.runUntil(async () => {
    const handle = await client.workflow.start<typeof conversationTurn>('conversationTurn', {
      taskQueue,
      workflowId: `spec/${randomUUID()}`,
      args: [{ turnId: 'turn' }],
    });
    await meanwhile(handle);
    const { status } = await handle.result();
    expect(status).toBe(activities.endings[0]!.status);
  });
  expect(activities.endings).toHaveLength(1);
  return activities.endings[0]!;
}

const permanent = (type: string) => ApplicationFailure.nonRetryable(`failed with ${type}`, type);
const transient = (type: string) => ApplicationFailure.create({ type, message: `failed with ${type}`, nextRetryDelay: 10 });

describe('conversationTurn', () => {
  it('tells the story once when all is well', async () => {
    const activities = new PlayedActivities();
    const ending = await played(activities);
    expect([...activities.calls].sort()).toEqual(['composePrompt', 'finishTurn', 'generate:first', 'judgeReply', 'loadTurn', 'retrievePassages']);
    expect(ending).toMatchObject({ status: 'completed', draftKey: 'draft-1', promptHash: 'hash', generated: { provider: 'first' } });
  });

  it('asks the same provider again after a transient failure', async () => {
    const activities = new PlayedActivities();
    activities.faults.set('generate:first', [transient('overloaded'), undefined]);
    expect(await played(activities)).toMatchObject({ status: 'completed', generated: { provider: 'first' } });
    expect(activities.generations).toHaveLength(2);
  });

  it('asks the next provider after a permanent failure, with a prompt of its own, and says why', async () => {
    const activities = new PlayedActivities();
    activities.faults.set('generate:first', [permanent('refused')]);
    expect(await played(activities)).toMatchObject({ status: 'completed', generated: { provider: 'second' } });
    expect(activities.composed.map(({ provider }) => provider)).toEqual(['first', 'second']);
    expect(activities.generations[1]!.discard.code).toBe('refused');
  });

  it('fails with the last reason when no provider is left', async () => {
    const activities = new PlayedActivities();
    activities.faults.set('generate:first', [permanent('refused')]);
    activities.faults.set('generate:second', [permanent('not_authorised')]);
    expect(await played(activities)).toMatchObject({ status: 'failed', failure: { code: 'not_authorised' } });
  });

  it('fails with a typed reason when there is no provider at all', async () => {
    const activities = new PlayedActivities();
    activities.providers = [];
    expect(await played(activities)).toMatchObject({ status: 'failed', failure: { code: 'no_provider' } });
  });

  it('fails when the persona is not there, without asking any provider', async () => {
    const activities = new PlayedActivities();
    activities.faults.set('loadTurn', [permanent('persona_not_found'), permanent('persona_not_found')]);
    expect(await played(activities)).toMatchObject({ status: 'failed', failure: { code: 'persona_not_found' } });
    expect(activities.generations).toEqual([]);
  });

  it('goes on without passages when search stays away', async () => {
    const activities = new PlayedActivities();
    activities.faults.set('retrievePassages', [new Error('away'), permanent('search_unavailable')]);
    expect(await played(activities)).toMatchObject({
      status: 'completed',
      retrieved: { passages: [], grounded: false, ungroundedReason: 'search_unavailable' },
    });
  });

  it('is patient with a step that failed beside the workflow task', async () => {
    const activities = new PlayedActivities();
    for (const call of ['loadTurn', 'retrievePassages', 'composePrompt', 'judgeReply', 'finishTurn']) {
      activities.faults.set(call, [new Error('away for a moment'), undefined]);
    }
    expect(await played(activities)).toMatchObject({ status: 'completed', retrieved: { grounded: true } });
  });

  it('asks once more for a reply that broke its format, told what it violated', async () => {
    const activities = new PlayedActivities();
    activities.verdicts = [broken, fine];
    expect(await played(activities)).toMatchObject({ status: 'completed', draftKey: 'draft-2', judged: { formatVerdict: fine } });
    expect(activities.endings[0]!.passedOver).toMatchObject({ attempt: 1, purpose: 'reply' });
    expect(activities.generations[1]).toMatchObject({ purpose: 'format_correction', correction: { violations: broken.violations }, discard: { code: 'format_violation' } });
    expect(activities.composed[1]).toMatchObject({ correction: { draftKey: 'draft-1' } });
  });

  it('delivers the better of two replies that both break the format, marked', async () => {
    const activities = new PlayedActivities();
    activities.verdicts = [broken, { ...broken, violations: [...broken.violations, ...broken.violations] }];
    expect(await played(activities)).toMatchObject({ status: 'completed', draftKey: 'draft-1', judged: { formatVerdict: broken }, replacesShown: true });
    expect(activities.generations).toHaveLength(2);
  });

  it('delivers the first reply when its correction fails', async () => {
    const activities = new PlayedActivities();
    activities.verdicts = [broken];
    activities.faults.set('generate:first', [undefined, permanent('refused')]);
    expect(await played(activities)).toMatchObject({ status: 'completed', draftKey: 'draft-1' });
  });

  it('hands a reply that takes long over to an activity of the process that makes it', async () => {
    const activities = new PlayedActivities();
    activities.generating = () => delay(400);
    expect(await played(activities)).toMatchObject({ status: 'completed', generated: { provider: 'first' } });
    expect(activities.calls.filter((call) => /^(generate|await|answer)/.test(call))).toEqual(['generate:first', 'awaitAnswer']);
  });

  it('tries again what failed after it was handed over, and says how it ended', async () => {
    const activities = new PlayedActivities();
    activities.generating = async () => {
      if (activities.generations.length > 1) return;
      await delay(300);
      throw transient('overloaded');
    };
    expect(await played(activities)).toMatchObject({ status: 'completed', generated: { provider: 'first' } });
    expect(activities.calls.filter((call) => /^(generate|await|answer)/.test(call))).toEqual(['generate:first', 'awaitAnswer', 'answerTurn', 'generate:first']);
    expect(activities.scopes[1]).toMatchObject({ number: 2, before: { code: 'overloaded', reason: 'failed with overloaded' } });
  });

  it('asks a provider three times at most', async () => {
    const activities = new PlayedActivities();
    activities.faults.set('generate:first', ['a', 'b', 'c', 'd'].map(() => transient('overloaded')));
    expect(await played(activities)).toMatchObject({ status: 'completed', generated: { provider: 'second' } });
    expect(activities.generations.map(({ provider }) => provider)).toEqual(['first', 'first', 'first', 'second']);
  });

  it('begins elsewhere when the process that had it in hand is gone', async () => {
    const activities = new PlayedActivities();
    const begun = activities.beginAnswer;
    activities.beginAnswer = async (input) => ({ ...(await begun(input)), answered: null, taskQueue: `gone-${randomUUID()}` });
    activities.generating = () => delay(1_000);
    expect(await played(activities)).toMatchObject({ status: 'completed' });
    expect(activities.calls).toContain('answerTurn');
  });

  it('answers as an activity like any other where a process has its hands full', async () => {
    const activities = new PlayedActivities();
    activities.beginAnswer = async () => ({ answered: null, taskQueue: null });
    expect(await played(activities)).toMatchObject({ status: 'completed' });
    expect(activities.calls).toContain('answerTurn');
    expect(activities.generations).toHaveLength(1);
  });

  it('ends as cancelled when the attempt failed by itself while it was being cancelled', async () => {
    const activities = new PlayedActivities();
    let began = (): void => {};
    const generating = new Promise<void>((resolve) => (began = resolve));
    activities.generating = async ({ signal }) => {
      began();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw transient('rate_limited');
    };
    const ending = await played(activities, async (handle) => {
      await generating;
      await handle.cancel();
    });
    expect(ending.status).toBe('cancelled');
    expect(activities.generations).toHaveLength(1);
  });

  it('ends as cancelled while a provider is being waited for, and stores so', async () => {
    const activities = new PlayedActivities();
    let began = (): void => {};
    const generating = new Promise<void>((resolve) => (began = resolve));
    activities.generating = async ({ signal }) => {
      began();
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    };
    const ending = await played(activities, async (handle) => {
      await generating;
      await handle.cancel();
    });
    expect(ending).toMatchObject({ status: 'cancelled', retrieved: { grounded: true } });
    expect(ending.draftKey).toBeUndefined();
  });
});
