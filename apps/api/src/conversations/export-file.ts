import type { ConversationExport, ExportQuery } from '@dramatis/contracts/conversation-export';
import type { TurnRecord } from '@dramatis/database/conversations/turn-model';

const types = { markdown: ['text/markdown; charset=utf-8', 'md'], json: ['application/json; charset=utf-8', 'json'] } as const;

/** Headers that have a browser keep the body as a file named after the conversation, whatever its title is written in (RFC 6266). */
export function fileHeaders(title: string, format: ExportQuery['format']): Record<string, string> {
  const [type, extension] = types[format];
  // By code points: half of a letter cannot be percent-encoded.
  const letters = Array.from(title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, ''));
  const name = letters.slice(0, 80).join('') || 'conversation';
  const ascii = name.normalize('NFKD').replace(/[^\w-]+/g, '') || 'conversation';
  return {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${ascii}.${extension}"; filename*=UTF-8''${encodeURIComponent(name)}.${extension}`,
  };
}

/** A stored turn as it is taken along. */
export function toExported(turn: TurnRecord & { parentTurnId: string | null }): ConversationExport['turns'][number] {
  const { _id, parentTurnId, regenerationOf, mode, format, customs, userText, status, replyText, replyValue, citations, provenance, feedback, createdAt, endedAt } = turn;
  return {
    ...{ turnId: _id, parentTurnId, regenerationOf, mode, format, userText, status, replyText, citations, feedback },
    ...(customs ? { customs } : {}),
    ...(replyValue === undefined ? {} : { replyValue }),
    provider: provenance?.provider ?? null,
    model: provenance?.model ?? null,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
