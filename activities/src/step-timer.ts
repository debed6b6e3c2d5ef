import type { TurnStep } from '@dramatis/contracts/turn';

/** Begins to time a step; call the result at its end. */
export function startStep(step: TurnStep['step']): (note?: string) => TurnStep {
  const startedAt = new Date().toISOString();
  const start = performance.now();
  return (note) => ({
    step,
    startedAt,
    durationMs: Math.round((performance.now() - start) * 10) / 10,
    ...(note === undefined ? {} : { note }),
  });
}
