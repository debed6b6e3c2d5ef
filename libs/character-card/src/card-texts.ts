import type { ImportNote } from '@dramatis/contracts/persona-import';
import type { CardFields } from './card-fields.js';
import { type Exchange, parseDialogue } from './dialogue.js';
import { fillMacros, type MacroNames } from './macros.js';
import { plainLine, plainText, shortened } from './plain-text.js';

/** Said before a greeting. */
const greeted = 'Hello.';
const maxPrompt = 500;
const maxResponse = 4_000;

/** Texts of a card as a persona has them, collecting what there is to say of it. */
export class CardTexts {
  readonly #notes = new Map<string, ImportNote>();
  readonly name: string;

  constructor(private readonly fields: CardFields) {
    this.name = plainLine(fields.nickname) || plainLine(fields.name) || 'the character';
  }

  get notes(): ImportNote[] {
    return [...this.#notes.values()];
  }

  note(note: ImportNote): void {
    const key = `${note.code} ${note.field ?? ''}`;
    const former = this.#notes.get(key);
    this.#notes.set(key, former?.count !== undefined && note.count !== undefined ? { ...note, count: former.count + note.count } : note);
  }

  /** Told of the character. */
  told(text: string): string {
    return plainText(this.#filled(text, 'narration'));
  }

  fitted(text: string, maxCharacters: number, field: string): string {
    if (text.length > maxCharacters) this.note({ code: 'shortened', field });
    return shortened(text, maxCharacters);
  }

  /** The example dialogue, exchange by exchange. */
  examples(): Exchange[] {
    const names = [this.fields.name, this.fields.nickname].map(plainLine).filter(Boolean);
    return parseDialogue(this.fields.mes_example, names).flatMap((exchange) => this.#exchange(exchange.prompt, exchange.response));
  }

  /** What the character begins with, as answers to a greeting. */
  greetings(): Exchange[] {
    return [this.fields.first_mes, ...this.fields.alternate_greetings].flatMap((text) => this.#exchange(greeted, text));
  }

  #exchange(prompt: string, response: string): Exchange[] {
    const said = plainText(this.#filled(response, 'speech'));
    if (said === '') return [];
    return [{ prompt: shortened(plainText(this.#filled(prompt, 'speech')) || greeted, maxPrompt), response: this.fitted(said, maxResponse, 'exampleResponses') }];
  }

  #filled(text: string, told: MacroNames['told']): string {
    const filled = fillMacros(text, { char: this.name, told });
    if (filled.unknown > 0) this.note({ code: 'macros_kept', count: filled.unknown });
    return filled.text;
  }
}
