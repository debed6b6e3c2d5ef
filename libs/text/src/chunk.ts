import type { PlacedSection } from './extract.js';
import { type Sentence, splitSentences } from './sentences.js';
import { estimateTokens } from './tokens.js';

/** Changes whenever the same document could be cut differently, so that passages of different cuts are told apart. */
export const chunkerVersion = 'sections-sentences-1';

/** `text` is `document.text.slice(start, end)`. */
export interface Chunk {
  ordinal: number;
  headingPath: string[];
  text: string;
  start: number;
  end: number;
  tokens: number;
}

export interface ChunkOptions {
  /** Size to aim at, in estimated tokens. Default 250. A chunk ends with the sentence that reaches it. */
  targetTokens?: number;
  /** Sentences that a chunk repeats from the one before it in its section. Default 1. */
  overlapSentences?: number;
}

interface Piece extends Sentence {
  tokens: number;
}

/**
 * Cuts a document into chunks on sentence boundaries, never across a heading. The chunks of a section are about equally
 * long, so that none is a mere remainder, and each repeats the last sentence of the one before, unless that is a large part
 * of it. Every sentence is in a chunk, in order.
 */
export function chunkDocument(document: { text: string; sections: PlacedSection[] }, options: ChunkOptions = {}): Chunk[] {
  const { targetTokens = 250, overlapSentences = 1 } = options;
  const chunks: Chunk[] = [];
  for (const section of document.sections) {
    const pieces = piecesOf(document.text.slice(section.start, section.end), section.start);
    for (const group of groupPieces(pieces, targetTokens, overlapSentences)) {
      const start = group[0]!.start;
      const end = group.at(-1)!.end;
      const text = document.text.slice(start, end);
      chunks.push({ ordinal: chunks.length, headingPath: section.headingPath, text, start, end, tokens: estimateTokens(text) });
    }
  }
  return chunks;
}

function piecesOf(text: string, offset: number): Piece[] {
  return splitSentences(text).map((sentence) => ({
    text: sentence.text,
    start: sentence.start + offset,
    end: sentence.end + offset,
    tokens: estimateTokens(sentence.text),
  }));
}

function* groupPieces(pieces: Piece[], targetTokens: number, overlapSentences: number): Generator<Piece[]> {
  const total = sumTokens(pieces);
  const count = Math.max(1, Math.round(total / targetTokens));
  const evenTarget = total / count;
  let group: Piece[] = [];
  let fresh = 0;
  for (const [index, piece] of pieces.entries()) {
    // A sentence that would overshoot by more than it undershoots now opens the next chunk.
    const overshoots = fresh > 0 && fresh + piece.tokens / 2 > evenTarget;
    if (overshoots) {
      yield group;
      group = overlapOf(group, overlapSentences, targetTokens);
      fresh = 0;
    }
    group.push(piece);
    fresh += piece.tokens;
    if (index === pieces.length - 1) yield group;
  }
}

function overlapOf(group: Piece[], sentences: number, targetTokens: number): Piece[] {
  const overlap = sentences > 0 ? group.slice(-sentences) : [];
  return overlap.length < group.length && sumTokens(overlap) <= targetTokens / 3 ? overlap : [];
}

function sumTokens(pieces: Piece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.tokens, 0);
}
