import { cardOfPersona } from '@dramatis/character-card/card-of-persona';
import { type CharacterCard, toCharacterCard } from '@dramatis/character-card/character-card';
import type { JsonValue } from '@dramatis/character-card/json-value';
import { pngWithCard } from '@dramatis/character-card/png-card';
import { writeCard } from '@dramatis/character-card/write-card';
import { DomainError } from '@dramatis/contracts/errors';
import type { Persona } from '@dramatis/contracts/persona';
import type { PersonaExportQuery } from '@dramatis/contracts/persona-import';
import { profileOf } from '@dramatis/database/personas/persona-mapping';
import { PersonaImportRepository } from '@dramatis/database/personas/persona-import-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { Injectable } from '@nestjs/common';
import { BundleWriter } from './bundle-writer.js';
import { CardPictures } from './card-picture.js';

export interface ExportedFile {
  fileName: string;
  contentType: string;
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Personas as files for other programs and installations: what is published or its draft, with what was imported with it. */
@Injectable()
export class PersonaExportService {
  constructor(
    private readonly personas: PersonaRepository,
    private readonly imports: PersonaImportRepository,
    private readonly pictures: CardPictures,
    private readonly bundles: BundleWriter,
  ) {}

  /** @throws DomainError persona_not_found, persona_draft_not_found */
  async export(personaId: string, { as, state, objects = false }: PersonaExportQuery): Promise<ExportedFile> {
    const persona = state === 'draft' ? await this.draftOf(personaId) : await this.personas.get(personaId);
    const name = state === 'draft' ? `${personaId}.draft` : personaId;
    const kept = await this.imports.cardOf(personaId);
    if (as === 'bundle') {
      return { fileName: `${name}.dramatis.zip`, contentType: 'application/zip', content: await this.bundles.write(persona, { card: kept, objects }) };
    }
    const card = cardOf(persona, kept);
    const version = as.startsWith('card-v2') ? 2 : 3;
    if (as === 'card-v2' || as === 'card-v3') {
      return { fileName: `${name}.card.json`, contentType: 'application/json', content: [Buffer.from(writeCard(card, version), 'utf8')] };
    }
    // Programs that know only the second version find one too.
    const texts = version === 2 ? { chara: writeCard(card, 2) } : { ccv3: writeCard(card, 3), chara: writeCard(card, 2, { alsoAsLater: true }) };
    return { fileName: `${name}.card.png`, contentType: 'image/png', content: [pngWithCard(await this.pictures.of(persona), texts)] };
  }

  /** A persona that was never published is a draft itself. */
  private async draftOf(personaId: string): Promise<Persona> {
    const persona = await this.personas.previewed(personaId);
    if (persona.status !== 'draft' && (await this.personas.draft(personaId)) === null) throw new DomainError('persona_draft_not_found', { personaId });
    return persona;
  }
}

function cardOf(persona: Persona, kept: string | null): CharacterCard {
  // It was checked when it was imported.
  const imported = kept === null ? null : toCharacterCard(JSON.parse(kept) as JsonValue).card;
  return cardOfPersona(profileOf(persona), imported, { createdAt: new Date(persona.creationDate), changedAt: new Date(persona.lastModifiedDate) });
}
