import { Component, ElementRef, Injector, afterNextRender, computed, inject, input, resource, signal, viewChild } from '@angular/core';
import type { Account } from '@dramatis/contracts/identity/account';
import type { ApiKey, ApiKeyScope, CreatedApiKey } from '@dramatis/contracts/identity/api-key';
import { injectTranslate } from '../../../i18n/language';
import type { TextKey } from '../../../i18n/scopes';
import { Notifier } from '../../core/notifier';
import { asProblem } from '../../core/problem';
import { Confirm } from '../../shared/confirm';
import { Icon } from '../../shared/icon';
import { exactTime, relativeTime } from '../../shared/relative-time';
import { AccountApi } from './account-api';
import { accountWords } from './account-words';
import { nameCheck } from './field-checks';
import { FormEnd } from './form-end';
import { Submission } from './submission';
import { TextField } from './text-field';

interface Purpose {
  /** Names it in the form. */
  name: string;
  scopes: ApiKeyScope[];
  label: TextKey;
}

const purposes: Purpose[] = [
  { name: 'read', scopes: ['read'], label: 'account.readOnly' },
  { name: 'converse', scopes: ['read', 'converse'], label: 'account.readAndHoldConversations' },
  { name: 'curate', scopes: ['read', 'converse', 'curate'], label: 'account.allThatCuratorsDo' },
];

const dayMs = 86_400_000;
/** How long a key may be good, in days; null: until it is revoked. */
const lives: { days: number | null; label: TextKey }[] = [
  { days: 30, label: 'account.n30Days' },
  { days: 90, label: 'account.n90Days' },
  { days: 365, label: 'account.aYear' },
  { days: null, label: 'account.untilItIsRevoked' },
];

/** The keys with which programs act for one's account: those there are, a new one, shown once, and taking one back. */
@Component({
  selector: 'dr-api-keys-section',
  imports: [FormEnd, Icon, TextField],
  providers: [Submission],
  templateUrl: './api-keys-section.html',
  styleUrls: ['./section.css', './api-keys-section.css'],
})
export class ApiKeysSection {
  protected readonly t = injectTranslate();
  readonly account = input.required<Account>();

  private readonly api = inject(AccountApi);
  private readonly confirm = inject(Confirm);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  private readonly notifier = inject(Notifier);
  private readonly submission = inject(Submission);
  private readonly keyField = viewChild<ElementRef<HTMLInputElement>>('keyField');
  private readonly opener = viewChild<ElementRef<HTMLButtonElement>>('opener');
  protected readonly keys = resource({ loader: ({ abortSignal }) => this.api.apiKeys(abortSignal) });
  protected readonly making = signal(false);
  /** Known only here and now: the server keeps no more than its hash. */
  protected readonly made = signal<CreatedApiKey | null>(null);
  protected readonly busy = signal(false);
  /** A user's key could not curate anyway. */
  protected readonly purposes = computed(() => purposes.filter(({ name }) => name !== 'curate' || this.account().role !== 'user'));
  protected readonly lives = lives;
  protected readonly exactTime = exactTime;

  protected ago(at: string): string {
    return relativeTime(this.t, at, Date.now());
  }

  protected isOver({ expiresAt }: ApiKey): boolean {
    return expiresAt !== null && Date.parse(expiresAt) <= Date.now();
  }

  protected purposeOf({ scopes }: ApiKey): string {
    const fitting = purposes.find((purpose) => purpose.scopes.at(-1) === scopes.at(-1)) ?? purposes[0];
    return fitting ? this.t(fitting.label) : '';
  }

  protected begin(): void {
    this.made.set(null);
    this.making.set(true);
    afterNextRender(() => this.host.querySelector<HTMLElement>('input[name="name"]')?.focus(), { injector: this.injector });
  }

  protected leave(): void {
    this.making.set(false);
    afterNextRender(() => this.opener()?.nativeElement.focus(), { injector: this.injector });
  }

  protected async make(form: HTMLFormElement): Promise<void> {
    const made = await this.submission.run(form, {
      checks: { name: nameCheck },
      send: ({ name = '', purpose, days }) =>
        this.api.makeApiKey({
          name: name.trim(),
          scopes: purposes.find((candidate) => candidate.name === purpose)?.scopes ?? ['read'],
          expiresAt: days ? new Date(Date.now() + Number(days) * dayMs).toISOString() : null,
        }),
    });
    if (!made) return;
    this.making.set(false);
    this.made.set(made);
    this.keys.reload();
    afterNextRender(() => this.keyField()?.nativeElement.select(), { injector: this.injector });
  }

  protected async copy(field: HTMLInputElement): Promise<void> {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      this.notifier.tell(this.t('account.theKeyIsCopied'));
    } catch {
      this.notifier.tell(this.t('account.theBrowserDoesNotAllowCopyingHere'));
    }
  }

  protected async revoke(key: ApiKey): Promise<void> {
    const question = { heading: this.t('account.askRevoke', { name: key.name }), message: this.t('account.whateverProgramUsesItIsRefusedFrom'), action: this.t('account.revokeIt'), otherwise: this.t('account.keepIt') };
    if (this.busy() || !(await this.confirm.ask(question))) return;
    this.busy.set(true);
    try {
      await this.api.revokeApiKey(key.apiKeyId);
      if (this.made()?.apiKeyId === key.apiKeyId) this.made.set(null);
      this.notifier.tell(this.t('account.theKeyIsRevoked', { name: key.name }));
    } catch (error) {
      this.notifier.tell(this.t('account.theKeyWasNotRevoked', { problem: accountWords(this.t, asProblem(error)) }));
    } finally {
      this.busy.set(false);
      this.keys.reload();
      // Its own button goes with it.
      afterNextRender(() => this.opener()?.nativeElement.focus(), { injector: this.injector });
    }
  }
}
