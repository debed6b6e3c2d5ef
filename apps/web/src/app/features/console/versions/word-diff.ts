export interface DiffRun {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Products of word counts above this are not compared word by word: it would take longer than it helps. */
const mostPairs = 4_000_000;

/** Two versions of a passage as runs of words that both have or only one has: as few changes as possible, spaces kept. */
export function wordDiff(before: string, after: string): DiffRun[] {
  const old = tokens(before);
  const next = tokens(after);
  if (old.length * next.length > mostPairs) return runs([{ kind: 'removed', text: before }, { kind: 'added', text: after }]);
  // lengths[i][j]: longest common subsequence of old from i and next from j, as one flat table.
  const width = next.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = next.length - 1; j >= 0; j--) {
      lengths[i * width + j] = old[i] === next[j] ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  const found: DiffRun[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < next.length) {
    if (i < old.length && j < next.length && old[i] === next[j]) {
      found.push({ kind: 'same', text: old[i++]! });
      j++;
    } else if (j >= next.length || (i < old.length && lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!)) {
      found.push({ kind: 'removed', text: old[i++]! });
    } else found.push({ kind: 'added', text: next[j++]! });
  }
  return runs(found);
}

/** How much of the longer text both have, 0-1, by characters. */
export function sharedPart(diff: readonly DiffRun[]): number {
  const of = (...kinds: DiffRun['kind'][]): number => diff.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { text }) => sum + text.length, 0);
  const longer = Math.max(of('same', 'removed'), of('same', 'added'));
  return longer === 0 ? 1 : of('same') / longer;
}

function tokens(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

function runs(parts: readonly DiffRun[]): DiffRun[] {
  const joined: DiffRun[] = [];
  for (const { kind, text } of parts) {
    const last = joined.at(-1);
    if (last?.kind === kind) last.text += text;
    else if (text) joined.push({ kind, text });
  }
  return joined;
}
