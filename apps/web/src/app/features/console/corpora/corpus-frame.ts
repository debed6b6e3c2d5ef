import { Component, DestroyRef, effect, inject, input, untracked } from '@angular/core';
import { Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { injectTranslate } from '../../../../i18n/language';
import { Shortcuts } from '../../../core/shortcuts';
import { PersonaHue } from '../../../shared/persona-hue';
import { PageTitle } from '../../../shell/page-title';
import { ExportMenu } from '../exchange/export-menu';
import { Ago } from '../parts/ago';
import { ReadingState } from '../parts/reading-state';
import { Corpus } from './corpus';

const tabs = [
  { path: 'sources', words: 'app.sources', description: 'console.key.sources', key: '1' },
  { path: 'runs', words: 'console.runs', description: 'console.key.runs', key: '2' },
  { path: 'versions', words: 'console.versions', description: 'console.key.versions', key: '3' },
  { path: 'overview', words: 'console.overview', description: 'console.key.overview', key: '4' },
  { path: 'graph', words: 'console.graph', description: 'console.key.graph', key: '5' },
  { path: 'search', words: 'console.search', description: 'console.key.search', key: '6' },
  { path: 'persona', words: 'console.persona', description: 'console.key.persona', key: '7' },
] as const;

/** One persona's corpus: who it is, and the way to each of its pages. */
@Component({
  selector: 'dr-corpus-frame',
  imports: [Ago, ExportMenu, PersonaHue, ReadingState, RouterLink, RouterLinkActive, RouterOutlet],
  providers: [Corpus],
  templateUrl: './corpus-frame.html',
  styleUrl: './corpus-frame.css',
})
export class CorpusFrame {
  protected readonly t = injectTranslate();
  readonly personaId = input.required<string>();

  private readonly router = inject(Router);
  protected readonly corpus = inject(Corpus);
  protected readonly tabs = tabs;

  constructor() {
    effect(() => {
      const personaId = this.personaId();
      untracked(() => this.corpus.personaId.set(personaId));
    });
    const title = inject(PageTitle);
    effect(() => title.setPlace(this.corpus.persona.value()?.name ?? ''));
    const go = (path: string) => () => void this.router.navigate(['/console/corpora', this.personaId(), path]);
    const unregister = inject(Shortcuts).register(
      ...tabs.map(({ path, description, key }) => ({ key, group: 'console' as const, description, run: go(path) })),
    );
    inject(DestroyRef).onDestroy(() => {
      unregister();
      title.setPlace('');
    });
  }

  /** Whether the page stands below a tab whose address it does not begin with. */
  protected isAbove(tab: string): boolean {
    return (tab === 'versions' && /\/compare(?:\?|$)/.test(this.router.url)) || (tab === 'persona' && /\/persona-/.test(this.router.url));
  }
}
