import type { Turn, TurnStep } from '@dramatis/contracts/turn';
import type { Translate } from '../../../i18n/language';

/** A step as a bar: `start` and `width` in percent of the whole. */
export interface StepBar {
  step: TurnStep;
  start: number;
  width: number;
}

const narrowestPercent = 0.6;

/** Steps as bars on one time line, in the order in which they began. */
export function waterfall(steps: readonly TurnStep[]): StepBar[] {
  const spans = steps
    .map((step) => ({ step, from: Date.parse(step.startedAt), to: Date.parse(step.startedAt) + step.durationMs }))
    .sort((a, b) => a.from - b.from);
  const from = Math.min(...spans.map((span) => span.from));
  const whole = Math.max(...spans.map((span) => span.to)) - from || 1;
  return spans.map((span) => {
    const width = Math.max(narrowestPercent, (100 * (span.to - span.from)) / whole);
    return { step: span.step, start: Math.min(100 - width, (100 * (span.from - from)) / whole), width };
  });
}

/** A passage that was found: what it is called in the reply, how it was ranked, and whether the reply uses it. */
export interface PassageRow {
  passageId: string;
  /** Null when it was found but not given to the model. */
  number: number | null;
  title: string;
  place: string;
  cited: boolean;
  score: number;
  lexicalRank: number | null;
  vectorRank: number | null;
}

/** Best first. */
export function passageRows(t: Translate, turn: Turn): PassageRow[] {
  const given = new Map(turn.citations.map((citation) => [citation.passageId, citation]));
  return (turn.provenance?.retrieved ?? [])
    .map(({ passageId, score, lexicalRank, vectorRank }) => {
      const citation = given.get(passageId);
      return {
        ...{ passageId, score, lexicalRank, vectorRank },
        number: citation?.number ?? null,
        title: citation?.documentTitle ?? t('conversation.leftOutForWantOfRoom'),
        place: citation?.headingPath.join(' › ') ?? '',
        cited: citation?.cited ?? false,
      };
    })
    .sort((a, b) => b.score - a.score);
}
