import { Component, type ElementRef, inject, signal, viewChild } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { filter, pairwise } from 'rxjs';
import { injectTranslate } from '../i18n/language';
import { Connectivity } from './core/connectivity';
import { Identity } from './core/identity';
import { returnAddress } from './core/return-address';
import { Rights } from './core/rights';
import { Shortcuts } from './core/shortcuts';
import { pathOf } from './core/staying';
import { Theme } from './core/theme';
import { Icon } from './shared/icon';
import { AccountMenu } from './shell/account-menu';
import { AppearanceMenu } from './shell/appearance-menu';
import { Help } from './shell/help';
import { ModelNotice } from './shell/model-notice';
import { Notices } from './shell/notices';

/** The shell: masthead, what must be known everywhere, and the page. */
@Component({
  selector: 'dr-app',
  imports: [RouterOutlet, RouterLink, RouterLinkActive, Icon, AccountMenu, AppearanceMenu, ModelNotice, Notices],
  templateUrl: './app.html',
  styleUrl: './app.css',
})
export class App {
  protected readonly t = injectTranslate();
  protected readonly online = inject(Connectivity).online;
  protected readonly identity = inject(Identity);
  protected readonly rights = inject(Rights);
  /** Where one is, to be back there after signing in; null where that is no place to be led to. */
  protected readonly here = signal<string | null>(null);
  protected readonly inConsole = signal(false);
  /** Whether the page is one on which replies are made, or asked for. */
  protected readonly makesReplies = signal(false);
  private readonly main = viewChild.required<ElementRef<HTMLElement>>('main');

  constructor() {
    inject(Theme);
    void this.identity.known();
    const help = inject(Help);
    const router = inject(Router);
    inject(Shortcuts).register(
      { key: '?', group: 'everywhere', description: 'app.shortcut.list', run: () => help.open() },
      { key: 'p', group: 'everywhere', description: 'app.personas', run: () => void router.navigateByUrl('/') },
      { key: 'l', group: 'everywhere', description: 'app.conversations', run: () => void router.navigateByUrl('/conversations') },
    );
    // After a change of page the focus goes to its beginning, as it would after a full load; a changed query is no change of page.
    const arrivals = router.events.pipe(filter((event) => event instanceof NavigationEnd));
    arrivals.pipe(takeUntilDestroyed()).subscribe(({ urlAfterRedirects: url }) => {
      this.here.set(returnAddress(url) === '/' ? null : url);
      this.inConsole.set(url.startsWith('/console'));
      this.makesReplies.set(router.routerState.snapshot.root.firstChild?.data['makesReplies'] === true);
    });
    arrivals
      .pipe(
        pairwise(),
        filter(([before, after]) => pathOf(before.urlAfterRedirects) !== pathOf(after.urlAfterRedirects)),
        takeUntilDestroyed(),
      )
      .subscribe(() => this.focusMain());
  }

  protected focusMain(event?: Event): void {
    event?.preventDefault();
    this.main().nativeElement.focus({ preventScroll: true });
  }
}
