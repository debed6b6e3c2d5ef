import { z } from 'zod';
import { change, creation, customWords, kept, keptVersion, localised } from './custom-definition.js';
import { modeRules } from './custom-rules.js';
import { formatId } from './format.js';
import { customId, personaId } from './ids.js';
import { interactionMode, modeId, type InteractionMode } from './mode.js';
import { fieldTexts } from './field-texts.js';

/** What a curator writes of a mode. */
export const customModeContent = customWords.extend({
  base: interactionMode.nullable().default(null).describe('A mode that it goes on from: its instructions come first and its rules hold too.'),
  rules: modeRules.default({}),
});
export type CustomModeContent = z.infer<typeof customModeContent>;

export const createCustomMode = customModeContent.extend(creation).meta({ id: 'CreateCustomMode' });
export type CreateCustomMode = z.infer<typeof createCustomMode>;

/** Absent fields stay as they are; at least one must be there. `ifVersion` guards against lost updates. */
export const updateCustomMode = customModeContent
  .extend({ base: interactionMode.nullable(), rules: modeRules, phrase: localised(60).nullable().describe('Null: none any more.') })
  .partial()
  .extend(change)
  .refine((patch) => Object.keys(patch).some((key) => key !== 'ifVersion'), fieldTexts.change_nothing)
  .meta({ id: 'UpdateCustomMode' });
export type UpdateCustomMode = z.infer<typeof updateCustomMode>;

export const customMode = customModeContent.extend({ modeId: customId, ...kept }).meta({ id: 'CustomMode' });
export type CustomMode = z.infer<typeof customMode>;

export const customModeVersion = customModeContent.extend({ modeId: customId, ...keptVersion }).meta({ id: 'CustomModeVersion' });
export type CustomModeVersion = z.infer<typeof customModeVersion>;

/** A mode as readers choose it. */
export const listedMode = z
  .object({
    modeId,
    builtIn: z.boolean(),
    status: z.enum(['active', 'draft']).describe('Drafts are listed for curators only.'),
    version: z.number().int().nullable().describe('Null for those that Dramatis brings.'),
    base: interactionMode.nullable(),
    label: localised(60),
    phrase: localised(60).optional(),
    description: localised(200),
  })
  .meta({ id: 'ListedMode' });
export type ListedMode = z.infer<typeof listedMode>;

export const modeList = z.object({ items: z.array(listedMode) }).meta({ id: 'ModeList' });
export type ModeList = z.infer<typeof modeList>;
export const customModeList = z.object({ items: z.array(customMode) }).meta({ id: 'CustomModeList' });
export type CustomModeList = z.infer<typeof customModeList>;

export const tryMode = z
  .strictObject({
    definition: customModeContent,
    personaId,
    question: z.string().trim().min(1).max(8_000),
    format: formatId.optional().describe('Absent: free, or the first format that the persona supports.'),
  })
  .meta({ id: 'TryMode' });
export type TryMode = z.infer<typeof tryMode>;

/** How a persona takes part: by name, or as a curator wrote it. */
export type ModeChoice = InteractionMode | CustomModeContent;
