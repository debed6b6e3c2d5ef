import { LRUCache } from 'lru-cache';
import type { AttemptScope } from '../generation/attempt-scope.js';
import type { AnsweredTurn } from './turn-activities.js';

/** More than run at once; how those ended that nobody asked about is forgotten at last. */
const remembered = 1_000;

/** An answer that this process is making, or has made. */
export class AnswerInHand {
  private readonly controller = new AbortController();
  private stops = false;
  /** What operators see with the activity that waits for this. */
  readonly told: { asking?: string } = {};
  readonly outcome: Promise<AnsweredTurn>;

  constructor(work: (scope: AttemptScope, told: AnswerInHand['told']) => Promise<AnsweredTurn>) {
    const scope: AttemptScope = {
      signal: this.controller.signal,
      workerStops: () => this.stops,
      before: null,
      first: true,
      askedAt: new Date(),
      number: 1,
      leave: () => undefined,
    };
    this.outcome = work(scope, this.told);
    // Whoever asks for it hears of its failure, and perhaps nobody does.
    this.outcome.catch(() => undefined);
  }

  /** Ends the attempt; its outcome is then this reason, unless the worker stops and another is to go on. */
  abort(reason: unknown, workerStops: boolean): void {
    this.stops = workerStops;
    this.controller.abort(reason);
  }
}

/**
 * The answers that this process makes beside workflow tasks, by turn. Each is kept after its end too: a workflow task that has to be
 * done again finds what the first time came to.
 */
export class AnswersInHand {
  private readonly answers = new LRUCache<string, AnswerInHand>({ max: remembered });
  private running = 0;

  /** @param atOnce how many may be made at once */
  constructor(private readonly atOnce: number) {}

  get(turnId: string): AnswerInHand | undefined {
    return this.answers.get(turnId);
  }

  /** Begins the answer; null when as many are being made as may be. */
  begin(turnId: string, work: ConstructorParameters<typeof AnswerInHand>[0]): AnswerInHand | null {
    if (this.running >= this.atOnce) return null;
    this.running += 1;
    const answer = new AnswerInHand(work);
    this.answers.set(turnId, answer);
    const ended = () => void (this.running -= 1);
    answer.outcome.then(ended, ended);
    return answer;
  }

  /** What failed is not found again: it is to be tried again. */
  forget(turnId: string): void {
    this.answers.delete(turnId);
  }
}
