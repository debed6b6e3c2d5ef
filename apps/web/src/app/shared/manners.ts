import { Injectable, inject, signal, untracked } from '@angular/core';
import type { ListedFormat } from '@dramatis/contracts/custom-format';
import type { Localised } from '@dramatis/contracts/custom-definition';
import { isCustomId } from '@dramatis/contracts/custom-id';
import type { ListedMode } from '@dramatis/contracts/custom-mode';
import type { FormatId, ResponseFormat } from '@dramatis/contracts/format';
import type { ModeId } from '@dramatis/contracts/mode';
import type { TurnCustoms } from '@dramatis/contracts/turn-customs';
import { injectTranslate } from '../../i18n/language';
import { ApiClient } from '../core/api-client';
import { type FormatWords, type ModeWords, formatWords, modeWords } from './words';

interface Listed {
  modes: ReadonlyMap<ModeId, ListedMode>;
  formats: ReadonlyMap<FormatId, ListedFormat>;
}

const nothing: Listed = { modes: new Map(), formats: new Map() };

/**
 * How modes and formats are called, the installation's own among them: those are fetched once one of them is met. What a turn pinned comes first, so that an
 * archived one keeps its name. Read in a template or a computed, the words follow when the list has come.
 */
@Injectable({ providedIn: 'root' })
export class Manners {
  private readonly t = injectTranslate();
  private readonly api = inject(ApiClient);
  private readonly listed = signal<Listed>(nothing);
  private fetching: Promise<void> | null = null;

  mode(id: ModeId, customs?: TurnCustoms): ModeWords {
    return isCustomId(id) ? this.customWords(id, customs?.mode ?? this.known().modes.get(id)) : modeWords(this.t, id);
  }

  format(id: FormatId, customs?: TurnCustoms): FormatWords {
    return isCustomId(id) ? this.customWords(id, customs?.format ?? this.known().formats.get(id)) : formatWords(this.t, id);
  }

  /** As in "as an educator, in bullet points". */
  phrase({ mode, format, customs }: { mode: ModeId; format: FormatId; customs?: TurnCustoms | undefined }): string {
    return this.t('app.manner', { mode: this.mode(mode, customs).phrase, format: this.format(format, customs).phrase });
  }

  /** The grammar that replies in the format are read in. */
  grammar(id: FormatId, customs?: TurnCustoms): ResponseFormat {
    return isCustomId(id) ? (customs?.format?.base ?? this.known().formats.get(id)?.base ?? 'free') : id;
  }

  /** Whether it can be chosen: what was archived cannot. Until the lists have come, everything can. */
  offers(id: ModeId | FormatId): boolean {
    if (!isCustomId(id)) return true;
    const known = this.known();
    return known === nothing || known.modes.has(id) || known.formats.has(id);
  }

  /** Those that can be chosen: without archived ones, and in the order given. */
  offeredModes(ids: readonly ModeId[]): ModeId[] {
    const { modes } = ids.some(isCustomId) ? this.known() : nothing;
    return ids.filter((id) => !isCustomId(id) || modes.has(id));
  }

  offeredFormats(ids: readonly FormatId[]): FormatId[] {
    const { formats } = ids.some(isCustomId) ? this.known() : nothing;
    return ids.filter((id) => !isCustomId(id) || formats.has(id));
  }

  /** The installation's own, as far as they can be chosen. */
  customModes(): ModeId[] {
    return [...this.known().modes.keys()].filter(isCustomId);
  }

  customFormats(): FormatId[] {
    return [...this.known().formats.keys()].filter(isCustomId);
  }

  /** Fetches the lists again, since a curator changed something. */
  refresh(): Promise<void> {
    this.fetching = this.fetch();
    return this.fetching;
  }

  private known(): Listed {
    if (this.fetching === null) untracked(() => void this.refresh());
    return this.listed();
  }

  private async fetch(): Promise<void> {
    try {
      const [modes, formats] = await Promise.all([this.api.modes(), this.api.formats()]);
      this.listed.set({
        modes: new Map(modes.items.map((mode) => [mode.modeId, mode])),
        formats: new Map(formats.items.map((format) => [format.formatId, format])),
      });
    } catch {
      // Named by their ids until the next time that one is met.
      this.fetching = null;
    }
  }

  private customWords(id: string, named: { label: Localised; phrase?: Localised | undefined; description?: Localised } | undefined): ModeWords {
    const title = named ? this.say(named.label) : id.slice('custom.'.length).replaceAll('-', ' ');
    return { title, phrase: named?.phrase ? this.say(named.phrase) : title, description: named?.description ? this.say(named.description) : '' };
  }

  /** In the language of the page, or in English. */
  say(text: Localised): string {
    return (this.t.locale.startsWith('de') && text.de) || text.en;
  }
}
