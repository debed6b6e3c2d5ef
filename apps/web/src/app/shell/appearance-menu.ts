import { Component, computed, inject } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { Language, injectTranslate } from '../../i18n/language';
import { languageCodes, languageNames } from '../../i18n/languages';
import type { TextKey } from '../../i18n/scopes';
import { Theme, type ThemeChoice } from '../core/theme';
import { Icon, type IconName } from '../shared/icon';
import { Help } from './help';

/** Light, dark or as the system says; high contrast; how dense the page is; the language; and the ways to what is seldom wanted. */
@Component({
  selector: 'dr-appearance-menu',
  imports: [MatMenuModule, RouterLink, Icon],
  template: `
    <button type="button" class="masthead-button" [matMenuTriggerFor]="menu" [attr.aria-label]="t('app.appearanceAndHelp')">
      <dr-icon [name]="current()" />
    </button>
    <mat-menu #menu="matMenu" xPosition="before">
      @for (option of options; track option.value) {
        <button mat-menu-item role="menuitemradio" [attr.aria-checked]="theme.choice() === option.value" (click)="theme.choice.set(option.value)">
          <span class="option"><dr-icon [name]="option.icon" /> {{ t(option.label) }} @if (theme.choice() === option.value) { <dr-icon class="check" name="check" /> }</span>
        </button>
      }
      <button mat-menu-item role="menuitemcheckbox" [attr.aria-checked]="theme.highContrast()" (click)="theme.toggleContrast()">
        <span class="option"><dr-icon name="contrast" /> {{ t('app.highContrast') }} @if (theme.highContrast()) { <dr-icon class="check" name="check" /> }</span>
      </button>
      <button mat-menu-item role="menuitemcheckbox" [attr.aria-checked]="theme.density() === 'compact'" (click)="theme.toggleDensity()">
        <span class="option"><dr-icon name="compact" /> {{ t('app.compact') }} @if (theme.density() === 'compact') { <dr-icon class="check" name="check" /> }</span>
      </button>
      @for (code of languageCodes; track code) {
        <button mat-menu-item role="menuitemradio" [attr.aria-checked]="language.current() === code" (click)="language.use(code)">
          <span class="option"><span class="key" aria-hidden="true">{{ code }}</span> <span [lang]="code">{{ languageNames[code] }}</span> @if (language.current() === code) { <dr-icon class="check" name="check" /> }</span>
        </button>
      }
      <button mat-menu-item (click)="help.open()">
        <span class="option"><span class="key" aria-hidden="true">?</span> {{ t('app.keyboardShortcuts') }}</span>
      </button>
      <a mat-menu-item routerLink="/console">
        <span class="option"><dr-icon name="console" /> {{ t('app.curatorsConsole') }}</span>
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
  protected readonly t = injectTranslate();
  protected readonly language = inject(Language);
  protected readonly languageCodes = languageCodes;
  protected readonly languageNames = languageNames;
  protected readonly theme = inject(Theme);
  protected readonly help = inject(Help);
  protected readonly options: { value: ThemeChoice; label: TextKey; icon: IconName }[] = [
    { value: 'system', label: 'app.theme.system', icon: 'system' },
    { value: 'light', label: 'app.theme.light', icon: 'light' },
    { value: 'dark', label: 'app.theme.dark', icon: 'dark' },
  ];
  protected readonly current = computed<IconName>(() => (this.theme.highContrast() ? 'contrast' : this.theme.scheme()));
}
