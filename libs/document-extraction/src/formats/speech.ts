export interface Utterance {
  /** As the transcript names who speaks, or null. */
  speaker: string | null;
  text: string;
}

/** Speech is cut into paragraphs of about this length, at the end of a sentence. */
const paragraphCharacters = 700;
const maxSpeakerCharacters = 80;
const maxSpeakers = 50;

/** One paragraph for each utterance, `Name: text`. A text's own paragraphs follow without the name. */
export function utterancesAsMarkdown(utterances: readonly Utterance[]): string {
  return utterances
    .map(({ speaker, text }) => ({ name: cleanSpeaker(speaker), text: text.trim() }))
    .filter(({ text }) => text !== '')
    .map(({ name, text }) => (name === null ? text : `${name}: ${text}`))
    .join('\n\n');
}

/** Who speaks, in the order of their first words. */
export function speakersOf(utterances: readonly Utterance[]): string[] | undefined {
  const names = new Set(utterances.map(({ speaker }) => cleanSpeaker(speaker)).filter((name) => name !== null));
  return names.size === 0 ? undefined : [...names].slice(0, maxSpeakers);
}

/**
 * Joins pieces of speech, as captions and recognisers cut them, into paragraphs: a new one where somebody else speaks, after a
 * pause, and at the end of a sentence once it is long.
 */
export class ParagraphJoiner {
  readonly #done: Utterance[] = [];
  #speaker: string | null = null;
  #pieces: string[] = [];
  #characters = 0;

  add(speaker: string | null, text: string, { afterPause = false }: { afterPause?: boolean } = {}): void {
    const piece = text.replace(/\s+/g, ' ').trim();
    if (piece === '') return;
    const long = this.#characters > paragraphCharacters && /[.!?…]["'”’)]?$/.test(this.#pieces.at(-1)?.slice(-3) ?? '');
    if (speaker !== this.#speaker || afterPause || long || this.#characters > 4 * paragraphCharacters) this.#flush();
    this.#speaker = speaker;
    this.#pieces.push(piece);
    this.#characters += piece.length + 1;
  }

  finish(): Utterance[] {
    this.#flush();
    return this.#done;
  }

  #flush(): void {
    if (this.#pieces.length > 0) this.#done.push({ speaker: this.#speaker, text: this.#pieces.join(' ') });
    this.#pieces = [];
    this.#characters = 0;
  }
}

function cleanSpeaker(speaker: string | null): string | null {
  const name = speaker?.slice(0, maxSpeakerCharacters).replace(/\s+/g, ' ').replace(/[:\s]+$/, '').trim();
  return name === undefined || name === '' ? null : name;
}
