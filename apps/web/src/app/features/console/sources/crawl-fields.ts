import { Component, computed, input } from '@angular/core';
import type { CrawlSettings, WebSourceKind } from '@dramatis/contracts/source';
import type { TextKey } from '../../../../i18n/scopes';
import { injectTranslate } from '../../../../i18n/language';
import { defaultCrawl, maxSourcePages } from './limits';

const addressWords: Record<WebSourceKind, { label: TextKey; hint: TextKey; example: string }> = {
  page: { label: 'sources.addresses', hint: 'sources.oneToALine', example: 'https://example.org/essays/on-weaving' },
  sitemap: { label: 'sources.addressesOfTheSitemaps', hint: 'sources.oneToALineListsOfSitemaps', example: 'https://example.org/sitemap.xml' },
  site: { label: 'sources.whereToBegin', hint: 'sources.oneAddressToALineLinksAre', example: 'https://example.org/essays/' },
  feed: { label: 'sources.addressesOfTheFeeds', hint: 'sources.oneToALineRssOrAtom', example: 'https://example.org/feed.xml' },
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
  protected readonly t = injectTranslate();
  readonly kind = input.required<WebSourceKind>();
  readonly settings = input<CrawlSettings>();
  protected readonly words = computed(() => addressWords[this.kind()]);
  protected readonly shown = computed(() => ({ urls: [], ...defaultCrawl, ...this.settings() }));
  protected readonly maxSourcePages = maxSourcePages;
}
