import { Tokenizer } from '@huggingface/tokenizers';

/** Token ids of a text, special tokens included, at most `maxTokens`. */
export type Tokenize = (text: string) => number[];

/** What is used of the library, whose own declarations do not resolve under Node's module resolution. */
interface WordPieceTokenizer {
  encode(text: string): { ids: number[] };
}

/** No word piece vocabulary needs more characters a token than this for text that is language. */
const charactersPerToken = 12;

/** Makes a tokenizer from a Hugging Face `tokenizer.json`; its own padding and truncation are not used. */
export function createTokenize(tokenizerJson: object, maxTokens: number): Tokenize {
  const LibraryTokenizer = Tokenizer as new (json: object, config: object) => WordPieceTokenizer;
  const tokenizer = new LibraryTokenizer(tokenizerJson, {});
  return (text) => {
    const { ids } = tokenizer.encode(text.slice(0, maxTokens * charactersPerToken));
    return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), ids.at(-1)!];
  };
}
