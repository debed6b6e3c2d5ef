import type { TurnStep } from '@dramatis/contracts/turn';
import type { Wording } from '@dramatis/contracts/wording';

/** Begins to time a step; call the result at its end, with a name or a sentence as a note. */
export function startStep(step: TurnStep['step']): (note?: string | { message: string; wording: Wording }) => TurnStep {
  const startedAt = new Date().toISOString();
  const start = performance.now();
  return (note) => ({
    step,
    startedAt,
    durationMs: Math.round((performance.now() - start) * 10) / 10,
    ...(typeof note === 'string' ? { note } : note && { note: note.message, noteWording: note.wording }),
  });
}
