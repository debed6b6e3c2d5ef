import type { ProblemIssue } from '@dramatis/contracts/errors';
import { sentenceOfIssue } from '@dramatis/contracts/field-issue';
import type { FormatId } from '@dramatis/contracts/format';
import type { ModeId } from '@dramatis/contracts/mode';
import { type PersonaProfile, personaProfile } from '@dramatis/contracts/persona';
import type { z } from 'zod';

/** A persona's profile as an editor holds it: every field there, lists of short texts as lines of one. */
export interface ProfileFields {
  name: string;
  description: string;
  tagline: string;
  yearsOfLife: string;
  role: string;
  imageUrl: string;
  hue: number;
  coreTraits: string;
  knowledgeDomains: string;
  starterQuestions: string;
  stylisticInstructions: string;
  exampleResponses: { prompt: string; response: string }[];
  voice: VoiceFields;
  defaultInteractionModes: ModeId[];
  supportedResponseFormats: FormatId[];
  /** Empty: the installation's own route. */
  modelRoute: string[];
  /** Written by ingestion and import, and kept as they are. */
  trainingDataPointers: PersonaProfile['trainingDataPointers'];
}

export interface VoiceFields {
  address: string;
  openings: string;
  transitions: string;
  closings: string;
  unknown: string;
  questions: string;
}

/** What is wrong with a field: `path` as the API's problems have it, such as `exampleResponses/1/prompt`. */
export interface FieldIssue {
  path: string;
  kind: 'missing' | 'tooLong' | 'tooMany' | 'other';
  /** The most characters, or the most entries of a list. */
  limit: number | null;
  /** The contract's sentence, where nothing better is known. */
  sentence: Pick<ProblemIssue, 'message' | 'wording'>;
}

/** Lists that are written one to a line. */
export const lineFields = ['coreTraits', 'knowledgeDomains', 'starterQuestions'] as const;
export const voiceLines = ['openings', 'transitions', 'closings', 'unknown', 'questions'] as const;
const optionalLines = ['tagline', 'yearsOfLife', 'role', 'imageUrl'] as const;

/** Fields of a new persona. */
export function newFields(): ProfileFields {
  return fieldsOf(personaProfile.parse({ name: 'x', description: 'x' }), { name: '', description: '' });
}

export function fieldsOf(profile: PersonaProfile, instead: Partial<ProfileFields> = {}): ProfileFields {
  const { voice } = profile;
  const lines = (list: readonly string[] | undefined): string => (list ?? []).join('\n');
  return {
    name: profile.name,
    description: profile.description,
    tagline: profile.tagline ?? '',
    yearsOfLife: profile.yearsOfLife ?? '',
    role: profile.role ?? '',
    imageUrl: profile.imageUrl ?? '',
    hue: profile.hue,
    coreTraits: lines(profile.coreTraits),
    knowledgeDomains: lines(profile.knowledgeDomains),
    starterQuestions: lines(profile.starterQuestions),
    stylisticInstructions: profile.stylisticInstructions,
    exampleResponses: profile.exampleResponses.map((example) => ({ ...example })),
    voice: {
      address: voice?.address ?? '',
      openings: lines(voice?.openings),
      transitions: lines(voice?.transitions),
      closings: lines(voice?.closings),
      unknown: lines(voice?.unknown),
      questions: lines(voice?.questions),
    },
    defaultInteractionModes: [...profile.defaultInteractionModes],
    supportedResponseFormats: [...profile.supportedResponseFormats],
    modelRoute: [...(profile.modelRoute ?? [])],
    trainingDataPointers: profile.trainingDataPointers,
    ...instead,
  };
}

/** The profile that the fields say, or what is wrong with them, by the same schema as the API's. */
export function profileOf(fields: ProfileFields): { ok: true; profile: PersonaProfile } | { ok: false; issues: FieldIssue[] } {
  const parsed = personaProfile.safeParse(writtenOf(fields));
  if (parsed.success) return { ok: true, profile: parsed.data };
  return { ok: false, issues: parsed.error.issues.map(issueOf) };
}

function issueOf(issue: z.core.$ZodIssue): FieldIssue {
  const found = { path: issue.path.join('/'), limit: null, sentence: sentenceOfIssue(issue) };
  if (issue.code === 'too_small') return { ...found, kind: 'missing' };
  if (issue.code === 'too_big' && issue.origin === 'string') return { ...found, kind: 'tooLong', limit: Number(issue.maximum) };
  if (issue.code === 'too_big' && issue.origin === 'array') return { ...found, kind: 'tooMany', limit: Number(issue.maximum) };
  return { ...found, kind: 'other' };
}

/** Whether two states of an editor say the same. */
export function sameFields(one: ProfileFields, other: ProfileFields): boolean {
  return JSON.stringify(writtenOf(one)) === JSON.stringify(writtenOf(other));
}

/** Whether what browser storage holds is fields of an editor; of another version of this page it may be something else. */
export function isProfileFields(value: unknown): value is ProfileFields {
  if (typeof value !== 'object' || value === null) return false;
  const shape = newFields();
  return sameShape(shape, value) && sameShape(shape.voice, (value as ProfileFields).voice);
}

function sameShape(shape: object, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(shape).every(([key, expected]) => {
    const found = (value as Record<string, unknown>)[key];
    return typeof found === typeof expected && Array.isArray(found) === Array.isArray(expected);
  });
}

function writtenOf(fields: ProfileFields): Record<string, unknown> {
  const { voice, modelRoute, exampleResponses, ...others } = fields;
  const written: Record<string, unknown> = { ...others };
  for (const field of lineFields) written[field] = linesIn(fields[field]);
  for (const field of optionalLines) if (fields[field].trim() === '') delete written[field];
  // An example of which nothing was written yet is none.
  written['exampleResponses'] = exampleResponses.filter(({ prompt, response }) => prompt.trim() || response.trim());
  if (modelRoute.length > 0) written['modelRoute'] = modelRoute;
  const says = voice.address.trim() !== '' || voiceLines.some((field) => voice[field].trim() !== '');
  if (says) {
    written['voice'] = {
      ...(voice.address.trim() && { address: voice.address.trim() }),
      ...Object.fromEntries(voiceLines.map((field) => [field, linesIn(voice[field])])),
    };
  }
  return written;
}

/** The lines that say something. */
function linesIn(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter(Boolean);
}
