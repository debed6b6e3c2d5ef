import { Component, computed, inject } from '@angular/core';
import { MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle } from '@angular/material/dialog';
import { injectTranslate } from '../../i18n/language';
import { Shortcuts, shortcutGroups } from '../core/shortcuts';

/** The keys that do something on the present page. */
@Component({
  selector: 'dr-help-sheet',
  imports: [MatDialogTitle, MatDialogContent, MatDialogActions, MatDialogClose],
  template: `
    <h2 mat-dialog-title>{{ t('app.keyboard') }}</h2>
    <mat-dialog-content>
      @for (group of groups(); track group.name) {
        <h3 class="small-caps">{{ group.name }}</h3>
        <dl>
          @for (shortcut of group.shortcuts; track shortcut.key) {
            <dt><kbd>{{ shortcut.key === 'Escape' ? t('app.escapeKey') : shortcut.key }}</kbd></dt>
            <dd>{{ t(shortcut.description) }}</dd>
          }
        </dl>
      }
      <label>
        <input type="checkbox" [checked]="shortcuts.enabled()" (change)="shortcuts.setEnabled(!shortcuts.enabled())" />
        {{ t('app.singleLetters') }}
      </label>
    </mat-dialog-content>
    <mat-dialog-actions>
      <button type="button" class="button-quiet" mat-dialog-close>{{ t('app.close') }}</button>
    </mat-dialog-actions>
  `,
  styles: `
    h3 {
      margin-top: var(--s4);
      color: var(--ink-soft);
    }

    dl {
      display: grid;
      grid-template-columns: 4.5rem 1fr;
      gap: var(--s2) var(--s3);
      margin-top: var(--s2);
      color: var(--ink);
    }

    kbd {
      display: inline-block;
      min-width: 1.75rem;
      padding: 0 0.4rem;
      border: 1px solid var(--rule-strong);
      border-bottom-width: 2px;
      border-radius: var(--radius);
      font-family: var(--mono);
      font-size: 0.875rem;
      text-align: center;
    }

    label {
      display: flex;
      gap: var(--s2);
      margin-top: var(--s5);
      color: var(--ink);
    }

    input {
      accent-color: var(--accent);
    }
  `,
})
export class HelpSheet {
  protected readonly t = injectTranslate();
  protected readonly shortcuts = inject(Shortcuts);
  protected readonly groups = computed(() => {
    const all = this.shortcuts.all();
    return shortcutGroups
      .map((name) => ({ name: this.t(`app.shortcutGroup.${name}`), shortcuts: all.filter((shortcut) => shortcut.group === name) }))
      .filter((group) => group.shortcuts.length > 0);
  });
}
