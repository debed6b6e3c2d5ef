import { type CustomId, isCustomId } from '@dramatis/contracts/custom-id';
import type { CustomFormatContent } from '@dramatis/contracts/custom-format';
import type { CustomModeContent } from '@dramatis/contracts/custom-mode';
import { DomainError, type ProblemIssue } from '@dramatis/contracts/errors';
import { fieldSentence } from '@dramatis/contracts/field-texts';
import type { FormatId } from '@dramatis/contracts/format';
import type { ModeId } from '@dramatis/contracts/mode';
import type { TurnCustoms } from '@dramatis/contracts/turn-customs';
import { CustomFormatRepository, CustomModeRepository, type CustomRecord, type CustomRepository } from '@dramatis/database/customs/custom-repository';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type Access, mayCurate } from '../access/access.js';
import { pinnedFormat, pinnedMode } from './custom-views.js';

/** How long another process may go on with a version that was replaced, or a definition that was archived. */
const rememberMs = 3_000;

export interface Manner {
  mode: ModeId;
  format: FormatId;
}

/** Which custom modes and formats somebody may use now, and in which version. What is built in is not asked about here. */
@Injectable()
export class CustomsOffered {
  private readonly modes: Heads<CustomModeContent>;
  private readonly formats: Heads<CustomFormatContent>;

  constructor(modes: CustomModeRepository, formats: CustomFormatRepository) {
    this.modes = new Heads(modes);
    this.formats = new Heads(formats);
  }

  /**
   * What a turn in this manner is pinned to; undefined where nothing of it is custom. Active ones are for everybody, drafts for
   * curators, and a trial for the conversation in which it is tried out. @throws DomainError mode_not_supported, format_not_supported
   */
  async pin({ mode, format }: Manner, access: Access, conversationId?: string): Promise<TurnCustoms | undefined> {
    if (!isCustomId(mode) && !isCustomId(format)) return undefined;
    const [usedMode, usedFormat] = await Promise.all([
      isCustomId(mode) ? this.modes.use(mode, access, conversationId) : undefined,
      isCustomId(format) ? this.formats.use(format, access, conversationId) : undefined,
    ]);
    if (usedMode === null) throw new DomainError('mode_not_supported.not_offered', { mode });
    if (usedFormat === null) throw new DomainError('format_not_supported.not_offered', { format });
    return {
      ...(usedMode ? { mode: pinnedMode(usedMode.version, usedMode.content) } : {}),
      ...(usedFormat ? { format: pinnedFormat(usedFormat.version, usedFormat.content) } : {}),
    };
  }

  /** For personas, which may list drafts and keep what was archived. @throws DomainError invalid_request naming those that do not exist */
  async requireKnown(modes: readonly ModeId[], formats: readonly FormatId[]): Promise<void> {
    const issues = [
      ...(await this.modes.unknown(modes, 'defaultInteractionModes', 'mode')),
      ...(await this.formats.unknown(formats, 'supportedResponseFormats', 'format')),
    ];
    if (issues.length > 0) throw new DomainError('invalid_request.unknown_manner', {}, { issues });
  }

  /** Those that there are, for personas from elsewhere. */
  async known(modes: readonly ModeId[], formats: readonly FormatId[]): Promise<{ modes: ModeId[]; formats: FormatId[] }> {
    return { modes: await this.modes.existing(modes), formats: await this.formats.existing(formats) };
  }

  /** Forgets what is remembered of it, since it was just changed. */
  changed(id: CustomId): void {
    this.modes.forget(id);
    this.formats.forget(id);
  }
}

/** Newest versions, remembered for moments: a message must not wait for the database each time. */
class Heads<Content extends object> {
  private readonly known = new LRUCache<CustomId, { head: CustomRecord<Content> | null }>({ max: 500, ttl: rememberMs });

  constructor(private readonly repository: CustomRepository<Content>) {}

  async use(id: CustomId, access: Access, conversationId?: string): Promise<{ version: number; content: Content } | null> {
    if (id.startsWith('custom.trial-')) {
      return id === `custom.trial-${conversationId}` ? { version: 1, content: await this.repository.content(id, 1) } : null;
    }
    const head = await this.head(id);
    const isOffered = head?.status === 'active' || (head?.status === 'draft' && mayCurate(access));
    return head && isOffered ? { version: head.version, content: head.content } : null;
  }

  async existing<Id extends string>(ids: readonly Id[]): Promise<Id[]> {
    const exist = await Promise.all(ids.map(async (id) => !isCustomId(id) || (await this.head(id)) !== null));
    return ids.filter((_, index) => exist[index]);
  }

  async unknown(ids: readonly string[], field: string, kind: 'mode' | 'format'): Promise<ProblemIssue[]> {
    const issues: ProblemIssue[] = [];
    for (const [index, id] of ids.entries()) {
      if (isCustomId(id) && !(await this.head(id))) issues.push({ path: `${field}/${index}`, ...fieldSentence(`unknown_${kind}`, { id }) });
    }
    return issues;
  }

  forget(id: CustomId): void {
    this.known.delete(id);
  }

  private async head(id: CustomId): Promise<CustomRecord<Content> | null> {
    const known = this.known.get(id);
    if (known) return known.head;
    const head = await this.repository.find(id);
    this.known.set(id, { head });
    return head;
  }
}
