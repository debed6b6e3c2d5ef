import { Component, computed, inject, input, output } from '@angular/core';
import { injectTranslate } from '../../../../i18n/language';
import { Installation } from '../../../core/installation';
import { Icon } from '../../../shared/icon';

/** Which language models answer for a persona, in order; none: the installation's own route. */
@Component({
  selector: 'dr-route-chooser',
  imports: [Icon],
  template: `
    <fieldset>
      <legend>{{ t('personaEditor.modelRoute') }}</legend>
      @if (chosen().length > 0) {
        <p class="hint">{{ t('personaEditor.routeHint') }}</p>
        <ol>
          @for (id of chosen(); track id; let index = $index) {
            <li>
              <span>{{ nameOf(id) }}</span>
              @if (index > 0) {
                <button type="button" class="text-button" (click)="raise(index)">{{ t('personaEditor.earlier') }}<span class="visually-hidden">: {{ id }}</span></button>
              }
              <button type="button" class="round" [attr.aria-label]="t('personaEditor.takeOut', { id })" (click)="remove(id)"><dr-icon name="close" /></button>
            </li>
          }
        </ol>
      } @else {
        <p class="hint">{{ providers().length > 0 ? t('personaEditor.ownRoute') : t('personaEditor.noModel') }}</p>
      }
      @if (others().length > 0) {
        <p class="others">
          @for (provider of others(); track provider.id) {
            <button type="button" class="button-quiet" (click)="changed.emit([...chosen(), provider.id])"><dr-icon name="add" /> {{ provider.id }} <span class="soft">{{ provider.model }}</span></button>
          }
        </p>
      }
    </fieldset>
  `,
  styles: `
    ol {
      margin: var(--s2) 0 0;
      padding-left: 1.4rem;
    }

    li > span {
      margin-right: var(--s2);
    }

    .round {
      vertical-align: middle;
    }

    .others {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s2);
      margin-top: var(--s2);
    }
  `,
})
export class RouteChooser {
  protected readonly t = injectTranslate();
  readonly chosen = input.required<readonly string[]>();
  readonly changed = output<string[]>();

  private readonly installation = inject(Installation);
  protected readonly providers = computed(() => this.installation.info()?.providers ?? []);
  protected readonly others = computed(() => this.providers().filter(({ id }) => !this.chosen().includes(id)));

  protected nameOf(id: string): string {
    if (!this.installation.info()) return id;
    const provider = this.providers().find((candidate) => candidate.id === id);
    return provider ? `${id}, ${provider.model}` : this.t('personaEditor.notConfigured', { id });
  }

  protected raise(index: number): void {
    const chosen = [...this.chosen()];
    const [moved] = chosen.splice(index, 1);
    chosen.splice(index - 1, 0, moved!);
    this.changed.emit(chosen);
  }

  protected remove(id: string): void {
    this.changed.emit(this.chosen().filter((other) => other !== id));
  }
}
