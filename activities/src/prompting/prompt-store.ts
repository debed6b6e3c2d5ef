import { createHash } from 'node:crypto';
import type { Citation } from '@dramatis/contracts/turn';
import type { StoredPrompt } from '@dramatis/database/conversations/turn-model';
import type { TurnWorkspaceRepository } from '@dramatis/database/conversations/turn-workspace-repository';
import { ApplicationFailure } from '@temporalio/common';
import { LRUCache } from 'lru-cache';

interface Remembered {
  prompt: StoredPrompt;
  citations: Citation[];
}

/** Prompts and the passages in them: kept in the database, and remembered by the process that made them. */
export class PromptStore {
  private readonly remembered = new LRUCache<string, Remembered>({ max: 500 });

  constructor(private readonly workspaces: TurnWorkspaceRepository) {}

  /** Keeps the prompt and returns its hash. */
  async save(turnId: string, prompt: Omit<StoredPrompt, 'hash'>, citations: Citation[]): Promise<string> {
    const hash = createHash('sha256').update(JSON.stringify([prompt.system, prompt.messages])).digest('hex');
    const stored = { hash, ...prompt };
    this.remembered.set(turnId, { prompt: stored, citations });
    await this.workspaces.savePrompt(turnId, stored, citations);
    return hash;
  }

  /** @throws ApplicationFailure internal when the prompt is not there as it was composed */
  async get(turnId: string, hash: string): Promise<StoredPrompt> {
    const { prompt } = await this.load(turnId);
    if (prompt.hash !== hash) {
      throw ApplicationFailure.nonRetryable('The prompt was composed anew in the meantime.', 'internal');
    }
    return prompt;
  }

  /** The passages given to the model, by their numbers. Empty when no prompt was composed. */
  async citations(turnId: string): Promise<Citation[]> {
    const known = this.remembered.get(turnId);
    if (known) return known.citations;
    return (await this.workspaces.find(turnId))?.citations ?? [];
  }

  private async load(turnId: string): Promise<Remembered> {
    const known = this.remembered.get(turnId);
    if (known) return known;
    const workspace = await this.workspaces.find(turnId);
    if (!workspace?.prompt) throw ApplicationFailure.nonRetryable('No prompt was composed for this turn.', 'internal');
    const loaded = { prompt: workspace.prompt, citations: workspace.citations };
    this.remembered.set(turnId, loaded);
    return loaded;
  }
}
