import { schemaOf } from '@dramatis/contracts/format-choice';
import type { Citation } from '@dramatis/contracts/turn';
import type { StoredPrompt } from '@dramatis/database/conversations/turn-model';
import type { ModelRouter } from '@dramatis/language-model/router';
import { composePrompt, type ComposedPrompt } from '@dramatis/prompting/compose-prompt';
import { ApplicationFailure } from '@temporalio/common';
import type { PassageTexts } from '../retrieval/passage-texts.js';
import type { ComposePromptInput } from '../turn/turn-activities.js';
import type { TurnContexts } from '../turn/turn-context.js';
import type { PromptStore } from './prompt-store.js';

export interface PromptComposerOptions {
  contexts: TurnContexts;
  prompts: PromptStore;
  passageTexts: PassageTexts;
  router: ModelRouter;
}

export interface ComposedForTurn {
  prompt: StoredPrompt;
  citations: Citation[];
  composed: ComposedPrompt;
}

/** Composes prompts from what is stored: the same turn gives the same prompt, on any worker. */
export class PromptComposer {
  constructor(private readonly options: PromptComposerOptions) {}

  /** @throws PromptTooLargeError, DomainError, ApplicationFailure no_provider */
  async compose({ turnId, provider, retrieved, correction }: ComposePromptInput): Promise<ComposedForTurn> {
    const { contexts, prompts, passageTexts, router } = this.options;
    const model = router.get(provider);
    if (!model) throw ApplicationFailure.nonRetryable(`The provider ${provider} is not configured.`, 'no_provider');
    const [{ turn, persona, mode, format, history }, passages, previousReply] = await Promise.all([
      contexts.get(turnId),
      passageTexts.get(retrieved.passages.map(({ passageId }) => passageId)),
      correction ? contexts.keepDraft(turnId, correction.draftKey) : null,
    ]);
    const value = correction && schemaOf(format) ? await contexts.value(turnId, correction.draftKey) : undefined;
    const composed = composePrompt({
      persona,
      mode,
      format,
      question: turn.userText,
      history,
      passages,
      budget: { contextWindowTokens: model.contextWindowTokens, maxOutputTokens: model.maxOutputTokens },
      structured: model.structuredOutput,
      ...(correction ? { violations: correction.violations } : {}),
      ...(previousReply === null ? {} : { previousReply: value === undefined ? previousReply : JSON.stringify(value) }),
    });
    const citations: Citation[] = composed.passages.map((passage) => ({ ...passage, cited: false }));
    const { system, messages } = composed;
    return { prompt: prompts.save(turnId, { system, messages }, citations), citations, composed };
  }
}
