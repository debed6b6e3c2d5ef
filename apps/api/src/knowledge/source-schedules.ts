import { taskQueues } from '@dramatis/contracts/ids';
import type { SourceSchedule } from '@dramatis/contracts/source';
import { Injectable } from '@nestjs/common';
import { ScheduleOverlapPolicy, type ScheduleSpec } from '@temporalio/client';
import { WorkflowCalls } from '../temporal/workflow-calls.js';
import { ingestionSearchAttributes } from './ingestion-search-attributes.js';

interface ScheduledSource {
  sourceId: string;
  personaId?: string;
  name?: string;
}

/** When sources are ingested by themselves: one Temporal Schedule for each source that has one. */
@Injectable()
export class SourceSchedules {
  constructor(private readonly workflows: WorkflowCalls) {}

  /** Sets or, with null, removes the schedule. @throws DomainError workflow_service_unavailable, invalid_request for a cron expression that Temporal refuses */
  async set({ sourceId, personaId = '', name = '' }: ScheduledSource, schedule: SourceSchedule | null): Promise<void> {
    const scheduleId = scheduleIdOf(sourceId);
    if (schedule === null) return this.workflows.deleteSchedule(scheduleId);
    await this.workflows.setSchedule({
      scheduleId,
      spec: specOf(schedule),
      action: {
        type: 'startWorkflow',
        workflowType: 'scheduledIngestion',
        workflowId: `scheduled-ingestion/${sourceId}`,
        taskQueue: taskQueues.ingestion,
        args: [{ sourceId }],
        staticSummary: name,
        typedSearchAttributes: ingestionSearchAttributes({ personaId, sourceId }),
      },
      // One that is due while another of the source is at work is left out; one that was missed while Temporal was down is made up for.
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 hour', pauseOnFailure: false },
    });
  }

  /** @throws DomainError workflow_service_unavailable */
  async nextRunAt(sourceId: string): Promise<string | null> {
    return this.workflows.nextScheduled(scheduleIdOf(sourceId));
  }
}

export function scheduleIdOf(sourceId: string): string {
  return `source/${sourceId}`;
}

function specOf(schedule: SourceSchedule): ScheduleSpec {
  if (schedule.kind === 'interval') return { intervals: [{ every: `${schedule.everyMinutes} minutes` }] };
  return { cronExpressions: [schedule.cron], timezone: schedule.timeZone };
}
