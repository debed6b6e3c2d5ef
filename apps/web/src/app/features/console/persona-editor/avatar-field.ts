import { Component, computed, inject, signal } from '@angular/core';
import { maxAvatarBytes } from '@dramatis/contracts/avatar';
import { injectTranslate } from '../../../../i18n/language';
import { asProblem } from '../../../core/problem';
import { Icon } from '../../../shared/icon';
import { PersonaHue } from '../../../shared/persona-hue';
import { Portrait } from '../../../shared/portrait/portrait';
import { PersonasApi } from '../api/personas-api';
import { PersonaEditing } from './persona-editing';

/** A picture that was chosen, before or after the server made an avatar of it. */
interface Chosen {
  file: Blob;
  /** As data, which the page may show. */
  url: string;
  /** Along which side it is longer than a square: there the square can be moved. */
  longer: 'x' | 'y' | null;
  /** Where the square is along that side, 0-1. */
  at: number;
}

/** The persona's picture: taken by choice or drop, cut to a square. What is kept is made anew by the server. */
@Component({
  selector: 'dr-avatar-field',
  imports: [Icon, PersonaHue, Portrait],
  host: { class: 'field', '(dragover)': 'hover($event, true)', '(dragleave)': 'hover($event, false)', '(drop)': 'drop($event)' },
  templateUrl: './avatar-field.html',
  styleUrl: './avatar-field.css',
})
export class AvatarField {
  protected readonly t = injectTranslate();
  private readonly api = inject(PersonasApi);
  protected readonly editing = inject(PersonaEditing);
  protected readonly accepted = 'image/png,image/jpeg,image/webp,image/gif,image/avif';
  protected readonly fields = this.editing.fields;
  protected readonly chosen = signal<Chosen | null>(null);
  protected readonly over = signal(false);
  protected readonly sending = signal(false);
  protected readonly problem = signal<string | null>(null);
  protected readonly position = computed(() => {
    const chosen = this.chosen();
    const [x, y] = chosen?.longer === 'x' ? [chosen.at, 0.5] : [0.5, chosen?.at ?? 0.5];
    return { x, y, css: `${x * 100}% ${y * 100}%` };
  });

  protected async choose(field: HTMLInputElement): Promise<void> {
    const file = field.files?.[0];
    // The same file may be chosen again.
    field.value = '';
    if (file) await this.take(file);
  }

  protected hover(event: DragEvent, over: boolean): void {
    event.preventDefault();
    this.over.set(over);
  }

  protected async drop(event: DragEvent): Promise<void> {
    this.hover(event, false);
    const file = event.dataTransfer?.files[0];
    if (file) await this.take(file);
  }

  protected async move(at: number): Promise<void> {
    this.chosen.update((chosen) => chosen && { ...chosen, at });
    await this.send();
  }

  /** While the control is being moved only the page shows where. */
  protected glide(at: number): void {
    this.chosen.update((chosen) => chosen && { ...chosen, at });
  }

  protected remove(): void {
    this.chosen.set(null);
    this.problem.set(null);
    this.editing.change({ imageUrl: '' });
  }

  private async take(file: Blob): Promise<void> {
    this.problem.set(null);
    if (file.size > maxAvatarBytes) {
      this.problem.set(this.t('personaEditor.pictureTooLarge'));
      return;
    }
    const url = await dataUrlOf(file);
    if (url === null) {
      this.problem.set(this.t('personaEditor.pictureUnreadable'));
      return;
    }
    const size = await sizeOf(url);
    const longer = !size || size.width === size.height ? null : size.width > size.height ? 'x' : 'y';
    // Faces are rather in the upper half of an upright picture.
    this.chosen.set({ file, url, longer, at: longer === 'y' ? 0.2 : 0.5 });
    await this.send();
  }

  private async send(): Promise<void> {
    const chosen = this.chosen();
    if (!chosen) return;
    this.sending.set(true);
    this.problem.set(null);
    try {
      const { x, y } = this.position();
      const { imageUrl } = await this.api.uploadAvatar(chosen.file, { x, y });
      if (this.chosen()?.file === chosen.file) this.editing.change({ imageUrl });
    } catch (error) {
      this.chosen.set(null);
      this.problem.set(asProblem(error).words(this.t));
    } finally {
      this.sending.set(false);
    }
  }
}

/** Null where the file cannot be read. */
function dataUrlOf(file: Blob): Promise<string | null> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result as string));
    reader.addEventListener('error', () => resolve(null));
    reader.readAsDataURL(file);
  });
}

/** Null where this browser does not know the picture; the server may. */
function sizeOf(url: string): Promise<{ width: number; height: number } | null> {
  return new Promise((resolve) => {
    const image = new Image();
    image.addEventListener('load', () => resolve({ width: image.naturalWidth, height: image.naturalHeight }));
    image.addEventListener('error', () => resolve(null));
    image.src = url;
  });
}
