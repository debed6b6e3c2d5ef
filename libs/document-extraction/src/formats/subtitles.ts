import { ExtractionError } from '../extraction-error.js';
import type { FormatResult } from '../format-result.js';
import { ParagraphJoiner, speakersOf, utterancesAsMarkdown } from './speech.js';

interface Cue {
  startMs: number;
  endMs: number;
  lines: CueLine[];
}

interface CueLine {
  speaker: string | null;
  text: string;
}

/** A pause after which something new is said. */
const pauseMs = 3_000;
/** Rolling captions show a line again in the cue that follows without a gap. */
const rollingGapMs = 250;
const rollingLines = 4;
const maxCueLineCharacters = 10_000;
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', nbsp: ' ', lrm: '', rlm: '', quot: '"', apos: "'" };

/**
 * What is said in WebVTT or SubRip subtitles, as paragraphs, with the names of `<v Name>` voices. Times, positions, styles and notes
 * are dropped, and each line of captions that roll is said once.
 */
export function extractSubtitles(text: string): FormatResult {
  const cues = parseCues(text);
  if (cues.length === 0) throw new ExtractionError('corrupt', 'There are no cues in the subtitles: no line has a start and an end time. Check the file, or name it .txt.');
  const joiner = new ParagraphJoiner();
  let recent: string[] = [];
  let endMs = cues[0]!.startMs;
  for (const { startMs, endMs: cueEndMs, lines } of cues) {
    const rolls = startMs - endMs <= rollingGapMs;
    if (!rolls) recent = [];
    let afterPause = startMs - endMs > pauseMs;
    for (const { speaker, text: line } of lines) {
      const fresh = rolls ? withoutRepeated(line, recent) : line;
      if (fresh === '') continue;
      joiner.add(speaker, fresh, { afterPause });
      afterPause = false;
      recent = [...recent, line].slice(-rollingLines);
    }
    endMs = Math.max(endMs, cueEndMs);
  }
  const utterances = joiner.finish();
  return { title: null, markdown: utterancesAsMarkdown(utterances), attributes: { speakers: speakersOf(utterances) } };
}

/** What a line adds to those shown just before: nothing when it is one of them, its end when it continues the last. */
function withoutRepeated(line: string, recent: readonly string[]): string {
  if (recent.includes(line)) return '';
  const last = recent.at(-1);
  return last !== undefined && line.startsWith(`${last} `) ? line.slice(last.length + 1) : line;
}

function parseCues(text: string): Cue[] {
  const cues: Cue[] = [];
  let cue: Cue | null = null;
  let speaker: string | null = null;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const times = line.includes('-->') ? parseTimes(line) : null;
    if (times) {
      cue = { ...times, lines: [] };
      cues.push(cue);
      speaker = null;
    } else if (line.trim() === '') {
      cue = null;
    } else if (cue) {
      const parsed = parseLine(line.slice(0, maxCueLineCharacters), speaker);
      speaker = parsed.at(-1)?.speaker ?? speaker;
      cue.lines.push(...parsed.filter((part) => part.text !== ''));
    }
    // Whatever stands outside of a cue is its number, a note, a style or a region.
  }
  return cues;
}

function parseTimes(line: string): Pick<Cue, 'startMs' | 'endMs'> | null {
  const times = /^\s{0,20}((?:\d{1,4}:)?\d{1,2}:\d\d[.,]\d{1,3})\s{1,20}-->\s{1,20}((?:\d{1,4}:)?\d{1,2}:\d\d[.,]\d{1,3})/.exec(line);
  return times ? { startMs: milliseconds(times[1]!), endMs: milliseconds(times[2]!) } : null;
}

function milliseconds(time: string): number {
  const [seconds, minutes, hours = '0'] = time.replace(',', '.').split(':').reverse();
  return Math.round((Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000);
}

/** A line's text without markup, in parts where the voice changes. A voice goes on until the next one or the end of its cue. */
function parseLine(line: string, voice: string | null): CueLine[] {
  const parts: CueLine[] = [];
  let speaker = voice;
  let text = '';
  const close = () => {
    parts.push({ speaker, text: decodeEntities(text).replace(/\s+/g, ' ').trim() });
    text = '';
  };
  let at = 0;
  while (at < line.length) {
    const opening = line.indexOf('<', at);
    if (opening === -1) break;
    text += line.slice(at, opening);
    // What begins with no letter, slash or digit is no tag, as in `a < b`.
    const closing = /[/a-z\d]/i.test(line[opening + 1] ?? '') ? line.indexOf('>', opening) : -1;
    if (closing === -1) {
      text += '<';
      at = opening + 1;
      continue;
    }
    const tag = line.slice(opening + 1, closing);
    const name = /^v(?:\.[\w.-]{1,50})?[ \t]([^]{1,200})$/.exec(tag)?.[1];
    if (name !== undefined) {
      close();
      speaker = decodeEntities(name).trim();
    }
    at = closing + 1;
  }
  text += line.slice(at);
  // SubRip players take positions in braces.
  text = text.replace(/\{\\[^{}]{1,40}\}/g, '').replace(/^\s*(?:&gt;&gt;|>>)\s*/, '');
  close();
  return parts;
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|([a-z]{2,6}));/gi, (whole, number: string | undefined, name: string | undefined) => {
    if (number !== undefined) return Number(number) <= 0x10ffff ? String.fromCodePoint(Number(number)) : whole;
    return entities[name!.toLowerCase()] ?? whole;
  });
}
