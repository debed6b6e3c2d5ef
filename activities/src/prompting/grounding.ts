import type { Grounding } from '@dramatis/language-model/port';
import type { TurnContext } from '../turn/turn-context.js';
import type { PromptStore } from './prompt-store.js';

/** What the prompt says, as data: for the built-in model, which reads no prompts. */
export async function groundingOf(context: TurnContext, prompts: PromptStore): Promise<Grounding> {
  const { turn, persona, mode, format, history } = context;
  const citations = await prompts.citations(turn._id);
  return {
    persona,
    mode,
    format,
    question: turn.userText,
    history,
    passages: citations.map(({ number, text, documentTitle, headingPath }) => ({
      number,
      text,
      documentTitle,
      headingPath,
    })),
  };
}
