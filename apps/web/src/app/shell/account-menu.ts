import { Component, inject } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import { Router, RouterLink } from '@angular/router';
import { injectTranslate } from '../../i18n/language';
import { Identity } from '../core/identity';
import { Notifier } from '../core/notifier';
import { asProblem } from '../core/problem';
import { Rights } from '../core/rights';
import { Icon } from '../shared/icon';
import { initialsOf } from '../shared/initials';
import { roleWord } from '../shared/role-words';

/** Who is signed in, and the ways from there. */
@Component({
  selector: 'dr-account-menu',
  imports: [MatMenuModule, RouterLink, Icon],
  template: `
    @if (identity.account(); as account) {
      <button type="button" class="masthead-button initials" [matMenuTriggerFor]="menu" [attr.aria-label]="named(account.displayName)">
        @if (initialsOf(account.displayName); as letters) {
          <span aria-hidden="true">{{ letters }}</span>
        } @else {
          <dr-icon name="person" />
        }
      </button>
      <mat-menu #menu="matMenu" xPosition="before">
        <a mat-menu-item routerLink="/account">
          <span class="who">
            <span class="name">{{ account.displayName }}</span>
            <span class="below">{{ account.email }}</span>
            <span class="below">{{ t('app.seeYourAccount', { role: roleWord(t, account.role) }) }}</span>
          </span>
        </a>
        @if (rights.curates()) {
          <a mat-menu-item routerLink="/console">
            <span class="option"><dr-icon name="console" /> {{ t('app.console') }}</span>
          </a>
        }
        <button mat-menu-item (click)="signOut()">
          <span class="option"><dr-icon name="leave" /> {{ t('app.signOut') }}</span>
        </button>
      </mat-menu>
    }
  `,
  styles: `
    .masthead-button.initials {
      border: 1px solid var(--rule-strong);
      color: var(--ink);
      font-family: var(--sans);
      font-size: var(--size-fine);
      font-weight: 600;
      letter-spacing: 0.02em;
      line-height: 1;
    }

    .who {
      display: grid;
      max-width: 15rem;
      padding-block: var(--s2);
      line-height: 1.35;
    }

    .who > * {
      overflow: hidden;
      text-overflow: ellipsis;
    }

    .name {
      font-weight: 600;
    }

    .below {
      color: var(--ink-soft);
      font-size: var(--size-fine);
    }

    .option {
      display: flex;
      align-items: center;
      gap: var(--s3);
      min-width: 11rem;
    }
  `,
})
export class AccountMenu {
  protected readonly t = injectTranslate();
  protected readonly identity = inject(Identity);
  protected readonly rights = inject(Rights);
  private readonly notifier = inject(Notifier);
  private readonly router = inject(Router);
  protected readonly initialsOf = initialsOf;
  protected readonly roleWord = roleWord;

  /** What is seen on the button is a part of its name, for those who speak to it. */
  protected named(displayName: string): string {
    return [initialsOf(displayName), this.t('app.accountOf', { displayName })].filter(Boolean).join(', ');
  }

  protected async signOut(): Promise<void> {
    try {
      await this.identity.signOut();
      await this.router.navigateByUrl('/');
      this.notifier.tell(this.t('app.signedOut'));
    } catch (error) {
      this.notifier.tell(this.t('app.stillSignedIn', { problem: asProblem(error).words(this.t) }));
    }
  }
}
