import { Component, DestroyRef, ElementRef, Injector, computed, effect, inject, input, resource, runInInjectionContext, signal, untracked, viewChild } from '@angular/core';
import { type Params, Router, RouterLink } from '@angular/router';
import type { Persona } from '@dramatis/contracts/persona';
import { injectTranslate } from '../../../../i18n/language';
import { withTexts } from '../../../../i18n/with-texts';
import { Confirm } from '../../../shared/confirm';
import { injectMediaQuery } from '../../../core/media-query';
import { Notifier } from '../../../core/notifier';
import { Operator } from '../../../core/operator';
import { type Problem, asProblem } from '../../../core/problem';
import { PageState } from '../../../shared/page-state';
import { CastEntry } from '../../gallery/cast-entry';
import { Corpus } from '../corpora/corpus';
import { Act } from '../parts/act';
import { Ago } from '../parts/ago';
import { FormProblem } from '../parts/form-problem';
import { TableSkeleton } from '../parts/table-skeleton';
import { AvatarField } from './avatar-field';
import { ConflictPanel } from './conflict-panel';
import { ExamplesField } from './examples-field';
import { FormatChooser } from './format-chooser';
import { HueField } from './hue-field';
import { ModeChooser } from './mode-chooser';
import { PersonaEditing } from './persona-editing';
import { PreviewPanel } from './preview-panel';
import { PreviewStarter } from './preview-starter';
import { ProfileText } from './profile-text';
import { RouteChooser } from './route-chooser';
import { issueWords } from './profile-words';

/**
 * Writes a persona: as a draft that is tried and then published. Below a persona's corpus it changes that one; elsewhere it makes a new
 * one. What is not saved is kept in this browser.
 */
@Component({
  selector: 'dr-persona-editor-page',
  imports: [Ago, AvatarField, CastEntry, ConflictPanel, ExamplesField, FormProblem, FormatChooser, HueField, ModeChooser, PageState, PreviewPanel, ProfileText, RouteChooser, RouterLink, TableSkeleton],
  providers: [Act, PersonaEditing, PreviewStarter],
  host: { '(keydown)': 'onKey($event)', '(window:beforeunload)': 'warn($event)' },
  templateUrl: './editor-page.html',
  styleUrl: './editor-page.css',
})
export class EditorPage {
  protected readonly t = injectTranslate();
  /** Query parameter: the version whose content is taken up. */
  readonly from = input<string>();
  /** Query parameter: there while the preview stands beside the fields, where there is room for it. */
  readonly preview = input<string>();

  protected readonly editing = inject(PersonaEditing);
  protected readonly act = inject(Act);
  private readonly corpus = inject(Corpus, { optional: true });
  private readonly previews = inject(PreviewStarter);
  private readonly router = inject(Router);
  private readonly notifier = inject(Notifier);
  private readonly confirm = inject(Confirm);
  private readonly operator = inject(Operator);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  private readonly injector = inject(Injector);
  private readonly roomy = injectMediaQuery('(width >= 68.75rem)');
  /** By its name: its class is fetched with its template. */
  private readonly panel = viewChild<PreviewPanel>('panel');
  private readonly tryButton = viewChild<ElementRef<HTMLElement>>('tryButton');
  protected readonly showsPreview = computed(() => this.preview() !== undefined && this.roomy() && this.persona() !== null);
  /** The conversation's code and texts, fetched once they are wanted. */
  protected readonly previewParts = resource({
    params: () => this.showsPreview() || undefined,
    loader: () => runInInjectionContext(this.injector, withTexts(['conversation', 'verdicts'], () => import('./preview-panel'))).then(() => true),
  });

