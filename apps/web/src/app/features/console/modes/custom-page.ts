import { Component, computed, effect, inject, input, linkedSignal, signal, untracked } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { CustomStatus } from '@dramatis/contracts/custom-definition';
import type { CustomFormat, CustomFormatVersion } from '@dramatis/contracts/custom-format';
import type { CustomMode, CustomModeVersion } from '@dramatis/contracts/custom-mode';
import { injectTranslate } from '../../../../i18n/language';
import { BrowserStorage } from '../../../core/browser-storage';
import { Notifier } from '../../../core/notifier';
import { type Problem, asProblem } from '../../../core/problem';
import { staying } from '../../../core/staying';
import { Confirm } from '../../../shared/confirm';
import { Manners } from '../../../shared/manners';
import { interactionModeOrder, responseFormatOrder } from '../../../shared/words';
import { PageTitle } from '../../../shell/page-title';
import { CustomsApi } from '../api/customs-api';
import { Ago } from '../parts/ago';
import { BroughtBack } from '../parts/brought-back';
import { FormProblem } from '../parts/form-problem';
import { reading } from '../parts/reading';
import { ReadingState } from '../parts/reading-state';
import { StayInSight } from '../parts/stay-in-sight';
import { type Draft, type Kind, draftOf, emptyDraft, formatOf, isDraft, modeOf } from './draft';
import { FormatRulesFields } from './format-rules-fields';
import { ModeRulesFields } from './mode-rules-fields';
import { SchemaField } from './schema-field';
import { type StartTrial, TryOut } from './try-out';
import { WordsFields } from './words-fields';

type Kept = CustomMode | CustomFormat;

/** A mode or a format of the installation's own: what it says, its rules, a try-out beside it, and its versions. */
@Component({
  selector: 'dr-custom-page',
  imports: [Ago, BroughtBack, FormProblem, FormatRulesFields, ModeRulesFields, ReadingState, RouterLink, SchemaField, StayInSight, TryOut, WordsFields],
  templateUrl: './custom-page.html',
  styleUrl: './custom-page.css',
})
export class CustomPage {
  protected readonly t = injectTranslate();
  /** From the route's data. */
  readonly kind = input.required<Kind>();
  /** From the route: the id without its prefix, or `new` for one that is to be made. */
  readonly slug = input.required<string>();
  protected readonly customId = computed(() => `custom.${this.slug()}`);

  private readonly api = inject(CustomsApi);
  private readonly router = inject(Router);
  private readonly confirm = inject(Confirm);
  private readonly storage = inject(BrowserStorage);
  private readonly notifier = inject(Notifier);
  protected readonly manners = inject(Manners);

  protected readonly isNew = computed(() => this.slug() === 'new');
  protected readonly kept = reading<{ kind: Kind; id: string }, Kept>({
    params: () => (this.isNew() ? undefined : { kind: this.kind(), id: this.customId() }),
    load: ({ kind, id }, signal) => (kind === 'mode' ? this.api.mode(id, signal) : this.api.format(id, signal)),
  });
  protected readonly versions = reading<{ kind: Kind; id: string; version: number }, (CustomModeVersion | CustomFormatVersion)[]>({
    params: () => {
      const kept = this.kept.value();
      return kept ? { kind: this.kind(), id: this.customId(), version: kept.version } : undefined;
    },
    load: ({ kind, id }, signal) => (kind === 'mode' ? this.api.modeVersions(id, signal) : this.api.formatVersions(id, signal)),
    keep: true,
  });
  private readonly saved = computed(() => {
    const kept = this.kept.value();
    return kept ? draftOf(kept) : emptyDraft();
  });
  protected readonly draft = linkedSignal<Draft>(() => this.saved());
  /** Where this browser keeps what is changed and not saved. */
  private readonly keptAs = computed(() => `form.${this.kind()}.${this.slug()}`);
  /** Whether changes came back that were not saved when the page was left. */
  protected readonly broughtBack = signal(false);
  protected readonly dirty = computed(() => JSON.stringify(this.draft()) !== JSON.stringify(this.saved()));
  /** Whether there is something to edit. */
  private readonly ready = computed(() => this.isNew() || this.kept.value() !== undefined);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly incomplete = signal(false);
  protected readonly busy = signal(false);
  protected readonly modeOrder = interactionModeOrder;
  protected readonly formatOrder = responseFormatOrder;
  protected readonly heading = computed(() => {
    const kept = this.kept.value();
    if (kept) return this.manners.say(kept.label);
    if (!this.isNew()) return this.t('modes.title');
    return this.kind() === 'mode' ? this.t('modes.newMode') : this.t('modes.newFormat');
  });
  /** What the editor holds, as a turn of the persona's. */
  protected readonly start: StartTrial = (personaId, question) => {
    if (!this.isWhole()) return null;
    if (this.kind() === 'mode') return this.api.tryMode({ definition: modeOf(this.draft()), personaId, question });
    const definition = formatOf(this.draft());
    return definition && this.api.tryFormat({ definition, personaId, question });
  };

