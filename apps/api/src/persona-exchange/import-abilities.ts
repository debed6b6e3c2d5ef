import { personaProfile } from '@dramatis/contracts/persona';
import { Injectable } from '@nestjs/common';
import { CustomsOffered } from '../customs/customs-offered.js';
import type { ImportPlan } from './import-plan.js';

const { defaultInteractionModes, supportedResponseFormats } = personaProfile.shape;

/** Modes and formats that another installation made for itself are not those of this one. */
@Injectable()
export class ImportAbilities {
  constructor(private readonly customs: CustomsOffered) {}

  /** The plan without modes and formats that nobody made here; where none is left, with those of a new persona. */
  async fitted(plan: ImportPlan): Promise<ImportPlan> {
    const { profile } = plan;
    const { modes, formats } = await this.customs.known(profile.defaultInteractionModes, profile.supportedResponseFormats);
    const left = profile.defaultInteractionModes.length + profile.supportedResponseFormats.length - modes.length - formats.length;
    if (left === 0) return plan;
    const abilities = {
      defaultInteractionModes: defaultInteractionModes.parse(modes.length > 0 ? modes : undefined),
      supportedResponseFormats: supportedResponseFormats.parse(formats.length > 0 ? formats : undefined),
    };
    return { ...plan, profile: { ...profile, ...abilities }, notes: [...plan.notes, { code: 'abilities_left_out', count: left }] };
  }
}
