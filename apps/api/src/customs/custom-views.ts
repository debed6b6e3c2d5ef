import type { CustomFormat, CustomFormatContent, ListedFormat } from '@dramatis/contracts/custom-format';
import type { CustomFormatVersion } from '@dramatis/contracts/custom-format';
import type { CustomMode, CustomModeContent, CustomModeVersion, ListedMode } from '@dramatis/contracts/custom-mode';
import { grammarOf } from '@dramatis/contracts/format-choice';
import { responseFormats } from '@dramatis/contracts/format';
import { interactionModes } from '@dramatis/contracts/mode';
import type { TurnCustoms } from '@dramatis/contracts/turn-customs';
import type { CustomRecord, CustomVersionRecord } from '@dramatis/database/customs/custom-repository';
import { formatWords, modeWords } from './manner-words.js';

/** Custom modes and formats as clients read them. Pure. */
export function toCustomMode(record: CustomRecord<CustomModeContent>): CustomMode {
  return { ...record.content, modeId: record._id, ...keptOf(record) };
}

export function toCustomFormat(record: CustomRecord<CustomFormatContent>): CustomFormat {
  return { ...record.content, formatId: record._id, ...keptOf(record) };
}

export function toModeVersion({ id, version, content, savedAt }: CustomVersionRecord<CustomModeContent>): CustomModeVersion {
  return { ...content, modeId: id, version, savedAt: savedAt.toISOString() };
}

export function toFormatVersion({ id, version, content, savedAt }: CustomVersionRecord<CustomFormatContent>): CustomFormatVersion {
  return { ...content, formatId: id, version, savedAt: savedAt.toISOString() };
}

/** Those that Dramatis brings, then the installation's own. */
export function listModes(customs: readonly CustomRecord<CustomModeContent>[]): ListedMode[] {
  const builtIn = interactionModes.map((mode) => ({ modeId: mode, builtIn: true, status: 'active' as const, version: null, base: mode, ...modeWords[mode] }));
  const own = customs.map(({ _id, status, version, content: { base, ...content } }) => ({
    ...{ modeId: _id, builtIn: false, status: status === 'draft' ? ('draft' as const) : ('active' as const), version, base },
    ...wordsOf(content),
  }));
  return [...builtIn, ...own];
}

export function listFormats(customs: readonly CustomRecord<CustomFormatContent>[]): ListedFormat[] {
  const builtIn = responseFormats.map((format) => ({ formatId: format, builtIn: true, status: 'active' as const, version: null, base: format, ...formatWords[format] }));
  const own = customs.map(({ _id, status, version, content }) => ({
    ...{ formatId: _id, builtIn: false, status: status === 'draft' ? ('draft' as const) : ('active' as const), version },
    ...{ base: grammarOf(content), ...wordsOf(content) },
  }));
  return [...builtIn, ...own];
}

/** What a turn keeps of the mode that it is made in. */
export function pinnedMode(version: number, { label, phrase }: CustomModeContent): NonNullable<TurnCustoms['mode']> {
  return { version, label, ...(phrase ? { phrase } : {}) };
}

export function pinnedFormat(version: number, content: CustomFormatContent): NonNullable<TurnCustoms['format']> {
  const { label, phrase } = content;
  return { version, label, ...(phrase ? { phrase } : {}), base: grammarOf(content) };
}

function wordsOf({ label, phrase, description }: Pick<CustomModeContent, 'label' | 'phrase' | 'description'>): Pick<ListedMode, 'label' | 'phrase' | 'description'> {
  return { label, ...(phrase ? { phrase } : {}), description };
}

function keptOf({ status, version, createdAt, updatedAt }: CustomRecord<object>): Pick<CustomMode, 'status' | 'version' | 'createdAt' | 'updatedAt'> {
  return { status, version, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

/** What a definition says after a change: absent fields stay, a phrase that is null goes. Null where nothing is changed. */
export function changedBy<Content extends object>(patch: { [Name in keyof Content]?: Content[Name] | null | undefined }): ((former: Content) => Content) | null {
  const changes = Object.entries(patch).filter(([, value]) => value !== undefined);
  if (changes.length === 0) return null;
  return (former) => {
    const changed = { ...former, ...Object.fromEntries(changes) } as Content & { phrase?: unknown };
    if (changed.phrase === null) delete changed.phrase;
    return changed;
  };
}
