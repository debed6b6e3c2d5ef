import type { FormatChoice } from '@dramatis/contracts/custom-format';
import type { ModeChoice } from '@dramatis/contracts/custom-mode';
import { schemaOf } from '@dramatis/contracts/format-choice';
import type { PersonaVersion } from '@dramatis/contracts/persona';
import type { Violation } from '@dramatis/contracts/turn';
import { withoutCitations } from '@dramatis/response-format/citations';
import { estimateTokens } from '@dramatis/text/tokens';
import { fenced, fenceFor } from './fence.js';
import { PromptTooLargeError } from './prompt-too-large-error.js';
import { systemPrompt, type SystemPromptInput } from './system-prompt.js';

export interface PromptPassage {
  passageId: string;
  documentId: string;
  documentTitle: string;
  headingPath: string[];
  text: string;
}

export interface HistoryTurn {
  userText: string;
  replyText: string;
}

export interface PromptInput {
  persona: PersonaVersion;
  mode: ModeChoice;
  format: FormatChoice;
  question: string;
  /** Oldest first. */
  history: HistoryTurn[];
  /** Best first. */
  passages: PromptPassage[];
  budget: { contextWindowTokens: number; maxOutputTokens: number };
  /** Whether the provider enforces the format's schema. */
  structured: boolean;
  /** With `previousReply`: asks for that reply again, without what it violates. */
  violations?: Violation[];
  previousReply?: string;
}

export interface ChatMessage {
  role: 'user' | 'assistant';
  content: string;
}

export interface NumberedPassage extends PromptPassage {
  /** What a citation mark `[n]` refers to. */
  number: number;
}

export interface ComposedPrompt {
  system: string;
  /** Alternating, beginning and ending with the user's. */
  messages: ChatMessage[];
  /** Those that fitted, numbered from 1, best first. */
  passages: NumberedPassage[];
  droppedHistory: number;
  droppedPassages: number;
  /** Estimate. */
  inputTokens: number;
}

/** Part of the window that stays free: token counts are estimates. */
const safetyShare = 0.1;
/** Part of what is left for history and passages that recent history may claim before passages do. */
const historyShare = 0.35;
const exampleShare = 0.1;
const maxExamples = 3;
/** What a provider adds around each message. */
const messageOverheadTokens = 5;

/**
 * The prompt for a real language model. The same input gives the same prompt. What does not fit goes: examples first,
 * then the oldest history and the worst passages, never the persona, the rules or the message.
 * @throws PromptTooLargeError when those alone do not fit
 */
export function composePrompt(input: PromptInput): ComposedPrompt {
  const { contextWindowTokens, maxOutputTokens } = input.budget;
  const available = Math.floor((contextWindowTokens - maxOutputTokens) * (1 - safetyShare));
  const history = input.history.filter((turn) => turn.userText.trim() !== '' && turn.replyText.trim() !== '');
  const correction = correctionMessages(input);
  const fence = fenceFor([
    input.question,
    ...input.passages.flatMap((passage) => [passage.documentTitle, ...passage.headingPath, passage.text]),
    ...directionsOf(input),
  ]);

  const systemFor = (passageCount: number, exampleCount: number) =>
    systemPrompt({ ...pick(input), passageCount, exampleCount, fence });
  const withoutSystem = tokensOf([{ role: 'user', content: userMessage(input.question, [], fence) }, ...correction]);
  const fixedTokens = (exampleCount: number) =>
    Math.max(...[0, input.passages.length].map((count) => estimateTokens(systemFor(count, exampleCount)))) + withoutSystem;

  const { exampleCount, required } = examplesThatFit(input, available, fixedTokens);
  if (required > available) throw new PromptTooLargeError(required, Math.max(0, available));

  const passageCosts = input.passages.map((passage, index) => estimateTokens(fencedPassage({ ...passage, number: index + 1 }, fence)) + 2);
  const historyCosts = history.map((turn) => tokensOf(historyMessages(turn)));
  const { passageCount, historyCount } = fit(available - required, passageCosts, historyCosts);

  const passages = input.passages.slice(0, passageCount).map((passage, index) => ({ ...passage, number: index + 1 }));
  const kept = history.slice(history.length - historyCount);
  const system = systemFor(passages.length, exampleCount);
  const messages: ChatMessage[] = [
    ...kept.flatMap(historyMessages),
    { role: 'user', content: userMessage(input.question, passages, fence) },
    ...correction,
  ];
  return {
    system,
    messages,
    passages,
    droppedHistory: history.length - kept.length,
    droppedPassages: input.passages.length - passages.length,
    inputTokens: estimateTokens(system) + tokensOf(messages),
  };
}

