import { z } from 'zod';
import { formatId, responseFormat } from './format.js';
import { personaId } from './ids.js';
import { modeId } from './mode.js';
import { fieldTexts } from './field-texts.js';

const line = (max: number) => z.string().trim().min(1).max(max);
/** Of this site's paths only those of pictures: whoever looks at the persona asks for it, as who they are. */
const imageUrl = z
  .string()
  .max(500)
  .regex(/^(\/(?!api\/(?!avatars\/))[\w-]+(?:[./][\w-]+)*|https:\/\/[^\s"'<>]+)$/, fieldTexts.image_address);

export const personaStatus = z.enum(['active', 'draft', 'archived']);
export type PersonaStatus = z.infer<typeof personaStatus>;

export const exampleResponse = z.strictObject({ prompt: line(500), response: line(4_000) });

/** Short sentences in the persona's voice, from which the built-in model frames what it quotes. */
export const personaVoice = z.strictObject({
  address: line(80).optional().describe('How the persona calls the other person.'),
  openings: z.array(line(200)).max(20).default([]),
  transitions: z.array(line(200)).max(20).default([]),
  closings: z.array(line(200)).max(20).default([]),
  unknown: z.array(line(300)).max(20).default([]).describe('Said when the corpus has nothing on the question.'),
  questions: z.array(line(300)).max(20).default([]).describe('Questions to the other person; {topic} is replaced.'),
});
export type PersonaVoice = z.infer<typeof personaVoice>;

/** Where the persona's knowledge came from: a document of its corpus or a reference outside. */
export const trainingDataPointer = z.strictObject({
  kind: z.enum(['corpus', 'reference']),
  title: line(300),
  path: z.string().max(500).optional(),
});

/** What an author writes of a persona. */
export const personaProfile = z.strictObject({
  name: line(120),
  description: line(4_000),
  tagline: line(200).optional().describe('One line of character.'),
  yearsOfLife: line(60).optional(),
  role: line(120).optional(),
  imageUrl: imageUrl.optional(),
  hue: z.number().int().min(0).max(359).default(250).describe('Hue of the persona, in degrees of OKLCH.'),
  coreTraits: z.array(line(120)).max(20).default([]),
  knowledgeDomains: z.array(line(120)).max(20).default([]),
  exampleResponses: z.array(exampleResponse).max(12).default([]),
  stylisticInstructions: z.string().trim().max(4_000).default(''),
  starterQuestions: z.array(line(300)).max(12).default([]),
  voice: personaVoice.optional(),
  trainingDataPointers: z.array(trainingDataPointer).max(500).default([]),
  defaultInteractionModes: z.array(modeId).min(1).max(25).default(['educator']),
  supportedResponseFormats: z.array(formatId).min(1).max(25).default([...responseFormat.options]),
  modelRoute: z
    .array(line(60))
    .max(5)
    .optional()
    .describe('Ids of language model providers, in order of preference. Absent: the default route.'),
});
export type PersonaProfile = z.infer<typeof personaProfile>;

export const createPersona = personaProfile
  .extend({ personaId: personaId.optional(), status: personaStatus.default('draft') })
  .meta({ id: 'CreatePersona' });
export type CreatePersona = z.infer<typeof createPersona>;

/** Absent fields stay as they are; at least one must be there. `ifVersion` guards against lost updates. */
export const updatePersona = z
  .strictObject({
    ...Object.fromEntries(
      Object.entries(personaProfile.shape).map(([key, schema]) => [
        key,
        (schema instanceof z.ZodDefault ? schema.unwrap() : schema).optional(),
      ]),
    ),
    status: personaStatus.optional(),
    ifVersion: z.number().int().min(1).optional(),
  })
  .refine((patch) => Object.keys(patch).some((key) => key !== 'ifVersion'), fieldTexts.change_nothing)
  .meta({ id: 'UpdatePersona' });
export type UpdatePersona = Partial<PersonaProfile> & { status?: PersonaStatus; ifVersion?: number };

export const corpusSummary = z.object({
  corpusVersion: z.number().int().min(0).describe('The published corpus version; 0 before the first.'),
  documents: z.number().int().min(0),
  passages: z.number().int().min(0),
  embedder: z.string().optional().describe('Id of the embedder whose vectors are searched; absent before the first version.'),
  updatedAt: z.iso.datetime().nullable(),
});
export type CorpusSummary = z.infer<typeof corpusSummary>;

/** A persona as clients read it. `version` grows with every change; each version is kept and never changes. */
export const persona = personaProfile
  .extend({
    personaId,
    status: personaStatus,
    version: z.number().int().min(1),
    corpus: corpusSummary,
    creationDate: z.iso.datetime(),
    lastModifiedDate: z.iso.datetime(),
  })
  .meta({ id: 'Persona' });
export type Persona = z.infer<typeof persona>;

/** Who saved a version. The name is null where no account stands behind it, or does any more. */
export const personaAuthor = z.object({
  kind: z.enum(['account', 'operator', 'system']),
  id: z.string().nullable(),
  name: z.string().nullable(),
});
export type PersonaAuthor = z.infer<typeof personaAuthor>;

/** One immutable version of a persona. */
export const personaVersion = personaProfile
  .extend({
    personaId,
    version: z.number().int().min(1),
    status: personaStatus.describe('Of the persona as this version was published; `draft` while it was not.'),
    publishedAt: z.iso.datetime().nullable().describe('Null for a draft that is not published, or never was.'),
    savedAt: z.iso.datetime(),
    savedBy: personaAuthor.nullable().describe('For curators; null to everybody else.'),
    restoredFrom: z.number().int().min(1).nullable().describe('The version that this one repeats, where one was restored.'),
  })
  .meta({ id: 'PersonaVersion' });
export type PersonaVersion = z.infer<typeof personaVersion>;

export const personaQuery = z.strictObject({
  search: z.string().trim().max(200).optional(),
  domain: z.string().trim().max(120).optional(),
  mode: modeId.optional(),
  format: formatId.optional(),
  status: personaStatus.optional().describe('Only active personas are listed without the operator token.'),
  limit: z.coerce.number().int().min(1).max(100).default(24),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
});
export type PersonaQuery = z.infer<typeof personaQuery>;

export const personaPage = z
  .object({ items: z.array(persona), total: z.number().int(), limit: z.number().int(), offset: z.number().int() })
  .meta({ id: 'PersonaPage' });
export type PersonaPage = z.infer<typeof personaPage>;
