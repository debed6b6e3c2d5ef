import type { CustomFormatContent, FormatChoice } from './custom-format.js';
import { isCustomId } from './custom-id.js';
import type { FormatId, ResponseFormat } from './format.js';
import type { ReplySchema } from './reply-schema.js';
import type { TurnCustoms } from './turn-customs.js';

/** The grammar that replies of the format are written and read in. What follows a schema is laid out as Markdown. */
export function grammarOf(format: FormatChoice): ResponseFormat {
  if (typeof format === 'string') return format;
  return format.shape.kind === 'grammar' ? format.shape.base : 'free';
}

/** The schema that the reply's values follow, or null. */
export function schemaOf(format: FormatChoice): ReplySchema | null {
  return typeof format !== 'string' && format.shape.kind === 'schema' ? format.shape.schema : null;
}

export function isCustomFormat(format: FormatChoice): format is CustomFormatContent {
  return typeof format !== 'string';
}

/** The grammar that a stored reply is written in. */
export function grammarOfTurn({ format, customs }: { format: FormatId; customs?: TurnCustoms | undefined }): ResponseFormat {
  return isCustomId(format) ? (customs?.format?.base ?? 'free') : format;
}
