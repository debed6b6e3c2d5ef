import { Component, computed, inject, input } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import type { Persona } from '@dramatis/contracts/persona';
import type { PersonaExportKind, PersonaExportState } from '@dramatis/contracts/persona-import';
import { injectTranslate } from '../../../../i18n/language';
import { ExchangeApi } from '../api/exchange-api';
import { PersonasApi } from '../api/personas-api';
import { Act } from '../parts/act';
import { reading } from '../parts/reading';
import { saveFile } from '../parts/save-file';

interface Choice {
  as: PersonaExportKind;
  objects: boolean;
  key: `exchange.export.${PersonaExportKind | 'bundle-objects'}`;
  /** What the file’s name ends with. */
  ending: string;
}

const choices: readonly Choice[] = [
  { as: 'card-v3-png', objects: false, key: 'exchange.export.card-v3-png', ending: 'card.png' },
  { as: 'card-v2-png', objects: false, key: 'exchange.export.card-v2-png', ending: 'card.png' },
  { as: 'card-v3', objects: false, key: 'exchange.export.card-v3', ending: 'card.json' },
  { as: 'card-v2', objects: false, key: 'exchange.export.card-v2', ending: 'card.json' },
  { as: 'bundle', objects: false, key: 'exchange.export.bundle', ending: 'dramatis.zip' },
  { as: 'bundle', objects: true, key: 'exchange.export.bundle-objects', ending: 'dramatis.zip' },
];

/** A persona as a file, for other programs and installations: what readers see, or its draft. */
@Component({
  selector: 'dr-export-menu',
  imports: [MatMenuModule],
  providers: [Act],
  template: `
    <button
      type="button"
      class="text-button"
      [attr.aria-label]="t('exchange.exportLabel')"
      [attr.aria-disabled]="act.busy() !== null"
      [matMenuTriggerFor]="menu"
      (menuOpened)="drafted.reload()"
    >
      {{ t('exchange.export') }}
    </button>
    <mat-menu #menu="matMenu" xPosition="before">
      <button mat-menu-item [disabled]="!published()" [matMenuTriggerFor]="ofPublished">
        {{ published() ? t('exchange.asPublished', { version: published()! }) : t('exchange.notPublishedYet') }}
      </button>
      <button mat-menu-item [disabled]="!draft()" [matMenuTriggerFor]="ofDraft">
        {{ draft() ? t('exchange.theDraft', { version: draft()! }) : t('exchange.noDraft') }}
      </button>
    </mat-menu>
    <mat-menu #ofPublished="matMenu">
      @for (choice of choices; track choice.key) {
        <button mat-menu-item (click)="save('published', choice)">{{ t(choice.key) }}</button>
      }
    </mat-menu>
    <mat-menu #ofDraft="matMenu">
      @for (choice of choices; track choice.key) {
        <button mat-menu-item (click)="save('draft', choice)">{{ t(choice.key) }}</button>
      }
    </mat-menu>
  `,
})
export class ExportMenu {
  readonly persona = input.required<Persona>();

  private readonly api = inject(ExchangeApi);
  private readonly personas = inject(PersonasApi);
  protected readonly act = inject(Act);
  protected readonly t = injectTranslate();
  protected readonly choices = choices;
  /** Read again whenever the menu opens: it may have been saved since. */
  protected readonly drafted = reading({
    params: () => this.persona().personaId,
    load: (personaId, signal) => this.personas.draft(personaId, signal),
  });
  /** Versions; null where there is none. */
  protected readonly published = computed(() => (this.persona().status === 'draft' ? null : this.persona().version));
  protected readonly draft = computed(() => this.drafted.value()?.version ?? (this.persona().status === 'draft' ? this.persona().version : null));

  protected async save(state: PersonaExportState, { as, objects, ending }: Choice): Promise<void> {
    const { personaId } = this.persona();
    const file = await this.act.run('export', () => this.api.export(personaId, as, { state, objects }), this.t('exchange.notExported'));
    if (file) saveFile(file, `${personaId}.${state === 'draft' ? 'draft.' : ''}${ending}`);
  }
}
