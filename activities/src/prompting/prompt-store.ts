import { createHash } from 'node:crypto';
import type { Citation } from '@dramatis/contracts/turn';
import type { StoredPrompt } from '@dramatis/database/conversations/turn-model';
import type { TurnWorkspaceRepository } from '@dramatis/database/conversations/turn-workspace-repository';
import { LRUCache } from 'lru-cache';

interface Remembered {
  prompt: StoredPrompt;
  citations: Citation[];
  /** Whether the write to the database, which begins at once, has succeeded. */
  written: Promise<boolean>;
}

/**
 * Prompts and the passages in them. The process that composed one remembers it, so that the model is asked without waiting
 * for the database; `flush` waits, when the reply is there. A worker that does not find a prompt composes it again.
 */
export class PromptStore {
  private readonly remembered = new LRUCache<string, Remembered>({ max: 500 });

  constructor(private readonly workspaces: TurnWorkspaceRepository) {}

  /** Begins to keep the prompt and returns it with its hash. */
  save(turnId: string, content: Omit<StoredPrompt, 'hash'>, citations: Citation[]): StoredPrompt {
    const hash = createHash('sha256').update(JSON.stringify([content.system, content.messages])).digest('hex');
    const prompt = { hash, ...content };
    const written = this.workspaces.savePrompt(turnId, prompt, citations).then(
      () => true,
      () => false,
    );
    this.remembered.set(turnId, { prompt, citations, written });
    return prompt;
  }

  /** Waits until what this process composed is in the database. @throws when the database is out of reach */
  async flush(turnId: string): Promise<void> {
    const known = this.remembered.get(turnId);
    if (!known || (await known.written)) return;
    await this.workspaces.savePrompt(turnId, known.prompt, known.citations);
    known.written = Promise.resolve(true);
  }

  /** The prompt that was composed last, or null. */
  async latest(turnId: string): Promise<StoredPrompt | null> {
    return this.remembered.get(turnId)?.prompt ?? (await this.workspaces.find(turnId))?.prompt ?? null;
  }

  /** The prompt of this hash, or null when it must be composed again. */
  async get(turnId: string, hash: string): Promise<StoredPrompt | null> {
    const known = await this.latest(turnId);
    return known?.hash === hash ? known : null;
  }

  /** The passages given to the model, by their numbers. Empty when no prompt was composed. */
  async citations(turnId: string): Promise<Citation[]> {
    const known = this.remembered.get(turnId);
    if (known) return known.citations;
    return (await this.workspaces.find(turnId))?.citations ?? [];
  }
}
