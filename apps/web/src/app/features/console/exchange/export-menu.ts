import { Component, inject, input } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import type { PersonaExportKind } from '@dramatis/contracts/persona-import';
import { injectTranslate } from '../../../../i18n/language';
import { ExchangeApi } from '../api/exchange-api';
import { Act } from '../parts/act';
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

/** A persona as a file, for other programs and installations. */
@Component({
  selector: 'dr-export-menu',
  imports: [MatMenuModule],
  providers: [Act],
  template: `
    <button type="button" class="text-button" [attr.aria-label]="t('exchange.exportLabel')" [attr.aria-disabled]="act.busy() !== null" [matMenuTriggerFor]="menu">
      {{ t('exchange.export') }}
    </button>
    <mat-menu #menu="matMenu" xPosition="before">
      @for (choice of choices; track choice.key) {
        <button mat-menu-item (click)="save(choice)">{{ t(choice.key) }}</button>
      }
    </mat-menu>
  `,
})
export class ExportMenu {
  readonly personaId = input.required<string>();

  private readonly api = inject(ExchangeApi);
  protected readonly act = inject(Act);
  protected readonly t = injectTranslate();
  protected readonly choices = choices;

  protected async save({ as, objects, ending }: Choice): Promise<void> {
    const personaId = this.personaId();
    const file = await this.act.run('export', () => this.api.export(personaId, as, objects), this.t('exchange.notExported'));
    if (file) saveFile(file, `${personaId}.${ending}`);
  }
}
