import type { TextDiffPart } from '@dramatis/contracts/corpus-version';
import { type DiffRun, sharedPart, wordDiff } from './word-diff';

/** A block of the diff: lines of one kind, or lines that were rewritten, word by word. */
export type DiffBlock = { kind: 'same' | 'added' | 'removed'; text: string } | { kind: 'rewritten'; runs: DiffRun[] };

/** Below this share of common text, old and new lines are easier to read one after the other. */
const rewrittenFrom = 0.4;

/** A document's diff for reading: lines that went, followed by lines that came in their place, become one block where they are alike. */
export function diffBlocks(parts: readonly TextDiffPart[]): DiffBlock[] {
  const blocks: DiffBlock[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!;
    const next = parts[at + 1];
    if (part.kind === 'removed' && next?.kind === 'added') {
      const runs = wordDiff(part.text, next.text);
      if (sharedPart(runs) >= rewrittenFrom) {
        blocks.push({ kind: 'rewritten', runs });
        at++;
        continue;
      }
    }
    blocks.push(part);
  }
  return blocks;
}
