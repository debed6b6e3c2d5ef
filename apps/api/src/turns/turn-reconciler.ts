import { DomainError } from '@dramatis/contracts/errors';
import type { TurnRecord } from '@dramatis/database/conversations/turn-model';
import { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from '../infrastructure/tokens.js';
import { Upkeep } from '../infrastructure/upkeep.js';
import { TurnAdmissions } from '../limits/turn-admissions.js';
import { TurnEndings } from './turn-endings.js';
import { TurnWorkflows } from './turn-workflows.js';

const intervalMs = 5_000;
/** Younger turns are still in the hands of the request that started them. */
const graceMs = 5_000;
const maxTurnsPerPass = 1_000;

/**
 * Sees to it that no turn stays running with nobody working on it: starts the workflows of turns that were stored while
 * the workflow service was away, or whose API process died before it started them, and ends turns that their workflow
 * left behind. All it does is idempotent.
 */
@Injectable()
export class TurnReconciler extends Upkeep {
  constructor(
    private readonly turns: TurnRepository,
    private readonly personas: PersonaRepository,
    private readonly workflows: TurnWorkflows,
    private readonly endings: TurnEndings,
    private readonly admissions: TurnAdmissions,
    @Inject(REDIS) redis: Redis,
  ) {
    super(redis, { name: 'turn-reconciler', intervalMs, failure: 'turns could not be looked after; trying again' });
  }

  protected pass(): Promise<void> {
    return this.reconcileAll();
  }

  protected override failed(error: unknown): void {
    const isOutage = error instanceof DomainError && error.code === 'workflow_service_unavailable';
    if (isOutage) this.logger.debug({ err: error }, 'turns wait for the workflow service');
    else super.failed(error);
  }

  /** Looks after every turn that has been running for longer than the grace time. */
  async reconcileAll(): Promise<void> {
    const records = await this.turns.runningSince(new Date(Date.now() - graceMs), maxTurnsPerPass);
    await this.admissions.renew(records);
    for (const record of records) {
      if (this.stopped) return;
      await this.reconcile(record);
    }
  }

  /** @throws DomainError workflow_service_unavailable */
  async reconcile(record: TurnRecord): Promise<void> {
    const state = await this.workflows.state(record);
    if (state === 'running') return;
    // The turn may have ended between the list and the look at its workflow.
    const current = await this.turns.find(record._id);
    if (current?.status !== 'running') return;
    if (state === 'absent') {
      await this.workflows.start(current, await this.personaName(current));
      this.logger.log({ turnId: current._id }, 'started the workflow of a turn that had none');
    } else {
      await this.endings.endLost(current);
    }
  }

  private async personaName(record: TurnRecord): Promise<string> {
    const version = await this.personas.getVersion(record.personaId, record.personaVersion).catch(() => null);
    return version?.name ?? record.personaId;
  }
}