/** What curators wrote, which must not close its element either. */
function directionsOf({ mode, format }: PromptInput): string[] {
  return [mode, format].flatMap((choice) => (typeof choice === 'string' ? [] : [choice.instructions]));
}

function pick({ persona, mode, format, structured }: PromptInput): Pick<SystemPromptInput, 'persona' | 'mode' | 'format' | 'structured'> {
  return { persona, mode, format, structured };
}

/** How many examples go along, and how many tokens all takes that cannot go. */
function examplesThatFit(input: PromptInput, available: number, fixedTokens: (exampleCount: number) => number): { exampleCount: number; required: number } {
  const without = fixedTokens(0);
  for (let exampleCount = Math.min(maxExamples, input.persona.exampleResponses.length); exampleCount > 0; exampleCount--) {
    const required = fixedTokens(exampleCount);
    if (required - without <= available * exampleShare && required <= available) return { exampleCount, required };
  }
  return { exampleCount: 0, required: without };
}

/** How many passages, from the best, and turns, from the latest, go into so many tokens. */
function fit(tokens: number, passageCosts: number[], historyCosts: number[]): { passageCount: number; historyCount: number } {
  const latestFirst = historyCosts.toReversed();
  const reserved = costOf(latestFirst, countWithin(latestFirst, tokens * historyShare));
  const passageCount = countWithin(passageCosts, tokens - reserved);
  const historyCount = countWithin(latestFirst, tokens - costOf(passageCosts, passageCount));
  return { passageCount, historyCount };
}

function countWithin(costs: number[], limit: number): number {
  let total = 0;
  const tooMany = costs.findIndex((cost) => (total += cost) > limit);
  return tooMany < 0 ? costs.length : tooMany;
}

function costOf(costs: number[], count: number): number {
  return costs.slice(0, count).reduce((total, cost) => total + cost, 0);
}

/** Citation marks of earlier replies go: their numbers meant other passages. */
function historyMessages(turn: HistoryTurn): ChatMessage[] {
  return [
    { role: 'user', content: turn.userText },
    { role: 'assistant', content: withoutCitations(turn.replyText) },
  ];
}

function userMessage(question: string, passages: NumberedPassage[], fence: string): string {
  const record = passages.map((passage) => fencedPassage(passage, fence));
  return [...record, fenced(`message-${fence}`, {}, question)].join('\n\n');
}

function fencedPassage({ number, documentTitle, headingPath, text }: NumberedPassage, fence: string): string {
  const place = [documentTitle, ...headingPath.filter((heading) => heading !== documentTitle)].join(' / ');
  return fenced(`passage-${fence}`, { number, from: place }, text);
}

function correctionMessages({ violations, previousReply, structured, format }: PromptInput): ChatMessage[] {
  if (!violations || violations.length === 0 || !previousReply?.trim()) return [];
  const list = violations.map(({ message, path }) => `- ${message}${path ? ` (at ${path})` : ''}`).join('\n');
  const form = structured || schemaOf(format) ? 'the same JSON schema' : 'the prescribed shape';
  return [
    { role: 'assistant', content: previousReply },
    {
      role: 'user',
      content: `That reply does not keep to what was asked:\n${list}\n\nWrite the whole reply again in ${form}, with these points put right and everything else kept: the same content, voice and citations. Give only the reply, without an apology or a comment.`,
    },
  ];
}

function tokensOf(messages: ChatMessage[]): number {
  return messages.reduce((total, { content }) => total + estimateTokens(content) + messageOverheadTokens, 0);
}
