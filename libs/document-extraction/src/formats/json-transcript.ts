import type { ExtractionWarning } from '../extracted-file.js';
import { ExtractionError } from '../extraction-error.js';
import type { FormatResult } from '../format-result.js';
import { chatExportMessages } from './chat-export.js';
import { isObject, type JsonObject, nameIn, textIn } from './json-shapes.js';
import { ParagraphJoiner, speakersOf, type Utterance, utterancesAsMarkdown } from './speech.js';

/** Members under which exports keep their list, those of a conversation first. */
const lists = ['messages', 'turns', 'utterances', 'segments', 'transcript', 'dialogue', 'dialog', 'conversation', 'conversations', 'chats', 'threads', 'entries', 'records', 'documents', 'articles', 'posts', 'items', 'results', 'data', 'chapters', 'pages', 'list', 'monologues'];
/** What a program says to a program. */
const silentRoles = new Set(['system', 'tool', 'function', 'developer']);
const pauseSeconds = 3;
const recordTitles = ['title', 'heading', 'headline', 'subject', 'topic', 'question'];
const conversationTitles = [...recordTitles, 'name'];
const maxDepth = 8;
const maxDamagedShare = 0.5;

interface Part {
  title: string | null;
  /** Its list is speech, or else records of text under titles. */
  utterances: Utterance[];
  markdown: string;
}

/**
 * A transcript, or a list of texts, in JSON, as one document. A message becomes the paragraph `Name: text`, a record with title and text a
 * section; several conversations in a file become sections as well. Known are lists of messages under usual names, segments
 * of speech recognisers, and the exports of common chat programs.
 * @throws ExtractionError `corrupt` when it does not parse, `unsupported_format` when nothing in it is known
 */
export function extractJson(text: string): FormatResult {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const where = error instanceof Error ? (/\(line \d+ column \d+\)|position \d+/.exec(error.message)?.[0] ?? '') : '';
    throw new ExtractionError('corrupt', `The file is not valid JSON${where === '' ? '' : ` at ${where.replace(/[()]/g, '')}`}. It may have been cut off; export it again.`, { cause: error });
  }
  return assemble(partsOf(value, 0), isObject(value) ? titleIn(value, conversationTitles) : null, []);
}

/** As {@link extractJson}, with one value in each line. Lines that do not parse are left out, unless most do not. */
export function extractJsonLines(text: string): FormatResult {
  const values: unknown[] = [];
  let damaged = 0;
  for (const line of text.replace(/^\ufeff/, '').split('\n')) {
    if (line.trim() === '') continue;
    try {
      values.push(JSON.parse(line));
    } catch {
      damaged += 1;
    }
  }
  if (damaged > (values.length + damaged) * maxDamagedShare) {
    throw new ExtractionError('corrupt', `Of ${values.length + damaged} lines, ${damaged} are not valid JSON. Each line must be one whole value; export the file again.`);
  }
  const warnings: ExtractionWarning[] = damaged === 0 ? [] : [{ code: 'parts_left_out', message: `${damaged} of ${values.length + damaged} lines are not valid JSON and were left out.` }];
  return assemble(partsOf(values.length === 1 ? values[0] : values, 0), null, warnings);
}

function assemble(parts: Part[], title: string | null, warnings: ExtractionWarning[]): FormatResult {
  const filled = parts.filter(({ markdown }) => markdown !== '');
  if (filled.length === 0) {
    throw new ExtractionError('unsupported_format', 'No conversation or texts were found in the JSON. Known are lists of messages such as {"speaker": …, "text": …}, and of records such as {"title": …, "text": …}.');
  }
  const several = filled.length > 1;
  const markdown = filled.map((part, index) => (several ? `## ${oneLine(part.title ?? `Conversation ${index + 1}`)}\n\n${part.markdown}` : part.markdown)).join('\n\n');
  const speakers = speakersOf(filled.flatMap(({ utterances }) => utterances));
  return { title: title ?? (several ? null : filled[0]!.title), markdown, attributes: { speakers }, warnings };
}

/** The conversations and record lists in a value. */
function partsOf(value: unknown, depth: number): Part[] {
  if (depth > maxDepth) return [];
  if (Array.isArray(value)) return partsOfList(value, depth);
  if (!isObject(value)) return [];
  const exported = chatExportMessages(value);
  if (exported) return [partOfList(exported, titleIn(value, conversationTitles))];
  for (const name of lists) {
    const inner = value[name];
    const parts = Array.isArray(inner) || isObject(inner) ? partsOf(inner, depth + 1) : [];
    const [only] = parts;
    if (only && parts.length === 1) return [{ ...only, title: only.title ?? titleIn(value, conversationTitles) }];
    if (parts.length > 0) return parts;
  }
  return textIn(value) === null ? [] : [partOfList([value], null)];
}

function partsOfList(list: unknown[], depth: number): Part[] {
  const flat = list.filter((item) => typeof item === 'string' || (isObject(item) && textIn(item) !== null));
  if (flat.length > 0 && flat.length * 2 >= list.length) return [partOfList(flat, null)];
  const parts: Part[] = [];
  for (const item of list) for (const part of partsOf(item, depth + 1)) parts.push(part);
  return parts;
}

function partOfList(list: readonly unknown[], title: string | null): Part {
  const isRecord = (item: unknown) => isObject(item) && titleIn(item) !== null && nameIn(item) === null;
  if (list.some(isRecord)) return { title, utterances: [], markdown: list.map(recordAsMarkdown).filter((record) => record !== '').join('\n\n') };
  const joiner = new ParagraphJoiner();
  const timed = list.every((item) => isObject(item) && typeof item['start'] === 'number' && typeof item['end'] === 'number');
  const utterances: Utterance[] = [];
  let end = Number.POSITIVE_INFINITY;
  for (const item of list) {
    const speaker = isObject(item) ? nameIn(item) : null;
    const text = typeof item === 'string' ? item : textIn(item as JsonObject);
    if (text === null || silentRoles.has(speaker ?? '')) continue;
    if (!timed) {
      utterances.push({ speaker: asName(speaker), text });
      continue;
    }
    const { start, end: itemEnd } = item as { start: number; end: number };
    joiner.add(asName(speaker), text, { afterPause: start - end > pauseSeconds });
    end = itemEnd;
  }
  if (timed) utterances.push(...joiner.finish());
  return { title, utterances, markdown: utterancesAsMarkdown(utterances) };
}

function recordAsMarkdown(item: unknown): string {
  if (typeof item === 'string') return item.trim();
  const record = item as JsonObject;
  const title = titleIn(record);
  const text = textIn(record)?.trim() ?? '';
  if (text === '') return '';
  return title === null ? text : `## ${oneLine(title)}\n\n${text}`;
}

/** The title of a record; that of a conversation may also be its name, which in a record is who speaks. */
function titleIn(value: JsonObject, names: readonly string[] = recordTitles): string | null {
  for (const name of names) {
    const title = value[name];
    if (typeof title === 'string' && title.trim() !== '' && title.length < 500) return title.trim();
  }
  return null;
}

/** Roles are written small, names are not. */
function asName(speaker: string | null): string | null {
  return speaker !== null && /^(?:user|assistant|human|ai|bot|interviewer|interviewee|host|guest|speaker)$/.test(speaker) ? speaker[0]!.toUpperCase() + speaker.slice(1) : speaker;
}

function oneLine(title: string): string {
  return title.replace(/\s+/g, ' ').trim();
}
