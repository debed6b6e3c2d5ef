/** What stands in a sentence's placeholders. */
export type SentenceParams = Record<string, string | number>;

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** The values that a sentence such as "There is no persona {personaId}." takes, each under its name. */
export type ParamsOf<Text extends string> = [NamesIn<Text>] extends [never] ? Record<string, never> : Record<NamesIn<Text>, string | number>;

/** The names of a sentence's placeholders, in their order. */
export function placeholdersOf(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
}

/** The sentence with its values. `{waiting}` is given in seconds and said as people say it; a value that is missing leaves its name. */
export function inWords(text: string, params: SentenceParams): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = params[name];
    if (value === undefined) return placeholder;
    return name === 'waiting' ? waitingWords(Number(value)) : String(value);
  });
}

/** "a second", "30 seconds", "5 minutes", "2 hours", rounded up. */
function waitingWords(given: number): string {
  const seconds = Math.max(1, Math.ceil(given));
  if (seconds < 100) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
