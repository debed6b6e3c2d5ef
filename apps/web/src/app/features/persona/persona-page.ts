import { Component, computed, effect, inject, input, linkedSignal, resource, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { FormatId } from '@dramatis/contracts/format';
import type { ModeId } from '@dramatis/contracts/mode';
import { injectTranslate } from '../../../i18n/language';
import { Connectivity } from '../../core/connectivity';
import { ApiClient } from '../../core/api-client';
import { type Problem, asProblem } from '../../core/problem';
import { Icon } from '../../shared/icon';
import { PageState } from '../../shared/page-state';
import { PersonaHue } from '../../shared/persona-hue';
import { PersonaShelf } from '../../shared/personas';
import { Plate } from '../../shared/portrait/plate';
import { Manners } from '../../shared/manners';
import { PageTitle } from '../../shell/page-title';
import { ConversationStarter } from './conversation-starter';
import { ExampleScript } from './example-script';
import { KnowledgeSummary } from './knowledge-summary';
import { PersonaSkeleton } from './persona-skeleton';
import { WordChoice } from './word-choice';

/** Who a persona is, and how one wants to talk with it. */
@Component({
  selector: 'dr-persona-page',
  imports: [ExampleScript, Icon, KnowledgeSummary, PageState, PersonaHue, PersonaSkeleton, Plate, RouterLink, WordChoice],
  templateUrl: './persona-page.html',
  styleUrl: './persona-page.css',
})
export class PersonaPage {
  protected readonly t = injectTranslate();
  readonly personaId = input.required<string>();

  private readonly shelf = inject(PersonaShelf);
  private readonly api = inject(ApiClient);
  private readonly manners = inject(Manners);
  private readonly starter = inject(ConversationStarter);
  private readonly online = inject(Connectivity).online;
  private readonly read = resource({
    params: () => this.personaId(),
    loader: ({ params, abortSignal }) => this.shelf.load(params, abortSignal),
  });

  private readonly corpus = resource({
    params: () => this.personaId(),
    loader: ({ params, abortSignal }) => this.api.personaKnowledge(params, abortSignal),
  });

  protected readonly problem = computed(() => {
    const error = this.read.error();
    return error ? asProblem(error) : null;
  });
  /** What another page has read of it stands until the answer is here; once the persona is known to be gone, it does not. */
  protected readonly persona = computed(() => (this.problem() && !this.problem()?.passing ? undefined : this.shelf.known(this.personaId())));
  /** What its corpus is about: nothing of the page waits for it, and without it the page is whole. */
  protected readonly knowledge = computed(() => (this.corpus.hasValue() ? this.corpus.value() : null));
  /** Those that its author wrote; else those that its corpus suggests. */
  protected readonly starters = computed(() => {
    const written = this.persona()?.starterQuestions ?? [];
    return written.length > 0 ? written : (this.knowledge()?.starterQuestions ?? []);
  });
  protected readonly standing = computed(() => [this.persona()?.role, this.persona()?.yearsOfLife].filter(Boolean).join(', '));

  protected readonly modes = computed(() =>
    this.manners.offeredModes(this.persona()?.defaultInteractionModes ?? []).map((value) => ({
      value,
      word: this.manners.mode(value).phrase,
      description: this.manners.mode(value).description,
    })),
  );
  protected readonly formats = computed(() =>
    this.manners.offeredFormats(this.persona()?.supportedResponseFormats ?? []).map((value) => ({
      value,
      word: this.manners.format(value).phrase,
      description: this.manners.format(value).description,
    })),
  );
  protected readonly mode = linkedSignal<readonly { value: ModeId }[], ModeId | undefined>({
    source: this.modes,
    computation: (offered, previous) => keptOr(offered, previous?.value, offered[0]?.value),
  });
  protected readonly format = linkedSignal<readonly { value: FormatId }[], FormatId | undefined>({
    source: this.formats,
    computation: (offered, previous) => keptOr(offered, previous?.value, keptOr(offered, 'free', offered[0]?.value)),
  });

  /** What is being begun: a question, or '' for a conversation without one. */
  protected readonly starting = signal<string | null>(null);
  protected readonly startProblem = signal<Problem | null>(null);

  constructor() {
    const title = inject(PageTitle);
    effect(() => {
      const persona = this.persona();
      if (persona) title.setSubject(persona.name);
    });
    effect(() => {
      if (this.online() && untracked(this.problem)?.passing) this.retry();
    });
  }

  protected retry(): void {
    this.read.reload();
  }

  protected async begin(question = ''): Promise<void> {
    const persona = this.persona();
    if (!persona || this.starting() !== null) return;
    this.starting.set(question);
    this.startProblem.set(null);
    try {
      await this.starter.begin({ personaId: persona.personaId, mode: this.mode(), format: this.format() }, question);
    } catch (error) {
      this.startProblem.set(asProblem(error));
    } finally {
      this.starting.set(null);
    }
  }
}

function keptOr<T>(offered: readonly { value: T }[], wanted: T | undefined, otherwise: T | undefined): T | undefined {
  return offered.some(({ value }) => value === wanted) ? wanted : otherwise;
}
