import { Validator } from '@seriousme/openapi-schema-validator';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { ApiHarness } from '../../test/api-harness.js';

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { operationId?: string; summary?: string; tags?: string[]; security?: object[]; responses: Record<string, { content?: object }> }>>;
  components: { securitySchemes: Record<string, object> };
}

/** A program that calls the API through the types that were made from its document. */
const program = `
import type { components, paths } from './client.js';

type Start = paths['/api/conversations/{conversationId}/turns']['post'];
type Body = Start['requestBody']['content']['application/json'];

export const body: Body = { requestId: '7f1c6a5e-5a8d-4b0f-9d0d-1f2e3a4b5c6d', text: 'Hello?', format: 'essay' };
// @ts-expect-error a message needs a text
export const incomplete: Body = { requestId: '7f1c6a5e-5a8d-4b0f-9d0d-1f2e3a4b5c6d' };

export const followed = (answer: Start['responses']['202']['content']['application/json']): string => answer.turnId;
export const refused = (answer: Start['responses']['429']['content']['application/problem+json']): string => answer.code;
export const reply = ({ replyText }: components['schemas']['Turn']): number => replyText?.length ?? 0;
// @ts-expect-error a reply may be missing
export const unchecked = ({ replyText }: components['schemas']['Turn']): number => replyText.length;
export const limit: NonNullable<paths['/api/personas']['get']['parameters']['query']>['limit'] = 3;
`;

describe('the OpenAPI document', () => {
  let api: ApiHarness;
  let document: Document;

  beforeAll(async () => {
    api = await ApiHarness.start();
    document = (await api.client().get<Document>('/api/openapi.json')).body;
  });
  afterAll(() => api.stop());

  const operations = () => Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })));

  it('is valid', async () => {
    const { valid, errors } = await new Validator().validate({ ...document });
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  it('names each operation once, says what it does and what it asks for', () => {
    const ids = operations().map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, method, summary, tags, security } of operations()) {
      const schemes = (security ?? []).flatMap((scheme) => Object.keys(scheme));
      expect({ path, method, summary, tags, unknown: schemes.filter((scheme) => !(scheme in document.components.securitySchemes)) }).toEqual({
        path,
        method,
        summary: expect.any(String),
        tags: [expect.any(String)],
        unknown: [],
      });
      if (path.startsWith('/api/admin/')) expect({ path, security }).not.toEqual({ path, security: expect.arrayContaining([{}]) });
    }
  });

  it('describes every refusal as a problem', () => {
    for (const { path, method, responses } of operations().filter(({ path }) => path.startsWith('/api/'))) {
      const types = Object.entries(responses).filter(([status]) => Number(status) >= 400).map(([status, { content }]) => [status, Object.keys(content ?? {})]);
      expect({ path, method, types }).toEqual({ path, method, types: types.map(([status]) => [status, ['application/problem+json']]) });
    }
  });

  it('gives a generator the types of a client, with which a program compiles', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dramatis-client-'));
    try {
      writeFileSync(join(folder, 'client.ts'), astToString(await openapiTS(document as never)));
      writeFileSync(join(folder, 'program.ts'), program);
      const options: ts.CompilerOptions = { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, types: [] };
      const compiled = ts.createProgram([join(folder, 'program.ts')], options);
      const problems = ts.getPreEmitDiagnostics(compiled).map(({ messageText, file, start }) => `${file?.fileName}:${start}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
      expect(problems).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});
