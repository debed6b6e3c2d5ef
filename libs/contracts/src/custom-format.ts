import { z } from 'zod';
import { change, creation, customWords, kept, keptVersion, localised } from './custom-definition.js';
import { foreignRules, formatRules } from './custom-rules.js';
import { formatId, responseFormat, type ResponseFormat } from './format.js';
import { customId, personaId } from './ids.js';
import { modeId } from './mode.js';
import { replySchemaLimits, schemaIssues, type ReplySchema } from './reply-schema.js';
import { fieldSentence, fieldTexts } from './field-texts.js';

const replySchema = z
  .unknown()
  .superRefine((value, context) => {
    for (const { path, message, wording } of schemaIssues(value)) context.addIssue({ code: 'custom', path, message, params: { wording } });
  })
  .meta({
    id: 'ReplySchema',
    type: 'object',
    description: `A JSON schema of an object: objects, arrays, strings, numbers, booleans and enums, ${replySchemaLimits.depth} deep, ${replySchemaLimits.bytes} bytes at most.`,
  }) as unknown as z.ZodType<ReplySchema, ReplySchema>;

const grammarShape = z
  .strictObject({ kind: z.literal('grammar'), base: responseFormat.describe('Whose marks the reply is written in.'), rules: formatRules.default({}) })
  .superRefine(({ base, rules }, context) => {
    for (const rule of foreignRules(base, rules)) {
      const { message, wording } = fieldSentence('foreign_rule', { base });
      context.addIssue({ code: 'custom', path: ['rules', rule], message, params: { wording } });
    }
  });
const schemaShape = z.strictObject({ kind: z.literal('schema'), schema: replySchema });

/** Text in the grammar of a format that Dramatis brings, or values of a JSON schema. */
export const formatShape = z.discriminatedUnion('kind', [grammarShape, schemaShape]);
export type FormatShape = z.infer<typeof formatShape>;

/** What a curator writes of a format. */
export const customFormatContent = customWords.extend({ shape: formatShape });
export type CustomFormatContent = z.infer<typeof customFormatContent>;

export const createCustomFormat = customFormatContent.extend(creation).meta({ id: 'CreateCustomFormat' });
export type CreateCustomFormat = z.infer<typeof createCustomFormat>;

/** Absent fields stay as they are; at least one must be there. `ifVersion` guards against lost updates. */
export const updateCustomFormat = customFormatContent
  .extend({ phrase: localised(60).nullable().describe('Null: none any more.') })
  .partial()
  .extend(change)
  .refine((patch) => Object.keys(patch).some((key) => key !== 'ifVersion'), fieldTexts.change_nothing)
  .meta({ id: 'UpdateCustomFormat' });
export type UpdateCustomFormat = z.infer<typeof updateCustomFormat>;

export const customFormat = customFormatContent.extend({ formatId: customId, ...kept }).meta({ id: 'CustomFormat' });
export type CustomFormat = z.infer<typeof customFormat>;

export const customFormatVersion = customFormatContent.extend({ formatId: customId, ...keptVersion }).meta({ id: 'CustomFormatVersion' });
export type CustomFormatVersion = z.infer<typeof customFormatVersion>;

/** A format as readers choose it. */
export const listedFormat = z
  .object({
    formatId,
    builtIn: z.boolean(),
    status: z.enum(['active', 'draft']).describe('Drafts are listed for curators only.'),
    version: z.number().int().nullable().describe('Null for those that Dramatis brings.'),
    base: responseFormat.describe('The grammar that its replies are read in; free where they follow a schema.'),
    label: localised(60),
    phrase: localised(60).optional(),
    description: localised(200),
  })
  .meta({ id: 'ListedFormat' });
export type ListedFormat = z.infer<typeof listedFormat>;

export const formatList = z.object({ items: z.array(listedFormat) }).meta({ id: 'FormatList' });
export type FormatList = z.infer<typeof formatList>;
export const customFormatList = z.object({ items: z.array(customFormat) }).meta({ id: 'CustomFormatList' });
export type CustomFormatList = z.infer<typeof customFormatList>;

export const tryFormat = z
  .strictObject({
    definition: customFormatContent,
    personaId,
    question: z.string().trim().min(1).max(8_000),
    mode: modeId.optional().describe("Absent: the persona's first mode."),
  })
  .meta({ id: 'TryFormat' });
export type TryFormat = z.infer<typeof tryFormat>;

/** The shape of a reply: by name, or as a curator wrote it. */
export type FormatChoice = ResponseFormat | CustomFormatContent;
