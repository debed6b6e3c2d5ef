import type { DocumentEntity } from '@dramatis/contracts/enrichment';
import type { Passage } from '@dramatis/contracts/knowledge';

/** A run of characters within a paragraph that looks the same throughout. */
export interface Stretch {
  text: string;
  /** What is named here. */
  entity: DocumentEntity | null;
  /** Whether it belongs to the passage that is looked at. */
  chosen: boolean;
  /** Ordinals of the passages that begin here. */
  begins: number[];
}

export interface ReaderParagraph {
  start: number;
  heading: boolean;
  stretches: Stretch[];
}

type Span = Pick<Passage, 'ordinal' | 'startOffset' | 'endOffset'>;

/**
 * A clean text as paragraphs, cut wherever a passage begins or a name stands.
 * @param headings lines that are headings; only paragraphs of their own are taken for them
 */
export function readerText(
  text: string,
  { passages, entities, headings, chosen }: { passages: readonly Span[]; entities: readonly DocumentEntity[]; headings: ReadonlySet<string>; chosen: number | null },
): ReaderParagraph[] {
  const mentions = entities
    .flatMap((entity) => entity.mentions.map(({ start, end }) => ({ start, end, entity })))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const starts = new Map<number, number[]>();
  for (const { ordinal, startOffset } of passages) starts.set(startOffset, [...(starts.get(startOffset) ?? []), ordinal]);
  const looked = passages.find(({ ordinal }) => ordinal === chosen);
  const beginnings = [...starts.keys()].sort((a, b) => a - b);

  const paragraphs: ReaderParagraph[] = [];
  let mention = 0;
  let beginning = 0;
  for (const match of text.matchAll(/\S(?:[^\n]|\n(?!\s*\n))*/g)) {
    const from = match.index;
    const body = match[0].trimEnd();
    const to = from + body.length;
    const cuts = new Set([from, to]);
    const here: typeof mentions = [];
    while (mention < mentions.length && mentions[mention]!.start < to) {
      const found = mentions[mention++]!;
      // Of names within names the longer, first one stands.
      if (found.start < from || found.end > to || (here.at(-1)?.end ?? 0) > found.start) continue;
      here.push(found);
      cuts.add(found.start).add(found.end);
    }
    // A passage that begins in the space between two paragraphs is shown at the next.
    const begun = new Map<number, number[]>();
    while (beginning < beginnings.length && beginnings[beginning]! < to) {
      const offset = beginnings[beginning++]!;
      const shown = Math.max(from, offset);
      begun.set(shown, [...(begun.get(shown) ?? []), ...(starts.get(offset) ?? [])]);
    }
    for (const start of begun.keys()) cuts.add(start);
    if (looked) for (const edge of [looked.startOffset, looked.endOffset]) if (edge > from && edge < to) cuts.add(edge);

    const edges = [...cuts].sort((a, b) => a - b);
    const stretches = edges.slice(0, -1).map((start, index): Stretch => {
      const end = edges[index + 1]!;
      return {
        text: text.slice(start, end),
        entity: here.find((candidate) => candidate.start <= start && candidate.end >= end)?.entity ?? null,
        chosen: looked !== undefined && start >= looked.startOffset && end <= looked.endOffset,
        begins: begun.get(start) ?? [],
      };
    });
    paragraphs.push({ start: from, heading: headings.has(body), stretches });
  }
  return paragraphs;
}