  constructor() {
    const title = inject(PageTitle);
    effect(() => title.setSubject(this.heading()));
    effect(() => {
      // Once for each that is opened, when it is there.
      const [key, ready] = [this.keptAs(), this.ready()];
      untracked(() => {
        const kept = ready ? this.storage.read(key, isDraft) : null;
        this.broughtBack.set(kept !== null);
        if (kept) this.draft.set(kept);
      });
    });
    effect(() => {
      const [draft, dirty] = [this.draft(), this.dirty()];
      if (!this.ready()) return;
      if (dirty) this.storage.write(untracked(this.keptAs), draft);
      else this.storage.remove(untracked(this.keptAs));
    });
  }

  protected set<Name extends keyof Draft>(name: Name, value: Draft[Name]): void {
    this.draft.update((draft) => ({ ...draft, [name]: value }));
  }

  protected setMode(change: Partial<Draft['mode']>): void {
    this.set('mode', { ...this.draft().mode, ...change });
  }

  protected setFormat(change: Partial<Draft['format']>): void {
    this.set('format', { ...this.draft().format, ...change });
  }

  /** Gives up what is not saved. */
  protected revert(): void {
    this.draft.set(this.saved());
    this.broughtBack.set(false);
  }

  protected stands({ status, version }: Kept): string {
    return this.t(`modes.stands.${status}`, { version });
  }

  /** Whether what is on the page may be left. */
  async mayLeave(): Promise<boolean> {
    if (!this.dirty()) return true;
    return this.confirm.ask({ heading: this.t('modes.leaveHeading'), message: this.t('modes.leaveMessage'), action: this.t('modes.leave') });
  }

  protected async save(): Promise<void> {
    this.incomplete.set(!this.isWhole());
    if (this.incomplete() || this.busy()) return;
    await this.change(async () => {
      if (this.isNew()) {
        const stays = staying(this.router);
        const made = await this.create();
        // What is in the editor is saved: it may be left.
        this.draft.set(this.saved());
        if (stays()) await this.router.navigate([this.kind() === 'mode' ? '/console/modes' : '/console/formats', slugOf(made)], { replaceUrl: true });
      } else {
        this.kept.set(await this.update({ content: true }));
      }
      this.notifier.tell(this.t('modes.saved'));
    });
  }

  protected async setStatus(status: CustomStatus): Promise<void> {
    if (status === 'archived') {
      const question = { heading: this.t('modes.archiveHeading'), message: this.t('modes.archiveMessage'), action: this.t('modes.archive') };
      if (!(await this.confirm.ask(question))) return;
    }
    await this.change(async () => {
      const draft = this.draft();
      this.kept.set(await this.update({ status }));
      this.draft.set(draft);
      this.notifier.tell(this.t(`modes.now.${status}`));
    });
  }

  /** Takes what an earlier version said into the editor. */
  protected take(version: CustomModeVersion | CustomFormatVersion): void {
    this.draft.set(draftOf(version));
    this.notifier.tell(this.t('modes.taken', { version: version.version }));
  }

  private isWhole(): boolean {
    const { label, description, instructions } = this.draft();
    const said = [label.en, description.en, instructions].every((text) => text.trim() !== '');
    return said && (this.kind() === 'mode' || formatOf(this.draft()) !== null);
  }

  private create(): Promise<Kept> {
    return this.kind() === 'mode' ? this.api.createMode({ ...modeOf(this.draft()), status: 'draft' }) : this.api.createFormat({ ...formatOf(this.draft())!, status: 'draft' });
  }

  private update({ content, status }: { content?: boolean; status?: CustomStatus }): Promise<Kept> {
    const ifVersion = this.kept.value()?.version;
    const rest = { ...(status ? { status } : {}), ...(ifVersion === undefined ? {} : { ifVersion }) };
    if (this.kind() === 'mode') {
      const own = content ? modeOf(this.draft()) : {};
      return this.api.updateMode(this.customId(), { ...(content ? { phrase: null } : {}), ...own, ...rest });
    }
    const own = content ? formatOf(this.draft())! : {};
    return this.api.updateFormat(this.customId(), { ...(content ? { phrase: null } : {}), ...own, ...rest });
  }

  private async change(action: () => Promise<void>): Promise<void> {
    this.busy.set(true);
    this.problem.set(null);
    try {
      await action();
      void this.manners.refresh();
    } catch (error) {
      this.problem.set(asProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}

/** In addresses without its prefix: what has a dot in it is taken for a file there. */
function slugOf(kept: Kept): string {
  return ('modeId' in kept ? kept.modeId : kept.formatId).slice('custom.'.length);
}
