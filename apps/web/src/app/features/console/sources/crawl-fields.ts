import { Component, computed, input } from '@angular/core';
import type { CrawlSettings, WebSourceKind } from '@dramatis/contracts/source';
import { defaultCrawl, maxSourcePages } from './limits';

const addressWords: Record<WebSourceKind, { label: string; hint: string; example: string }> = {
  page: { label: 'Addresses', hint: 'One to a line.', example: 'https://example.org/essays/on-weaving' },
  sitemap: { label: 'Addresses of the sitemaps', hint: 'One to a line; lists of sitemaps are followed.', example: 'https://example.org/sitemap.xml' },
  site: { label: 'Where to begin', hint: 'One address to a line. Links are followed from there, on the same hosts.', example: 'https://example.org/essays/' },
  feed: { label: 'Addresses of the feeds', hint: 'One to a line, RSS or Atom.', example: 'https://example.org/feed.xml' },
};

/** What a source of the web fetches, as fields of the form around it; read by `crawlOf`. */
@Component({
  selector: 'dr-crawl-fields',
  templateUrl: './crawl-fields.html',
  styles: `
    :host {
      display: grid;
      gap: var(--s4);
    }
  `,
})
export class CrawlFields {
  readonly kind = input.required<WebSourceKind>();
  readonly settings = input<CrawlSettings>();
  protected readonly words = computed(() => addressWords[this.kind()]);
  protected readonly shown = computed(() => ({ urls: [], ...defaultCrawl, ...this.settings() }));
  protected readonly maxSourcePages = maxSourcePages;
}
