import type { TextDiffPart } from '@dramatis/contracts/corpus-version';
import { splitSentences } from '@dramatis/text/sentences';
import { diffArrays } from 'diff';

/** Longer texts are compared up to here, in characters. */
const maxCharacters = 400_000;
/** Texts that differ by more sentences are shown one after the other. */
const maxEdits = 2_000;
const timeoutMs = 1_000;
/** Sentences of an unchanged run that are shown next to a change. */
const contextSentences = 2;

/** How two texts differ, sentence by sentence. */
export function diffTexts(before: string, after: string): { parts: TextDiffPart[]; truncated: boolean } {
  const truncated = before.length > maxCharacters || after.length > maxCharacters;
  const [from, to] = [sentencesOf(before.slice(0, maxCharacters)), sentencesOf(after.slice(0, maxCharacters))];
  const changes = diffArrays(from, to, { maxEditLength: maxEdits, timeout: timeoutMs });
  if (changes === undefined) {
    const whole: TextDiffPart[] = [
      { kind: 'removed', text: from.join('') },
      { kind: 'added', text: to.join('') },
    ];
    return { parts: whole, truncated };
  }
  const parts = changes.map(({ added, removed, value }, place): TextDiffPart => {
    if (added || removed) return { kind: added ? 'added' : 'removed', text: value.join('') };
    return { kind: 'same', text: shortened(value, { first: place === 0, last: place === changes.length - 1 }) };
  });
  return { parts, truncated };
}

/** The sentences with the white space that follows them, so that together they are the text. */
function sentencesOf(text: string): string[] {
  const starts = splitSentences(text).map(({ start }) => start);
  return starts.map((start, i) => text.slice(i === 0 ? 0 : start, starts[i + 1] ?? text.length));
}

function shortened(sentences: readonly string[], { first, last }: { first: boolean; last: boolean }): string {
  const before = first ? 0 : contextSentences;
  const after = last ? 0 : contextSentences;
  if (sentences.length <= before + after + 1) return sentences.join('');
  return [...sentences.slice(0, before), '…\n', ...(after === 0 ? [] : sentences.slice(-after))].join('');
}
