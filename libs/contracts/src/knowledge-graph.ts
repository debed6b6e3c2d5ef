import { z } from 'zod';
import { passageId, personaId } from './ids.js';
import { fieldTexts } from './field-texts.js';

export const entityType = z.string().max(40).describe('person, place, organisation, date … or other.');
export type EntityType = z.infer<typeof entityType>;

/** The id of an entity within a persona's graph: the same name gives the same id in every version. */
export const entityId = z.string().regex(/^[0-9a-f]{32}$/, fieldTexts.hexadecimal_32);

export const graphEntity = z
  .object({
    entityId,
    name: z.string(),
    type: entityType,
    mentions: z.number().int().min(1).describe('How often it is named.'),
    passages: z.number().int().min(0).describe('In how many passages.'),
    degree: z.number().int().min(0).describe('How many entities it is tied to.'),
  })
  .meta({ id: 'GraphEntity' });
export type GraphEntity = z.infer<typeof graphEntity>;

/** A passage that says what an edge says. */
export const supportingPassage = z.object({ passageId, documentId: z.string(), documentTitle: z.string(), excerpt: z.string() });
export type SupportingPassage = z.infer<typeof supportingPassage>;

/** What ties two entities: passages that name both, and statements of one about the other. An edge has no direction, a statement does. */
export const graphEdge = z
  .object({
    from: entityId,
    to: entityId,
    weight: z.number().min(0).max(1).describe('How closely they belong together, 0-1, higher is closer.'),
    passages: z.number().int().min(1).describe('In how many passages both stand.'),
    statements: z.array(z.object({ subject: entityId, verb: z.string(), object: entityId, passageId })),
    support: z.array(supportingPassage).describe('At most 5, the best first.'),
  })
  .meta({ id: 'GraphEdge' });
export type GraphEdge = z.infer<typeof graphEdge>;

const versionQuery = { version: z.coerce.number().int().min(1).optional().describe('Absent: the published one.') };

export const graphQuery = z.strictObject({
  ...versionQuery,
  type: entityType.optional(),
  search: z.string().trim().max(100).optional().describe('A part of the name.'),
  limit: z.coerce.number().int().min(1).max(200).default(60),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
});
export type GraphQuery = z.infer<typeof graphQuery>;

/** The most named entities, and the edges between those of this page. */
export const knowledgeGraph = z
  .object({
    personaId,
    version: z.number().int(),
    computed: z.boolean().describe('Whether the graph of this version has been computed.'),
    entities: z.array(graphEntity),
    edges: z.array(graphEdge.omit({ support: true })),
    total: z.number().int().describe('Entities that fit the query.'),
  })
  .meta({ id: 'KnowledgeGraph' });
export type KnowledgeGraph = z.infer<typeof knowledgeGraph>;

export const neighbourQuery = z.strictObject({ ...versionQuery, limit: z.coerce.number().int().min(1).max(100).default(30) });
export type NeighbourQuery = z.infer<typeof neighbourQuery>;

/** An entity with those it is tied to, the closest first. */
export const neighbourhood = z
  .object({
    personaId,
    version: z.number().int(),
    entity: graphEntity,
    neighbours: z.array(z.object({ entity: graphEntity, edge: graphEdge })),
  })
  .meta({ id: 'Neighbourhood' });
export type Neighbourhood = z.infer<typeof neighbourhood>;

export const pathQuery = z
  .strictObject({
    ...versionQuery,
    from: entityId,
    to: entityId,
    maxEdges: z.coerce.number().int().min(1).max(6).default(4),
    limit: z.coerce.number().int().min(1).max(5).default(3),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: fieldTexts.other_entity });
export type PathQuery = z.infer<typeof pathQuery>;

/** Ways from one entity to another, the closest first; empty when there is none within the bound. */
export const graphPaths = z
  .object({
    personaId,
    version: z.number().int(),
    paths: z.array(z.object({ distance: z.number(), entities: z.array(graphEntity), edges: z.array(graphEdge) })),
  })
  .meta({ id: 'GraphPaths' });
export type GraphPaths = z.infer<typeof graphPaths>;