  /** Why the persona could not be read. */
  protected readonly missing = signal<Problem | null>(null);
  protected readonly decidesLater = signal(false);
  protected readonly fields = this.editing.fields;
  protected readonly persona = this.editing.persona;
  protected readonly draft = this.editing.draft;
  /** As the gallery would show it. */
  protected readonly card = computed<Persona>(() => {
    const { coreTraits, knowledgeDomains, starterQuestions, ...fields } = this.fields();
    const lines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean);
    const { voice: _, ...written } = { ...fields, coreTraits: lines(coreTraits), knowledgeDomains: lines(knowledgeDomains), starterQuestions: lines(starterQuestions) };
    const now = new Date().toISOString();
    return {
      ...written,
      name: fields.name.trim() || this.t('personaEditor.theName'),
      personaId: 'preview',
      status: 'draft',
      version: 1,
      corpus: { corpusVersion: 0, documents: 0, passages: 0, updatedAt: null },
      creationDate: now,
      lastModifiedDate: now,
    };
  });
  protected readonly conflict = computed(() => (this.decidesLater() ? null : this.editing.conflict()));
  protected readonly problemsOf = (field: string): string | null => {
    const issue = this.editing.issues().find(({ path }) => path === field || path.startsWith(`${field}/`));
    return issue ? issueWords(this.t, issue) : null;
  };

  constructor() {
    effect(() => {
      const personaId = this.corpus?.personaId();
      const from = this.from();
      untracked(() => void this.open(personaId, from));
    });
    // Whoever reads the head of the page reads what was saved here.
    effect(() => {
      const persona = this.persona();
      if (persona && this.corpus) untracked(() => this.corpus!.persona.set(persona));
    });
    inject(DestroyRef).onDestroy(() => (this.left = true));
  }

  private left = false;

  /** Asked by the router's guard: whether the page may be left. */
  async mayLeave(): Promise<boolean> {
    if (!this.editing.changed()) return true;
    return this.confirm.ask({
      heading: this.t('personaEditor.leaveHeading'),
      message: this.t('personaEditor.leaveMessage'),
      action: this.t('personaEditor.leave'),
      otherwise: this.t('personaEditor.stay'),
    });
  }

  protected async open(personaId: string | undefined, from?: string): Promise<void> {
    this.missing.set(null);
    if (personaId === undefined) {
      this.editing.begin();
      return;
    }
    try {
      await this.editing.open(personaId, Number(from) || undefined);
    } catch (error) {
      this.missing.set(asProblem(error));
    }
  }

  protected retry(): void {
    void this.open(this.corpus?.personaId(), this.from());
  }

  protected async save(): Promise<boolean> {
    const isNew = this.persona() === null;
    const done = await this.run('save', () => this.editing.save(), this.t('personaEditor.theDraftIsSaved'));
    if (done && isNew && !this.left) await this.goTo(this.persona()!);
    return done;
  }

  protected async publish(): Promise<void> {
    const isNew = this.persona() === null;
    const done = await this.run('publish', () => this.editing.publish());
    if (!done) return;
    const { name, status } = this.persona()!;
    this.notifier.tell(this.t(status === 'archived' ? 'personaEditor.savedWhileArchived' : 'personaEditor.readersNowSee', { name }));
    if (isNew && !this.left) await this.goTo(this.persona()!);
  }

  protected async discard(): Promise<void> {
    const sure = await this.confirm.ask({
      heading: this.t('personaEditor.discardHeading'),
      message: this.t('personaEditor.discardMessage'),
      action: this.t('personaEditor.discard'),
    });
    if (sure) await this.run('discard', () => this.editing.discard(), this.t('personaEditor.theDraftIsDiscarded'));
  }

  /** Talks with what the fields say: they are saved first, since a conversation is with something that stays. */
  protected async try(): Promise<void> {
    if ((this.editing.changed() || this.persona() === null) && !(await this.save())) return;
    const persona = this.persona();
    if (!persona) return;
    if (!this.roomy()) await this.act.run('try', () => this.previews.open(persona.personaId), this.t('personaEditor.previewCannotBegin'));
    else if (this.showsPreview()) this.panel()?.focus();
    else await this.goTo(persona, { preview: '' });
  }

  protected async closePreview(): Promise<void> {
    await this.goTo(this.persona()!, { preview: null });
    this.tryButton()?.nativeElement.focus();
  }

  protected async archive(): Promise<void> {
    const persona = this.persona();
    if (!persona) return;
    const sure = await this.confirm.ask({
      heading: this.t('personaEditor.archiveHeading', { name: persona.name }),
      message: this.t('personaEditor.archiveMessage'),
      action: this.t('personaEditor.archive'),
    });
    if (sure) await this.setStage('archive', this.t('personaEditor.isArchived', { name: persona.name }));
  }

  protected async setStage(act: 'archive' | 'unarchive', done: string): Promise<void> {
    await this.act.run(act, () => this.editing.setArchived(act === 'archive'), this.t('personaEditor.didNotWork'), done);
  }

  protected async keepMine(): Promise<void> {
    await this.run('save', () => this.editing.keepMine(), this.t('personaEditor.yourDraftIsSaved'));
  }

  protected async takeTheirs(): Promise<void> {
    await this.run('save', () => this.editing.takeTheirs());
  }

  protected onKey(event: KeyboardEvent): void {
    if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    void this.save();
  }

  protected warn(event: BeforeUnloadEvent): void {
    if (this.editing.changed()) event.preventDefault();
  }

  private async run(name: string, act: () => Promise<boolean>, done?: string): Promise<boolean> {
    this.decidesLater.set(false);
    const succeeded = (await this.act.run(name, act, '')) ?? false;
    const problem = this.editing.problem();
    if (problem?.status === 401) this.operator.refused();
    if (succeeded && done) this.notifier.tell(done);
    if (!succeeded && !this.left) setTimeout(() => this.toFirstProblem());
    return succeeded;
  }

  private toFirstProblem(): void {
    const field = this.host.querySelector<HTMLElement>('[aria-invalid="true"]');
    field?.closest('details')?.setAttribute('open', '');
    field?.focus();
  }

  /** The persona's own page: from the one of a new persona, or with the preview beside it or not. */
  private async goTo({ personaId }: Persona, queryParams: Params = {}): Promise<void> {
    await this.router.navigate(['/console/corpora', personaId, 'persona'], { queryParams, queryParamsHandling: 'merge' });
  }
}
