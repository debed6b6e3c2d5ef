import type { PassageQuestions } from '@dramatis/contracts/enrichment';
import type { Passage } from '@dramatis/contracts/knowledge';
import type { LanguageModel } from '@dramatis/language-model/port';
import { type DigestMaterial, digestPrompt, documentPrompt } from '@dramatis/prompting/enrichment/enrichment-prompt';
import { readDigestAnswer, readDocumentAnswer } from '@dramatis/prompting/enrichment/read-answer';
import { windowsOf } from '@dramatis/prompting/enrichment/windows';
import { type Answered, askModels, type AskModelsDependencies } from './ask-models.js';

/** Most of a document that is given at once, and most requests that a document takes: with one more that sums up. */
const mostWindowTokens = 8_000;
const mostWindowPassages = 40;
const maxWindows = 8;
/** What an answer takes for each passage, in tokens. */
const answerTokens = 80;
/** Documents of a corpus, at even distances, that its description is made of. */
const maxDigested = 60;

export interface Described {
  summary: string[];
  questions: PassageQuestions[];
  by: string;
  calls: number;
}

/** What answers about a corpus version go with. */
export function versionSubject(version: number): string {
  return `version/${version}`;
}

type Whose = { personaId: string; modelRoute?: readonly string[] | undefined };

/** Has language models describe documents and corpora. The built-in model, which cannot, does not count. */
export class Describer {
  constructor(private readonly dependencies: AskModelsDependencies) {}

  /** Whether there is a model to ask for the persona. */
  canDescribe(persona: Pick<Whose, 'modelRoute'>): boolean {
    return this.modelsFor(persona).length > 0;
  }

  /** A summary of a document and questions that its passages answer. @throws LanguageModelError */
  async describeDocument(
    persona: Whose,
    { title, contentHash, passages }: { title: string; contentHash: string; passages: readonly Pick<Passage, 'ordinal' | 'headingPath' | 'text' | 'tokens'>[] },
    signal: AbortSignal,
  ): Promise<Described> {
    const models = this.modelsFor(persona);
    const about = { personaId: persona.personaId, subject: contentHash, models, signal };
    const parts: Answered<Pick<Described, 'summary' | 'questions'>>[] = [];
    // One after another: a document takes no more of a provider than any other.
    for (const window of windowsOf(passages, windowLimits(models))) {
      const ordinals = window.map(({ ordinal }) => ordinal);
      parts.push(await askModels(this.dependencies, { ...about, prompt: documentPrompt({ title, passages: window }), read: (answer) => readDocumentAnswer(answer, ordinals) }));
    }
    const whole =
      parts.length === 1
        ? parts[0]!
        : await this.digest(about, { of: 'document', name: title, summaries: parts.map(({ answer }, index) => ({ title: `part ${index + 1}`, text: answer.summary.join(' ') })), questions: [] });
    const all = parts.length === 1 ? parts : [whole, ...parts];
    return {
      summary: whole.answer.summary,
      questions: parts.flatMap(({ answer }) => answer.questions),
      by: [...new Set(all.map(({ by }) => by))].join(', '),
      calls: all.reduce((sum, { calls }) => sum + calls, 0),
    };
  }

  /** A summary of a corpus, and questions to begin with, out of what is known of its documents. @throws LanguageModelError */
  async describeCorpus(
    persona: Whose & { name: string },
    version: number,
    documents: readonly { title: string; summary: readonly string[]; questions: readonly PassageQuestions[] }[],
    signal: AbortSignal,
  ): Promise<Answered<{ summary: string[]; questions: string[] }>> {
    const step = Math.max(1, documents.length / maxDigested);
    const sampled = Array.from({ length: Math.min(documents.length, maxDigested) }, (_, at) => documents[Math.floor(at * step)]!);
    const perDocument = Math.max(1, Math.floor(maxDigested / sampled.length));
    const about = { personaId: persona.personaId, subject: versionSubject(version), models: this.modelsFor(persona), signal };
    return this.digest(about, {
      of: 'corpus',
      name: persona.name,
      summaries: sampled.map(({ title, summary }) => ({ title, text: summary.slice(0, 2).join(' ').slice(0, 400) })),
      questions: sampled.flatMap(({ questions }) => questions.flatMap((passage) => passage.questions.slice(0, 1)).slice(0, perDocument)),
    });
  }

  private digest(about: { personaId: string; subject: string; models: readonly LanguageModel[]; signal: AbortSignal }, material: DigestMaterial) {
    return askModels(this.dependencies, { ...about, prompt: digestPrompt(material), read: readDigestAnswer });
  }

  /** A persona's own route holds here too: it may name only a provider that its texts may go to. */
  private modelsFor({ modelRoute }: Pick<Whose, 'modelRoute'>): LanguageModel[] {
    return this.dependencies.router.routeFor({ modelRoute }).filter(({ builtIn }) => !builtIn);
  }
}

/** What every model of a route can take, by estimates that may be out by a third. */
function windowLimits(models: readonly LanguageModel[]) {
  const input = Math.min(...models.map(({ contextWindowTokens, maxOutputTokens }) => contextWindowTokens - maxOutputTokens));
  const output = Math.min(...models.map(({ maxOutputTokens }) => maxOutputTokens));
  return {
    maxTokens: Math.min(mostWindowTokens, Math.floor(input * 0.6) - 500),
    maxItems: Math.max(1, Math.min(mostWindowPassages, Math.floor(output / answerTokens))),
    maxWindows,
  };
}
