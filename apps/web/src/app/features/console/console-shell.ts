import { Component, DestroyRef, ViewEncapsulation, computed, inject, signal } from '@angular/core';
import { Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { injectTranslate } from '../../../i18n/language';
import { Identity } from '../../core/identity';
import { Installation } from '../../core/installation';
import { Operator } from '../../core/operator';
import { Rights } from '../../core/rights';
import { Shortcuts } from '../../core/shortcuts';
import { Icon } from '../../shared/icon';
import { Door } from './door';
import { TableSkeleton } from './parts/table-skeleton';

/** The console's own bar and page; its styles are those of all pages below, and come with it. */
@Component({
  selector: 'dr-console-shell',
  imports: [Door, Icon, RouterLink, RouterLinkActive, RouterOutlet, TableSkeleton],
  templateUrl: './console-shell.html',
  styleUrls: ['./styles/console.css', './styles/tables.css', './styles/forms.css'],
  encapsulation: ViewEncapsulation.None,
})
export class ConsoleShell {
  protected readonly t = injectTranslate();
  protected readonly operator = inject(Operator);
  protected readonly identity = inject(Identity);
  protected readonly rights = inject(Rights);
  /** Whether the server was asked who is here, answered or not. */
  protected readonly asked = signal(false);
  private readonly installation = inject(Installation);
  protected readonly temporal = computed(() => this.installation.info()?.temporalUiUrl ?? null);

  constructor() {
    void this.identity.known().then(() => this.asked.set(true));
    const router = inject(Router);
    const find = (): boolean => {
      const field = document.querySelector<HTMLInputElement>('dr-console-shell input[type="search"]');
      field?.focus();
      field?.select();
      return field !== null;
    };
    const row = (step: 1 | -1) => (): boolean => moveAlongRows(step);
    const unregister = inject(Shortcuts).register(
      { key: 'o', group: 'console', description: 'console.corpora', run: () => void router.navigateByUrl('/console') },
      { key: '/', group: 'console', description: 'console.searchThisList', run: find },
      { key: 'j', group: 'console', description: 'console.nextRow', run: row(1) },
      { key: 'k', group: 'console', description: 'console.previousRow', run: row(-1) },
    );
    inject(DestroyRef).onDestroy(unregister);
  }

  protected signOut(): void {
    this.operator.signOut();
  }
}

/** Moves the focus along the links that open the rows of the page's list. Enter then opens one. */
function moveAlongRows(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('dr-console-shell .row-link')];
  const present = document.activeElement?.closest('tr, li');
  const at = rows.findIndex((row) => row.closest('tr, li') === present);
  const next = at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step;
  const target = rows[Math.min(rows.length - 1, Math.max(0, next))];
  target?.focus();
  target?.scrollIntoView({ block: 'nearest' });
  return target !== undefined;
}
