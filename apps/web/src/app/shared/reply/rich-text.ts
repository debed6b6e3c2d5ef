import { Component, Directive, computed, inject, input } from '@angular/core';
import { DomSanitizer } from '@angular/platform-browser';
import { GrowingMarkdown, type MarkdownOptions, renderInline } from './safe-markdown';

/** Sets an element's content from one line or paragraph of a reply. */
@Directive({
  selector: '[drInline]',
  host: { '[innerHTML]': 'html()' },
})
export class InlineText {
  readonly drInline = input.required<string>();
  readonly markdown = input.required<MarkdownOptions>();

  private readonly sanitizer = inject(DomSanitizer);
  // Sanitised by renderInline; Angular's own sanitiser would take the citations' buttons away.
  protected readonly html = computed(() => this.sanitizer.bypassSecurityTrustHtml(renderInline(this.drInline(), this.markdown())));
}

@Directive({
  selector: '[drBlock]',
  host: { '[innerHTML]': 'html()' },
})
class Block {
  readonly drBlock = input.required<string>();
  private readonly sanitizer = inject(DomSanitizer);
  protected readonly html = computed(() => this.sanitizer.bypassSecurityTrustHtml(this.drBlock()));
}

/** Block markdown of a reply. Blocks that are whole keep their elements while the last one grows. */
@Component({
  selector: 'dr-prose',
  imports: [Block],
  template: `
    @for (block of blocks(); track $index) {
      <div [drBlock]="block"></div>
    }
  `,
})
export class Prose {
  readonly text = input.required<string>();
  readonly markdown = input.required<MarkdownOptions>();
  private readonly growing = computed(() => new GrowingMarkdown(this.markdown()));
  protected readonly blocks = computed(() => this.growing().render(this.text()));
}
