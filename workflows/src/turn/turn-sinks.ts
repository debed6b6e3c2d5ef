import { proxySinks, type Sinks } from '@temporalio/workflow';

/** What the turn's workflow tells the process it runs in. Nothing depends on anybody hearing it. */
export interface TurnSinks extends Sinks {
  turns: {
    /** The turn will be answered in a moment, and most likely here. */
    prepare(input: { turnId: string; conversationId?: string }): void;
  };
}

export const turnSinks = proxySinks<TurnSinks>();
