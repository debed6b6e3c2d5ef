import { isCustomId } from '@dramatis/contracts/custom-id';
import { DomainError } from '@dramatis/contracts/errors';
import type { FormatId } from '@dramatis/contracts/format';
import type { ModeId } from '@dramatis/contracts/mode';
import type { Persona } from '@dramatis/contracts/persona';
import { type Access, mayCurate } from '../access/access.js';

/** @throws DomainError persona_unavailable when nobody, or only operators, may talk with the persona now */
export function requireAvailable(persona: Persona, access: Access): void {
  if (persona.status === 'active' || (persona.status === 'draft' && mayCurate(access))) return;
  throw new DomainError('persona_unavailable', { persona: persona.name });
}

/**
 * Curators may take custom ones that the persona does not list, to hear how they do. Whether a custom one is in use is not asked here.
 * @throws DomainError mode_not_supported, format_not_supported
 */
export function requireSupported(persona: Persona, wanted: { mode?: ModeId | undefined; format?: FormatId | undefined }, access: Access): void {
  const { name, defaultInteractionModes: modes, supportedResponseFormats: formats } = persona;
  const tries = (id: string): boolean => isCustomId(id) && mayCurate(access);
  if (wanted.mode !== undefined && !modes.includes(wanted.mode) && !tries(wanted.mode)) {
    throw new DomainError('mode_not_supported', { persona: name, mode: wanted.mode, modes: modes.join(', ') });
  }
  if (wanted.format !== undefined && !formats.includes(wanted.format) && !tries(wanted.format)) {
    throw new DomainError('format_not_supported', { persona: name, format: wanted.format, formats: formats.join(', ') });
  }
}

/** The mode and format of a conversation for which none were chosen. */
export function defaultsOf(persona: Persona): { mode: ModeId; format: FormatId } {
  const formats = persona.supportedResponseFormats;
  return {
    mode: persona.defaultInteractionModes[0] ?? 'educator',
    format: formats.includes('free') ? 'free' : (formats[0] ?? 'free'),
  };
}
