import type { CorpusEntity } from './corpus-entities.js';
import { eventHeads } from './entity-words.js';
import type { Topic } from './topics.js';

export interface QuestionMaterial {
  /** Whom the questions are for; nobody is asked about themselves as if about another. */
  speaker: string;
  /** Titles of documents, in order. */
  titles: string[];
  entities: Pick<CorpusEntity, 'name' | 'kind' | 'definite' | 'count'>[];
  topics: Pick<Topic, 'label' | 'terms'>[];
}

const minQuestions = 3;
const outline = /\b(?:outline|introduction|overview|misconceptions?|ignorance|method|summary|contents|preface|index|appendix|notes|life|daily)\b/i;
const vague = /^(?:principal|latest|common|different|best|living|several|chief|first|last|public|general|daily)\b/;
const events = new Set([...eventHeads, 'voyage', 'plague', 'journey', 'rebellion', 'earthquake', 'trial', 'expedition', 'years']);

/**
 * Questions that a visitor might ask the persona first, about what its corpus says most of: people, things, places and the subjects of
 * its documents in turn. Deterministic; fewer than `limit` (3-8, default 6) when there is little to ask about.
 */
export function starterQuestions({ speaker, titles, entities, topics }: QuestionMaterial, limit = 6): string[] {
  const own = new Set(speaker.toLowerCase().split(/\s+/));
  const others = entities.filter(({ name, count }) => count > 1 && !name.toLowerCase().split(/\s+/).some((word) => own.has(word)));
  const subjects = titles.map(titleQuestion).filter((question) => question !== null);
  const perKind = [
    subjects.filter((question) => question.startsWith('What happened')),
    others.filter(({ kind }) => kind === 'person').filter(({ name }) => name.includes(' ')).map(({ name }, index) => (index % 2 === 0 ? `What did you think of ${name}?` : `Who was ${name} to you?`)),
    others.filter(isThing).map((thing) => (thing.kind === 'work' ? `What is ${nameOf(thing)} about?` : `What is ${nameOf(thing)}?`)),
    subjects.filter((question) => !question.startsWith('What happened')),
    others.filter(({ kind }) => kind === 'place').map((place) => `What did ${nameOf(place)} mean to you?`),
    topics.flatMap(({ terms }) => terms.slice(0, 2).filter((term) => /^\p{Ll}.*[^s]s$/u.test(term) && !outline.test(term) && !vague.test(term)).slice(0, 1)).map((term) => `What can you tell me about ${term}?`),
  ];
  const questions: string[] = [];
  const asked: string[] = [];
  const most = Math.min(8, Math.max(minQuestions, limit));
  for (let turn = 0; questions.length < most && perKind.some((list) => turn < list.length); turn += 1) {
    for (const list of perKind) {
      const question = list[turn];
      if (question === undefined || questions.length === most || isAsked(question, asked)) continue;
      questions.push(question);
      asked.push(question.toLowerCase());
    }
  }
  return questions;
}

function isThing({ kind, name }: Pick<CorpusEntity, 'kind' | 'name'>): boolean {
  return (kind === 'other' || kind === 'work') && name.includes(' ') && !/\b\p{Lu}$/u.test(name);
}

function nameOf({ name, definite }: Pick<CorpusEntity, 'name' | 'definite'>): string {
  return definite && !/^the /i.test(name) ? `the ${name}` : name;
}

/** A question about a document's subject: its title when it is a question or names something, null otherwise. */
function titleQuestion(title: string): string | null {
  const words = title.trim().split(/\s+/);
  if (words.length > 9 || title.length > 80 || outline.test(title)) return null;
  if (/^(?:can|could|does|did|is|was|are|were|what|why|how|who|should|will)\b/i.test(title)) {
    const isQuestion = /^(?:can|could|does|did|is|was|are|were|should|will)\b/i.test(title) || title.endsWith('?');
    return isQuestion ? `${title.replace(/[?.!]+$/, '')}?` : null;
  }
  if (words.length < 2 || /[:;.!]|\bI\b/.test(title)) return null;
  const subject = uncapitalize(words, title).replace(/\b(?:my|our)\b/g, 'your').replace(/\b(?:me|us)\b/g, 'you');
  const event = words.find((word) => events.has(word.toLowerCase()));
  return event && /^the /i.test(title) ? `What happened ${/^years$/i.test(event) ? 'in' : 'during'} ${subject}?` : `What can you tell me about ${subject}?`;
}

/** The title within a sentence: its first word in lower case, unless it is a name. */
function uncapitalize(words: string[], title: string): string {
  const first = words[0]!;
  const opensName = words.length > 1 && /^\p{Lu}/u.test(words[1]!) && !/^(?:the|a|an|my|our|on)$/i.test(first);
  return opensName ? title : first.charAt(0).toLowerCase() + title.slice(1);
}

function isAsked(question: string, asked: string[]): boolean {
  const words = contentOf(question);
  return asked.some((other) => {
    const otherWords = contentOf(other);
    return words.some((word) => otherWords.includes(word));
  });
}

function contentOf(question: string): string[] {
  return question.toLowerCase().replace(/[?]/g, '').split(/\s+/).filter((word) => word.length > 3 && !/^(?:what|happened|during|tell|about|think|mean|from|with|your|years)$/.test(word));
}
