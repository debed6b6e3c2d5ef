import type { ResponseFormat } from '@dramatis/contracts/format';
import type { InteractionMode } from '@dramatis/contracts/mode';
import type { PersonaVersion } from '@dramatis/contracts/persona';
import type { ReplyDocument } from '@dramatis/contracts/reply-document';
import { askedQuestion, spokenLine } from './asked-line.js';
import type { AnalysedQuestion } from './question.js';
import type { Voice } from './voice.js';

/** What the persona says when its passages hold no answer, before a format gives it its shape. */
interface Apology {
  /** That it does not know, or a greeting. */
  says: string[];
  /** What it can be asked instead. */
  offers: string;
  asks: string;
}

/** A reply without facts: it says so in the persona's voice, and what the persona could be asked instead. */
export function writeUnknownReply(
  format: ResponseFormat,
  mode: InteractionMode,
  persona: PersonaVersion,
  question: AnalysedQuestion,
  voice: Voice,
): ReplyDocument {
  const apology = apologyFor(mode, persona, question, voice);
  const { says, offers, asks } = apology;
  const statement = says.join(' ');
  const prompt = isTelling(mode, question) ? 'What would you like to know about it?' : 'What may I ask you, then?';
  switch (format) {
    case 'bullet_points':
      return { format, lead: null, items: [...says, offers], closing: asks };
    case 'essay':
      return { format, title: titleFor(mode, question), sections: [{ heading: null, paragraphs: [statement, offers, asks] }] };
    case 'socratic_dialogue':
      return {
        format,
        lines: [
          { speaker: 'Interlocutor', isPersona: false, text: spokenLine(question, null) },
          { speaker: persona.name, isPersona: true, text: statement },
          { speaker: 'Interlocutor', isPersona: false, text: prompt },
          { speaker: persona.name, isPersona: true, text: `${offers} ${asks}` },
        ],
      };
    case 'qa':
      return {
        format,
        pairs: [
          { question: question.isSmallTalk ? 'May I speak with you?' : askedQuestion(question, null), answer: statement },
          { question: prompt, answer: offers },
        ],
        closing: asks,
      };
    case 'free':
      return { format, markdown: [statement, offers, asks].join('\n\n') };
  }
}

/** Whether the message only opens the conversation: "Hello", "I am ready". */
function isOpening(question: AnalysedQuestion): boolean {
  return question.isSmallTalk || (!question.isAsking && question.text.split(' ').length <= 4);
}

/** Whether the user tells the persona something, in a mode in which it mostly listens. */
function isTelling(mode: InteractionMode, question: AnalysedQuestion): boolean {
  return !question.isAsking && !question.isSmallTalk && (mode === 'interviewer' || mode === 'audience');
}

function apologyFor(mode: InteractionMode, persona: PersonaVersion, question: AnalysedQuestion, voice: Voice): Apology {
  const offers = offersOf(persona, voice);
  const address = voice.address ? `, ${voice.address}` : '';
  if (mode === 'interviewer' && persona.knowledgeDomains.length > 0 && isOpening(question)) {
    const subject = voice.choose(persona.knowledgeDomains);
    return { says: [`You are welcome here${address}.`], offers: `I should like to speak with you about ${subject}.`, asks: voice.question(subject) };
  }
  if (question.isSmallTalk) return { says: [`You are welcome here${address}.`, ...contractLines(mode, true)], offers, asks: 'Where shall we begin?' };
  if (isTelling(mode, question)) return { says: [voice.frame('goOn')], offers: voice.frame('listening'), asks: voice.question(null) };
  const asks = mode === 'interviewer' ? voice.choose(['But tell me, what made you ask?', 'What is your own answer to it?']) : 'Which of these would you like to hear about?';
  return { says: [voice.unknown(), ...contractLines(mode, false)], offers, asks };
}

/** What a mode owes even when there is nothing to tell. */
function contractLines(mode: InteractionMode, isSmallTalk: boolean): string[] {
  if (mode !== 'debater') return [];
  return isSmallTalk
    ? ['I take no side before there is a question, but I shall not keep my opinion back when there is one.']
    : ['I take no side where I have no evidence. You may say that a guess would do, but a guess is no argument.'];
}

function offersOf(persona: PersonaVersion, voice: Voice): string {
  const domains = persona.knowledgeDomains.slice(0, 4);
  const starters = persona.starterQuestions;
  const asked = starters.length > 0 ? voice.choose(starters) : null;
  if (domains.length === 0 && !asked) return 'Ask me about my own life and work, for example, and I will tell you what I know.';
  const about = domains.length > 0 ? `You may ask me about ${enumerated(domains)}.` : '';
  return [about, asked && `For example: “${asked}”`].filter(Boolean).join(' ');
}

function titleFor(mode: InteractionMode, question: AnalysedQuestion): string {
  if (question.isSmallTalk || (mode === 'interviewer' && isOpening(question))) return 'On what we may talk about';
  return mode === 'interviewer' || mode === 'audience' ? 'On what I would rather hear' : 'On the limits of what I know';
}

function enumerated(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
