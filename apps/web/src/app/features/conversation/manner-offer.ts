import { Injectable, type Signal, computed, inject } from '@angular/core';
import { isCustomId } from '@dramatis/contracts/custom-id';
import type { FormatId } from '@dramatis/contracts/format';
import type { ModeId } from '@dramatis/contracts/mode';
import type { Persona } from '@dramatis/contracts/persona';
import { Rights } from '../../core/rights';
import { Manners } from '../../shared/manners';
import { inUsualOrder, interactionModeOrder, responseFormatOrder } from '../../shared/words';
import type { Manner } from './exchange';

/** How a persona can be asked to answer now. */
export interface MannerOffer {
  /** To choose from, in the usual order. */
  readonly modes: Signal<readonly ModeId[]>;
  readonly formats: Signal<readonly FormatId[]>;
  /** The same manner, with the persona's default for what of it is no longer offered. What is not known yet passes. */
  instead(manner: Manner): Manner;
}

/** Makes offers, by what is known of the installation's own modes and formats, and of who asks. */
@Injectable({ providedIn: 'root' })
export class MannerOffers {
  private readonly manners = inject(Manners);
  private readonly rights = inject(Rights);

  of(persona: Signal<Persona | null>): MannerOffer {
    const modesOf = computed(() => persona()?.defaultInteractionModes ?? null);
    const formatsOf = computed(() => persona()?.supportedResponseFormats ?? null);
    return {
      modes: computed(() => this.manners.offeredModes(inUsualOrder(modesOf() ?? interactionModeOrder, interactionModeOrder))),
      formats: computed(() => this.manners.offeredFormats(inUsualOrder(formatsOf() ?? responseFormatOrder, responseFormatOrder))),
      instead: ({ mode, format }) => ({ mode: this.choose(mode, modesOf()), format: this.choose(format, freeFirst(formatsOf())) }),
    };
  }

  /** The first of them that is offered, where the one that is wanted is not. */
  private choose<Id extends ModeId | FormatId>(wanted: Id, listed: readonly Id[] | null): Id {
    if (listed === null || (this.manners.offers(wanted) && (listed.includes(wanted) || this.mayTry(wanted)))) return wanted;
    return listed.find((id) => this.manners.offers(id)) ?? wanted;
  }

  /** Curators hear any of the installation's own with any persona. */
  private mayTry(id: ModeId | FormatId): boolean {
    return isCustomId(id) && this.rights.curates();
  }
}

/** Where a persona answers freely, that is how it begins. */
function freeFirst(formats: readonly FormatId[] | null): readonly FormatId[] | null {
  return formats?.includes('free') ? ['free', ...formats] : formats;
}
