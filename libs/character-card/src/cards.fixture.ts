import { deflateSync } from 'node:zlib';
import type { JsonObject } from './json-value.js';
import { type PngChunk, writePngChunks } from './png-chunks.js';

/** A picture of one pixel with these chunks before its end. */
export function pngOf(...extra: PngChunk[]): Uint8Array {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
  return writePngChunks([{ type: 'IHDR', data: header }, { type: 'IDAT', data: deflateSync(Buffer.from([0, 120, 90, 60])) }, ...extra, { type: 'IEND', data: new Uint8Array() }]);
}

export function textChunk(keyword: string, text: string | Uint8Array): PngChunk {
  return { type: 'tEXt', data: Buffer.concat([Buffer.from(`${keyword}\0`, 'latin1'), Buffer.from(text)]) };
}

export function base64Of(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value), 'utf8').toString('base64');
}

/** A card as programs of today write them, with what they add of their own. */
export function cardJson(changes: JsonObject = {}, version: 2 | 3 = 2): JsonObject {
  return {
    spec: `chara_card_v${version}`,
    spec_version: `${version}.0`,
    data: {
      name: 'Mira Voss',
      description: '{{char}} keeps the clock tower of Hallin. {{char}} trusts {{user}} slowly.',
      personality: 'patient, dry, exact',
      scenario: '{{user}} has climbed the tower during a storm.',
      first_mes: '*looks up* You are wet, {{user}}. Sit down.',
      mes_example: '<START>\n{{user}}: Why clocks?\n{{char}}: They admit when they are wrong.\n<START>\n{{char}}: Mind the third step.',
      creator_notes: 'For evenings.',
      system_prompt: 'Write in short paragraphs. {{original}}',
      post_history_instructions: 'Never speak for {{user}}.',
      alternate_greetings: ['The lift is out of order again.'],
      tags: ['clockmaker', 'Hallin'],
      creator: 'towerkeeper',
      character_version: '1.4',
      extensions: { depth_prompt: { depth: 4, prompt: 'stay dry' }, 'other/program': [1, null, { deep: true }] },
      character_book: {
        name: 'Hallin',
        extensions: {},
        entries: [
          { keys: ['tower', 'clock'], content: '@@depth 4\n@@@instruct_depth 5\n\nThe tower was built in 1611.', extensions: {}, enabled: true, insertion_order: 1, name: 'The tower' },
          { keys: ['bell'], content: '{{char}} recast the bell.', extensions: { weight: 3 }, enabled: true, insertion_order: 2 },
          { keys: ['secret'], content: 'Not told.', extensions: {}, enabled: false, insertion_order: 3 },
        ],
      },
      ...changes,
    },
  };
}

export function bytesOf(value: unknown): Uint8Array {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value), 'utf8');
}
