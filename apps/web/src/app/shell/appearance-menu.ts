import { Component, computed, inject } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { Theme, type ThemeChoice } from '../core/theme';
import { Icon, type IconName } from '../shared/icon';
import { Help } from './help';

/** Light, dark or as the system says; high contrast; and the ways to what is seldom wanted. */
@Component({
  selector: 'dr-appearance-menu',
  imports: [MatMenuModule, RouterLink, Icon],
  template: `
    <button type="button" class="masthead-button" [matMenuTriggerFor]="menu" aria-label="Appearance and help">
      <dr-icon [name]="current()" />
    </button>
    <mat-menu #menu="matMenu" xPosition="before">
      @for (option of options; track option.value) {
        <button mat-menu-item role="menuitemradio" [attr.aria-checked]="theme.choice() === option.value" (click)="theme.choice.set(option.value)">
          <span class="option"><dr-icon [name]="option.icon" /> {{ option.label }} @if (theme.choice() === option.value) { <dr-icon class="check" name="check" /> }</span>
        </button>
      }
      <button mat-menu-item role="menuitemcheckbox" [attr.aria-checked]="theme.highContrast()" (click)="theme.toggleContrast()">
        <span class="option"><dr-icon name="contrast" /> High contrast @if (theme.highContrast()) { <dr-icon class="check" name="check" /> }</span>
      </button>
      <button mat-menu-item (click)="help.open()">
        <span class="option"><span class="key" aria-hidden="true">?</span> Keyboard shortcuts</span>
      </button>
      <a mat-menu-item routerLink="/console">
        <span class="option"><dr-icon name="console" /> Curators’ console</span>
      </a>
    </mat-menu>
  `,
  styles: `
    .option {
      display: flex;
      align-items: center;
      gap: var(--s3);
      min-width: 11rem;
    }

    .key {
      width: 1.25em;
      font-family: var(--mono);
      text-align: center;
    }

    .check {
      margin-left: auto;
      color: var(--accent);
    }
  `,
})
export class AppearanceMenu {
  protected readonly theme = inject(Theme);
  protected readonly help = inject(Help);
  protected readonly options: { value: ThemeChoice; label: string; icon: IconName }[] = [
    { value: 'system', label: 'As the system', icon: 'system' },
    { value: 'light', label: 'Light', icon: 'light' },
    { value: 'dark', label: 'Dark', icon: 'dark' },
  ];
  protected readonly current = computed<IconName>(() => (this.theme.highContrast() ? 'contrast' : this.theme.scheme()));
}
