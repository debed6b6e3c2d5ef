import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { PersonaVersion } from '@dramatis/contracts/persona';
import { type Translate, injectTranslate } from '../../../../i18n/language';
import type { TextKey } from '../../../../i18n/scopes';
import { Confirm } from '../../../shared/confirm';
import { PersonasApi } from '../api/personas-api';
import { Corpus } from '../corpora/corpus';
import { Act } from '../parts/act';
import { Ago } from '../parts/ago';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { StatusMark, type Tone } from '../parts/status-mark';

interface Row {
  version: PersonaVersion;
  state: { words: TextKey; tone: Tone };
  author: string | null;
}

/** What a persona said and says: every version with who saved it and when, and the way back to each. */
@Component({
  selector: 'dr-persona-versions-page',
  imports: [Ago, ReadingState, RouterLink, StatusMark],
  providers: [Act],
  templateUrl: './persona-versions-page.html',
  styles: `
    .row-actions :is(a, button) {
      display: inline-block;
    }

    .row-actions :is(a, button) + :is(a, button) {
      margin-left: var(--s3);
    }

    @media (width < 40rem) {
      td.row-actions.row-actions {
        width: 11rem;
        line-height: 1.6;
        white-space: normal;
      }
    }
  `,
})
export class PersonaVersionsPage {
  protected readonly t = injectTranslate();
  private readonly api = inject(PersonasApi);
  private readonly confirm = inject(Confirm);
  protected readonly act = inject(Act);
  protected readonly corpus = inject(Corpus);
  /** Whether drafts that were replaced or discarded are shown too. */
  protected readonly showsDrafts = signal(false);

  protected readonly versions = reading({
    params: () => this.corpus.personaId() || undefined,
    load: (personaId, signal) => this.api.versions(personaId, signal),
  });
  private readonly draft = reading({
    params: () => this.corpus.personaId() || undefined,
    load: (personaId, signal) => this.api.draft(personaId, signal),
  });
  protected readonly hidden = computed(() => this.all().filter(({ state }) => state === states.unpublished).length);
  protected readonly rows = computed(() => this.all().filter(({ state }) => this.showsDrafts() || state !== states.unpublished));
  protected readonly from = linkedSignal(() => this.rows()[1]?.version.version ?? 0);
  protected readonly to = linkedSignal(() => this.rows()[0]?.version.version ?? 0);
  private readonly all = computed<Row[]>(() => {
    const live = this.corpus.persona.value()?.version;
    const draft = this.draft.value()?.version;
    return (this.versions.value() ?? []).map((version) => ({ version, state: stateOf(version, live, draft), author: authorOf(this.t, version) }));
  });

  protected asNumber(value: string): number {
    return Number(value);
  }

  protected async restore({ version }: PersonaVersion): Promise<void> {
    const persona = this.corpus.persona.value();
    if (!persona) return;
    const sure = await this.confirm.ask({
      heading: this.t('personaEditor.restoreHeading', { version }),
      message: this.t('personaEditor.restoreMessage'),
      action: this.t('personaEditor.restore'),
    });
    if (!sure) return;
    const restored = await this.act.run('restore', () => this.api.restore(persona.personaId, version, persona.version), this.t('personaEditor.notRestored', { version }), this.t('personaEditor.isRestored', { version }));
    if (!restored) return;
    this.corpus.persona.set(restored);
    await this.versions.reload();
  }

  protected isLive({ version }: PersonaVersion): boolean {
    return version === this.corpus.persona.value()?.version;
  }
}

const states = {
  live: { words: 'personaEditor.stateLive', tone: 'good' },
  draft: { words: 'personaEditor.stateDraft', tone: 'warn' },
  unpublished: { words: 'personaEditor.stateUnpublished', tone: 'quiet' },
  former: { words: 'personaEditor.stateFormer', tone: 'quiet' },
  notYet: { words: 'personaEditor.notPublishedYet', tone: 'warn' },
  archived: { words: 'personaEditor.stateArchived', tone: 'quiet' },
} satisfies Record<string, Row['state']>;

function stateOf({ version, status, publishedAt }: PersonaVersion, live: number | undefined, draft: number | undefined): Row['state'] {
  if (version === live) return status === 'active' ? states.live : status === 'draft' ? states.notYet : states.archived;
  if (version === draft) return states.draft;
  return publishedAt === null ? states.unpublished : states.former;
}

function authorOf(t: Translate, { savedBy }: PersonaVersion): string | null {
  if (savedBy === null || savedBy.kind === 'system') return null;
  return savedBy.kind === 'operator' ? t('personaEditor.withTheOperatorToken') : (savedBy.name ?? t('personaEditor.aFormerAccount'));
}
