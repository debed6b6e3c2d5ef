import { Component, DestroyRef, computed, effect, inject, input, resource, untracked } from '@angular/core';
import { Meta } from '@angular/platform-browser';
import { RouterLink } from '@angular/router';
import type { ResponseFormat } from '@dramatis/contracts/format';
import type { SharedCitation, SharedTurn } from '@dramatis/contracts/share';
import type { Citation } from '@dramatis/contracts/turn';
import { injectTranslate } from '../../../i18n/language';
import { ApiClient } from '../../core/api-client';
import { Connectivity } from '../../core/connectivity';
import { asProblem } from '../../core/problem';
import { MessageText } from '../../shared/message-text';
import { PageState } from '../../shared/page-state';
import { PersonaHue } from '../../shared/persona-hue';
import { PersonaShelf } from '../../shared/personas';
import { Portrait } from '../../shared/portrait/portrait';
import { PrintedSources } from '../../shared/printed-sources';
import { exactTime } from '../../shared/relative-time';
import { Reply } from '../../shared/reply/reply';
import { Manners } from '../../shared/manners';
import { PageTitle } from '../../shell/page-title';

/** Hue of a persona that cannot be read any more: the product's own red. */
const unknownHue = 32;

interface Entry extends SharedTurn {
  sources: Citation[];
  /** In which manner, where it is another than before. */
  manner: string | null;
  grammar: ResponseFormat;
}

/** A conversation that somebody shared: to be read, by whoever has the link. */
@Component({
  selector: 'dr-shared-page',
  imports: [MessageText, PageState, PersonaHue, Portrait, PrintedSources, Reply, RouterLink],
  templateUrl: './shared-page.html',
  styleUrl: './shared-page.css',
})
export class SharedPage {
  protected readonly t = injectTranslate();
  /** From the route. */
  readonly token = input.required<string>();

  private readonly api = inject(ApiClient);
  private readonly shelf = inject(PersonaShelf);
  private readonly manners = inject(Manners);
  protected readonly read = resource({
    params: () => this.token(),
    loader: ({ params, abortSignal }) => this.api.sharedConversation(params, abortSignal),
  });
  /** For its portrait and hue; the shared text carries the name. */
  private readonly portrayed = resource({
    params: () => (this.read.hasValue() ? this.read.value().personaId : undefined),
    loader: ({ params, abortSignal }) => this.shelf.load(params, abortSignal),
  });

  protected readonly conversation = computed(() => (this.read.hasValue() ? this.read.value() : null));
  protected readonly persona = computed(() => (this.portrayed.hasValue() ? this.portrayed.value() : null));
  protected readonly hue = computed(() => this.persona()?.hue ?? unknownHue);
  protected readonly problem = computed(() => {
    const error = this.read.error();
    return error ? asProblem(error) : null;
  });
  protected readonly sharedAt = computed(() => exactTime(this.t, this.conversation()?.sharedAt ?? new Date().toISOString()));
  protected readonly script = computed<Entry[]>(() => {
    const turns = this.conversation()?.turns ?? [];
    return turns.map((turn, index) => {
      const before = turns[index - 1];
      const same = before?.mode === turn.mode && before.format === turn.format;
      return {
        ...turn,
        sources: turn.citations.map(toCitation),
        manner: same ? null : this.manners.phrase(turn),
        grammar: this.manners.grammar(turn.format, turn.customs),
      };
    });
  });

  constructor() {
    const title = inject(PageTitle);
    const meta = inject(Meta);
    meta.addTag({ name: 'robots', content: 'noindex, nofollow' });
    inject(DestroyRef).onDestroy(() => meta.removeTag('name="robots"'));
    const { online } = inject(Connectivity);
    effect(() => {
      if (online() && untracked(this.problem)?.passing) untracked(() => this.read.reload());
    });
    effect(() => {
      const conversation = this.conversation();
      if (conversation) title.setSubject([conversation.title, conversation.personaName].filter(Boolean).join(' – '));
    });
  }
}

/** A shared source names no passage: there is nothing to open. */
function toCitation(citation: SharedCitation): Citation {
  return { ...citation, passageId: '', documentId: '', cited: true };
}
