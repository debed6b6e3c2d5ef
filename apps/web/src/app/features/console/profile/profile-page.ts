import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { CorpusVersionPage } from '@dramatis/contracts/corpus-version';
import { injectTranslate } from '../../../../i18n/language';
import { StageDirection } from '../../../shared/stage-direction';
import { CorpusApi } from '../api/corpus-api';
import { Corpus } from '../corpora/corpus';
import { Act } from '../parts/act';
import { Ago } from '../parts/ago';
import { entityWord } from '../parts/entity-word';
import { count, counted, percent } from '../parts/figures';
import { languageName } from '../parts/language-name';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { reasonWords } from '../parts/reason-words';
import { EmbedderSection } from './embedder-section';

/** What the published version is about: its summary, topics, names, languages and tone. */
@Component({
  selector: 'dr-profile-page',
  imports: [Ago, EmbedderSection, ReadingState, RouterLink, StageDirection],
  providers: [Act],
  templateUrl: './profile-page.html',
  styleUrl: './profile-page.css',
})
export class ProfilePage {
  protected readonly t = injectTranslate();
  protected readonly reasonWords = reasonWords;
  private readonly api = inject(CorpusApi);
  private readonly corpus = inject(Corpus);
  protected readonly act = inject(Act);
  /** The published version; 0 before the first, which has no profile. */
  protected readonly version = computed(() => this.corpus.persona.value()?.corpus.corpusVersion ?? 0);
  protected readonly versions = reading({
    params: () => (this.version() > 0 ? { personaId: this.corpus.personaId(), version: this.version() } : undefined),
    load: ({ personaId }, signal) => this.api.versions(personaId, { limit: 200 }, signal),
    // It is computed when a version has been published; until then one looks again.
    every: (list) => (isProfiled(list, this.version()) ? null : 3_000),
    keep: true,
  });
  private readonly profiled = computed(() => isProfiled(this.versions.value(), this.version()));
  protected readonly profile = reading({
    params: () => (this.profiled() ? { personaId: this.corpus.personaId(), version: this.version() } : undefined),
    load: ({ personaId, version }, signal) => this.api.profile(personaId, version, signal),
    keep: true,
  });
  protected readonly pending = computed(() => this.versions.value() !== undefined && !this.profiled());
  protected readonly mostDocuments = computed(() => Math.max(1, ...(this.profile.value()?.topics ?? []).map(({ documents }) => documents)));
  protected readonly tones = computed(() => {
    const sentiment = this.profile.value()?.sentiment;
    if (!sentiment) return [];
    return [
      { words: this.t('profile.positive'), share: sentiment.positive, look: 'positive' },
      { words: this.t('profile.neutral'), share: sentiment.neutral, look: 'neutral' },
      { words: this.t('profile.negative'), share: sentiment.negative, look: 'negative' },
    ];
  });

  protected readonly count = count;
  protected readonly counted = counted;
  protected readonly entityWord = entityWord;
  protected readonly percent = percent;
  protected readonly languageName = languageName;

  /** For a version whose computing was lost, or that was published before there were profiles. */
  protected async compute(): Promise<void> {
    await this.act.run('compute', () => this.api.computeProfile(this.corpus.personaId(), this.version()), this.t('profile.itWasNotBegun'), this.t('profile.itIsBeingComputed'));
  }
}

function isProfiled(list: CorpusVersionPage | undefined, published: number): boolean {
  return list?.items.find(({ version }) => version === published)?.profiled ?? false;
}
