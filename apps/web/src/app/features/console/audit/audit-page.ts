import { Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { AuditEntry } from '@dramatis/contracts/audit';
import { injectTranslate } from '../../../../i18n/language';
import { Rights } from '../../../core/rights';
import { StageDirection } from '../../../shared/stage-direction';
import { browserWords } from '../../../shared/browser-words';
import { CorpusApi } from '../api/corpus-api';
import { Ago } from '../parts/ago';
import { Pager, pageOf } from '../parts/pager';
import { ReadingState } from '../parts/reading-state';
import { reading } from '../parts/reading';
import { SearchField } from '../parts/search-field';
import { StatusMark } from '../parts/status-mark';
import { actionWords, kindOfActionWords } from './audit-words';

const pageSize = 50;
/** What the log calls them: the beginnings of its actions. */
const kinds = [
  ...['personas', 'personaDrafts', 'personaExchange', 'avatarUploads', 'customModes', 'customFormats'],
  ...['sources', 'uploads', 'ingestions', 'corpusVersions', 'corpusProfiles', 'reproductions', 'embedders', 'conversations'],
];
/** What concerns security, for admins only. */
const securityKinds = ['accounts', 'sessions', 'apiKeys', 'quotas'];

/** Who did what, newest first. Filters stand in the address. */
@Component({
  selector: 'dr-audit-page',
  imports: [Ago, Pager, ReadingState, RouterLink, SearchField, StageDirection, StatusMark],
  templateUrl: './audit-page.html',
  styleUrl: './audit-page.css',
})
export class AuditPage {
  protected readonly t = injectTranslate();
  /** Query parameters of the address. */
  readonly page = input<string>();
  readonly action = input<string>();
  readonly outcome = input<string>();
  /** `only` for what concerns security, `without` for the rest. */
  readonly security = input<string>();
  readonly persona = input<string>();
  /** Whose acts, by the id of an account or guest. */
  readonly actor = input<string>();
  readonly from = input<string>();
  readonly to = input<string>();

  private readonly api = inject(CorpusApi);
  private readonly router = inject(Router);
  protected readonly pageSize = pageSize;
  protected readonly words = actionWords;
  protected readonly kindWords = kindOfActionWords;
  protected readonly rights = inject(Rights);
  protected readonly kinds = computed(() => (this.rights.administers() ? [...kinds, ...securityKinds] : kinds));
  protected readonly number = computed(() => pageOf(this.page()));
  protected readonly chosenOutcome = computed(() => (this.outcome() === 'done' || this.outcome() === 'refused' ? (this.outcome() as AuditEntry['outcome']) : undefined));
  protected readonly chosenSecurity = computed(() => (this.security() === 'only' ? true : this.security() === 'without' ? false : undefined));
  protected readonly filtered = computed(() => [this.action(), this.security(), this.chosenOutcome(), this.persona(), this.actor(), this.from(), this.to()].some(Boolean));
  protected readonly entries = reading({
    params: () => ({
      action: this.action(),
      outcome: this.chosenOutcome(),
      security: this.chosenSecurity(),
      personaId: this.persona(),
      actor: this.actor(),
      from: startOfDay(this.from(), 0),
      to: startOfDay(this.to(), 1),
      limit: pageSize,
      offset: (this.number() - 1) * pageSize,
    }),
    load: (query, signal) => this.api.audit(query, signal),
    every: () => 15_000,
    keep: true,
  });

  protected who({ actor }: AuditEntry): string {
    const words = this.t(`audit.actor.${actor.kind}`);
    return actor.id && actor.kind !== 'operator' ? `${words} ${short(actor.id)}` : words;
  }

  protected readonly short = short;

  /** From where it was done: the address, and the browser as it names itself. */
  protected whence({ from }: AuditEntry): string {
    return [from?.address, from?.userAgent && browserWords(this.t, from.userAgent)].filter(Boolean).join(', ');
  }

  protected detail({ detail }: AuditEntry): string {
    return Object.entries(detail)
      .filter(([, value]) => value !== null && value !== '')
      .map(([name, value]) => `${name} ${String(value)}`)
      .join(', ');
  }

  protected filter(change: Record<string, string | null>): void {
    void this.router.navigate([], { queryParams: { ...change, page: null }, queryParamsHandling: 'merge' });
  }
}

/** The beginning of an id, by which people tell one from another. */
const short = (id: string): string => id.slice(0, 8);

/** A day of the address as the instant at which it begins here, `days` later; undefined for anything that is no day. */
function startOfDay(day: string | undefined, days: number): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '') ?? [];
  if (!year) return undefined;
  return new Date(Number(year), Number(month) - 1, Number(date) + days).toISOString();
}
