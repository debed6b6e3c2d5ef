import { Component, computed, inject } from '@angular/core';
import { MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle } from '@angular/material/dialog';
import { Shortcuts } from '../core/shortcuts';

const keyNames: Record<string, string> = { Escape: 'Esc' };

/** The keys that do something on the present page. */
@Component({
  selector: 'dr-help-sheet',
  imports: [MatDialogTitle, MatDialogContent, MatDialogActions, MatDialogClose],
  template: `
    <h2 mat-dialog-title>Keyboard</h2>
    <mat-dialog-content>
      @for (group of groups(); track group.name) {
        <h3 class="small-caps">{{ group.name }}</h3>
        <dl>
          @for (shortcut of group.shortcuts; track shortcut.key) {
            <dt><kbd>{{ keyNames[shortcut.key] ?? shortcut.key }}</kbd></dt>
            <dd>{{ shortcut.description }}</dd>
          }
        </dl>
      }
      <label>
        <input type="checkbox" [checked]="shortcuts.enabled()" (change)="shortcuts.setEnabled(!shortcuts.enabled())" />
        Single letters act as shortcuts
      </label>
    </mat-dialog-content>
    <mat-dialog-actions>
      <button type="button" class="button-quiet" mat-dialog-close>Close</button>
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
  protected readonly shortcuts = inject(Shortcuts);
  protected readonly keyNames = keyNames;
  protected readonly groups = computed(() => {
    const names = ['Everywhere', 'In a conversation', 'On a reply', 'In the console'] as const;
    const all = this.shortcuts.all();
    return names
      .map((name) => ({ name, shortcuts: all.filter((shortcut) => shortcut.group === name) }))
      .filter((group) => group.shortcuts.length > 0);
  });
}
