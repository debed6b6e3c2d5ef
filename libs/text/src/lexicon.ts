import nlp from 'compromise/two';

let lexicon: Map<string, ReadonlySet<string>> | undefined;
const nothing: ReadonlySet<string> = new Set();

/**
 * What compromise's English lexicon says of a word in lower case: `MaleName`, `City`, `PastTense`, `Actor` … Only its words
 * are used: its tagger takes 180 ms for 5 kB and knows half of the names of a historical text. Loading takes 80 ms, once.
 */
export function tagsOf(word: string): ReadonlySet<string> {
  lexicon ??= load();
  return lexicon.get(word) ?? nothing;
}

function load(): Map<string, ReadonlySet<string>> {
  nlp('');
  const { one } = nlp.model() as { one: { lexicon: Record<string, string | string[]> } };
  return new Map(Object.entries(one.lexicon).map(([word, tags]) => [word, new Set([tags].flat())]));
}
