import type { ModeChoice } from '@dramatis/contracts/custom-mode';
import type { InteractionMode } from '@dramatis/contracts/mode';

/** Most words with which a mode still counts as one that listens. */
const briefWords = 120;

/** The mode that the built-in model knows and that comes nearest: it reads no instructions, only what a custom mode is made of. */
export function nearestMode(mode: ModeChoice): InteractionMode {
  if (typeof mode === 'string') return mode;
  const { base, rules } = mode;
  if (base !== null) return base;
  const habits = rules.habits ?? [];
  if (habits.includes('position') || habits.includes('objection')) return 'debater';
  if (rules.question === 'ends' || rules.question === 'asks') return 'interviewer';
  if ((rules.maxWords ?? Infinity) <= briefWords) return 'audience';
  return (rules.minParts ?? 0) >= 3 ? 'lecturer' : 'educator';
}
