import type { ReplyDocument } from '@dramatis/contracts/reply-document';

/**
 * Canonical text of a document. Rendering a document that has more at its end only appends: that lets a decoder
 * stream it.
 */
export function renderReply(document: ReplyDocument, personaName: string): string {
  switch (document.format) {
    case 'bullet_points': {
      const items = document.items.map((item) => `- ${oneLine(item)}`).join('\n');
      return blocks([document.lead, items, document.closing]);
    }
    case 'essay':
      return blocks([
        document.title && `# ${oneLine(document.title)}`,
        ...document.sections.flatMap(({ heading, paragraphs }) => [heading && `## ${oneLine(heading)}`, ...paragraphs]),
      ]);
    case 'socratic_dialogue':
      return blocks(
        document.lines.map(({ speaker, isPersona, text }) => `**${isPersona ? personaName : speaker}:** ${text}`),
      );
    case 'qa': {
      const pairs = document.pairs.map(({ question, answer }) =>
        [question && `**Q:** ${oneLine(question)}`, answer && `**A:** ${answer}`].filter(Boolean).join('\n'),
      );
      return blocks([...pairs, document.closing && `---\n\n${document.closing}`]);
    }
    case 'free':
      return document.markdown.trim();
  }
}

function blocks(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part).join('\n\n');
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
