import { z } from 'zod';

/** How the persona takes part. What each means, and its checkable rules, is in `@dramatis/prompting`. */
export const interactionMode = z
  .enum(['interviewer', 'audience', 'educator', 'lecturer', 'debater'])
  .meta({ id: 'InteractionMode' });
export type InteractionMode = z.infer<typeof interactionMode>;

export const interactionModes = interactionMode.options;
