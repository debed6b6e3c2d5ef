import { AttemptReplacedError, type AttemptStart, type TurnEventStream } from '@dramatis/turn-events/turn-event-stream';

export interface DeltaPublisherOptions {
  events: TurnEventStream;
  turnId: string;
  start: AttemptStart;
  /** Told once when the broker cannot be reached; the reply goes on without its readers and they get the whole at the end. */
  onUnavailable: (error: Error) => void;
}

/**
 * Carries one attempt's text to its readers as it comes. While one piece is on its way the next ones are gathered, so a
 * fast model costs few round trips and a slow one is shown at once. A broker that is away never stops the reply.
 */
export class DeltaPublisher {
  private waiting = '';
  private publishedText = '';
  private pumping: Promise<void> | null = null;
  private attemptNumber: number | null = null;
  private replaced: AttemptReplacedError | null = null;
  private toldUnavailable = false;

  constructor(private readonly options: DeltaPublisherOptions) {}

  /** Number of this attempt over the whole turn; null while the broker could not count it. */
  get attempt(): number | null {
    return this.attemptNumber;
  }

  /** What readers have been shown. */
  get shown(): string {
    return this.publishedText;
  }

  /** Tells readers that the attempt begins. Text that is pushed meanwhile follows it. */
  begin(): void {
    this.pump();
  }

  /** @throws AttemptReplacedError when another worker has taken over */
  push(text: string): void {
    if (this.replaced) throw this.replaced;
    this.waiting += text;
    this.pump();
  }

  /** Resolves when all text was handed over, or could not be. @throws AttemptReplacedError */
  async drain(): Promise<void> {
    await this.pumping;
    if (this.replaced) throw this.replaced;
  }

  private pump(): void {
    this.pumping ??= this.run().finally(() => (this.pumping = null));
  }

  private async run(): Promise<void> {
    try {
      this.attemptNumber ??= await this.options.events.beginAttempt(this.options.turnId, this.options.start);
      while (this.waiting) {
        const text = this.waiting;
        await this.options.events.publishDelta(this.options.turnId, this.attemptNumber, text);
        this.waiting = this.waiting.slice(text.length);
        this.publishedText += text;
      }
    } catch (error) {
      if (error instanceof AttemptReplacedError) this.replaced = error;
      else if (!this.toldUnavailable) {
        this.toldUnavailable = true;
        this.options.onUnavailable(error as Error);
      }
    }
  }
}
