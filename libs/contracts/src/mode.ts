import { z } from 'zod';
import { customId } from './ids.js';

/** How the persona takes part, as Dramatis brings it. What each means, and its checkable rules, is in `@dramatis/prompting`. */
export const interactionMode = z
  .enum(['interviewer', 'audience', 'educator', 'lecturer', 'debater'])
  .meta({ id: 'InteractionMode' });
export type InteractionMode = z.infer<typeof interactionMode>;

export const interactionModes = interactionMode.options;

/** One of those, or one that the installation's curators made. */
export const modeId = z.union([interactionMode, customId]).meta({ id: 'ModeId' });
export type ModeId = z.infer<typeof modeId>;
