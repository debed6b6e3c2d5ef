import type { Citation } from '@dramatis/contracts/turn';
import { conversationToMarkdown } from './conversation-markdown.js';

const told = { title: 'The engine', personaName: 'Ada Lovelace', createdAt: '2026-01-02T10:00:00.000Z' };
const citation: Citation = {
  number: 2,
  passageId: '0'.repeat(32),
  documentId: 'notes',
  documentTitle: 'Notes',
  headingPath: ['Notes', 'On weaving'],
  text: 'It weaves\n algebraic patterns.',
  cited: true,
};
const said = { userText: 'What is it?', replyText: 'It weaves [2].', mode: 'educator', format: 'free', status: 'completed', citations: [citation] } as const;
const turns = (...changes: object[]) => changes.map((change) => ({ ...said, citations: [...said.citations], ...change }));

describe('conversationToMarkdown', () => {
  it('says who said what, in which manner and from what', () => {
    expect(conversationToMarkdown(told, turns({}))).toBe(
      [
        '# The engine',
        'With Ada Lovelace, begun on 2026-01-02.',
        '## You\n\nWhat is it?',
        '## Ada Lovelace\n\n*(as an educator, in free conversation)*\n\nIt weaves [2].\n\n> [2] Notes, On weaving: It weaves algebraic patterns.\n',
      ].join('\n\n'),
    );
  });

  it('says it in German to who reads that', () => {
    const pinned = { mode: { version: 1, label: { en: 'Devil', de: 'Teufel' } } };
    const markdown = conversationToMarkdown({ ...told, title: null }, turns({}, { mode: 'custom.devil', customs: pinned, replyText: null }), 'de');
    expect(markdown).toContain('# Ein Gespräch mit Ada Lovelace\n\nMit Ada Lovelace, begonnen am 02.01.2026.\n\n## Sie\n\nWhat is it?');
    expect(markdown).toContain('*(als Lehrer, in Form von freiem Gespräch)*');
    expect(markdown).toContain('*(als Teufel, in Form von freiem Gespräch)*\n\n*(keine Antwort)*');
    expect(markdown).not.toMatch(/\b(?:You|With|as|no reply)\b/);
  });

  it('leaves out passages that were not cited, and says where there is no reply or only the beginning of one', () => {
    const markdown = conversationToMarkdown(told, turns({ replyText: 'It', status: 'cancelled', citations: [{ ...citation, cited: false }] }, { replyText: null, status: 'failed' }));
    expect(markdown).not.toContain('> [2]');
    expect(markdown).toContain('It\n\n*(stopped)*');
    expect(markdown).toContain('*(no reply)*');
  });

  it('lets no title or name become markup', () => {
    const markdown = conversationToMarkdown({ ...told, title: '# <b>*x*\ny', personaName: '[Ada]' }, turns({}));
    expect(markdown).toContain('# \\# \\<b\\>\\*x\\* y');
    expect(markdown).toContain('## \\[Ada\\]');
  });
});
