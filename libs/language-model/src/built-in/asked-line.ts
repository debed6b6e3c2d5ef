import { questionForTopic } from './heading-question.js';
import type { AnalysedQuestion } from './question.js';

const longest = 200;

/** The user's message as a line that somebody else speaks: its question, or the message itself when it is short. */
export function spokenLine(question: AnalysedQuestion, topic: string | null): string {
  const asked = ownQuestion(question);
  if (asked) return asked;
  if (question.text.length <= longest) return /[.!?…]$/.test(question.text) ? capitalised(question.text) : `${capitalised(question.text)}.`;
  return questionForTopic(topic ?? 'the matter', 2);
}

/** The user's message as a question. */
export function askedQuestion(question: AnalysedQuestion, topic: string | null): string {
  const asked = ownQuestion(question);
  if (asked) return asked;
  const request = question.text.replace(/^(?:please|pray)[,\s]+/i, '').replace(/[.!\s]+$/, '');
  if (request.length <= longest) {
    const about = /^(?:tell me|talk|speak)(?: to me)?(?: more)? (?:about|of) (.+)$/i.exec(request);
    if (about) return `What can you tell me about ${about[1]}?`;
    if (/^(?:tell me more|go on|continue|say more)$/i.test(request)) return 'What more can you tell me?';
    if (/^(?:tell|explain|describe|give|list|show|name|define|compare|summari[sz]e|teach|outline|discuss|help)\b/i.test(request)) {
      return `Can you ${request.charAt(0).toLowerCase()}${request.slice(1)}?`;
    }
    if (!question.isAsking && request.length <= 120) return `What do you say to this: “${capitalised(request)}”?`;
  }
  return questionForTopic(topic ?? 'this', 2);
}

function ownQuestion(question: AnalysedQuestion): string | null {
  const sentences = question.text.match(/[^.!?]+[.!?]*/g) ?? [];
  const asked = sentences.findLast((sentence) => sentence.trim().endsWith('?'))?.trim();
  if (asked && asked.length <= longest) return capitalised(asked);
  const wh = /^(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|can|could|will|would|should|have|has|had)\b/i;
  if (wh.test(question.text) && question.text.length <= longest && !/[.!?]\s/.test(question.text)) {
    return `${capitalised(question.text.replace(/[.!\s]+$/, ''))}?`;
  }
  return null;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
