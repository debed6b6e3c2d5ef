import type { ResponseFormat } from '@dramatis/contracts/format';
import type { InteractionMode } from '@dramatis/contracts/mode';
import type { Translate } from '../../i18n/language';

export interface ModeWords {
  /** As in "as an educator". */
  phrase: string;
  title: string;
  /** What the persona does, in one line. */
  description: string;
}

export interface FormatWords {
  /** As in "in bullet points". */
  phrase: string;
  title: string;
  /** What the reply looks like, in one line. */
  description: string;
}

/** The order in which modes and formats are offered. */
export const interactionModeOrder: readonly InteractionMode[] = ['interviewer', 'audience', 'educator', 'lecturer', 'debater'];
export const responseFormatOrder: readonly ResponseFormat[] = ['bullet_points', 'essay', 'socratic_dialogue', 'qa', 'free'];

/** Those that Dramatis brings first, whatever order they come in. */
export function inUsualOrder<Id extends string>(ids: readonly Id[], usual: readonly Id[]): readonly Id[] {
  return [...usual.filter((id) => ids.includes(id)), ...ids.filter((id) => !usual.includes(id))];
}

export function modeWords(t: Translate, mode: InteractionMode): ModeWords {
  return { phrase: t(`app.mode.${mode}.phrase`), title: t(`app.mode.${mode}.title`), description: t(`app.mode.${mode}.description`) };
}

export function formatWords(t: Translate, format: ResponseFormat): FormatWords {
  return { phrase: t(`app.format.${format}.phrase`), title: t(`app.format.${format}.title`), description: t(`app.format.${format}.description`) };
}
