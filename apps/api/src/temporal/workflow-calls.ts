import { DomainError, type ErrorCode, errorStatus } from '@dramatis/contracts/errors';
import { wording } from '@dramatis/contracts/wording';
import { ApplicationFailure } from '@temporalio/common';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  Client,
  isGrpcDeadlineError,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type ScheduleOptions,
  type ScheduleOptionsStartWorkflowAction,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  WorkflowNotFoundError,
  type WorkflowExecutionStatusName,
  type WorkflowStartOptions,
} from '@temporalio/client';

/** How long a call to the workflow service may take, in milliseconds. */
const callTimeoutMs = 2_500;

/** What callers tell apart. */
const expected = [WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, ScheduleNotFoundError, ScheduleAlreadyRunning];

/** gRPC's INVALID_ARGUMENT. */
const invalidArgument = 3;

/** What the service says is wrong with the request, or null when something else went wrong. */
function refusalOf(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, details } = cause as { code?: unknown; details?: unknown };
    if (code === invalidArgument && typeof details === 'string') return details;
  }
  return null;
}

/** Every call to Temporal passes here: it gets a deadline, and its trouble becomes a domain error. */
@Injectable()
export class WorkflowCalls implements OnApplicationShutdown {
  /** The calls under way. One controller each: the client never takes its listener off a signal. */
  private readonly outstanding = new Map<Promise<unknown>, AbortController>();

  constructor(@Inject(Client) private readonly client: Client) {}

  /**
   * Starts the workflow, once for its id: one that runs or has ended counts as started.
   * @throws DomainError workflow_service_unavailable; whether it was started is then not known
   */
  async start(
    workflowType: string,
    options: Omit<WorkflowStartOptions, 'workflowIdConflictPolicy' | 'workflowIdReusePolicy'>,
  ): Promise<void> {
    const { workflow } = this.client;
    try {
      await this.call(() =>
        workflow.start(workflowType, {
          ...options,
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
        }),
      );
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return;
      throw error;
    }
  }

  /**
   * Starts the workflow and waits for its end, for as long as a person would. What takes longer goes on, with `done` false.
   * @throws DomainError with the code of the workflow's failure, or workflow_service_unavailable
   */
  async execute<T>(
    workflowType: string,
    options: Parameters<WorkflowCalls['start']>[1],
    waitMs: number,
  ): Promise<{ done: true; result: T } | { done: false }> {
    await this.start(workflowType, options);
    try {
      const handle = this.client.workflow.getHandle(options.workflowId);
      const result: unknown = await this.tracked(() => this.client.withDeadline(Date.now() + waitMs, () => handle.result()));
      return { done: true, result: result as T };
    } catch (error) {
      if (error instanceof WorkflowFailedError) throw toDomainError(error);
      if (isGrpcDeadlineError(error)) return { done: false };
      throw unavailable(error);
    }
  }

  /** Asks the workflow to cancel. False when there is none; true also for one that is closed. @throws DomainError workflow_service_unavailable */
  async cancel(workflowId: string): Promise<boolean> {
    return (await this.unlessAbsent(() => this.client.workflow.getHandle(workflowId).cancel())) !== null;
  }

  /** The status of the workflow, or null when there is none. @throws DomainError workflow_service_unavailable */
  async status(workflowId: string): Promise<WorkflowExecutionStatusName | null> {
    const description = await this.unlessAbsent(() => this.client.workflow.getHandle(workflowId).describe());
    return description?.status.name ?? null;
  }

  /** Sends a signal. False when the workflow is not there or is closed. @throws DomainError workflow_service_unavailable */
  async signal(workflowId: string, name: string): Promise<boolean> {
    return (await this.unlessAbsent(async () => (await this.client.workflow.getHandle(workflowId).signal(name), true))) !== null;
  }

  /** Asks the workflow; null when there is none. @throws DomainError workflow_service_unavailable, also when no worker answers */
  async query<T>(workflowId: string, name: string): Promise<T | null> {
    return this.unlessAbsent(() => this.client.workflow.getHandle(workflowId).query<T>(name));
  }

  /** Makes the schedule, or changes the one that is there. @throws DomainError workflow_service_unavailable, invalid_request */
  async setSchedule(options: ScheduleOptions<ScheduleOptionsStartWorkflowAction<never>> | ScheduleOptions): Promise<void> {
    const { schedule } = this.client;
    const { scheduleId: _scheduleId, memo: _memo, ...changed } = options as ScheduleOptions;
    try {
      await this.call(() => schedule.create(options as ScheduleOptions));
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await this.call(() => schedule.getHandle(options.scheduleId).update((former) => ({ ...former, ...changed, state: former.state })));
    }
  }

  /** Removes the schedule if it is there. @throws DomainError workflow_service_unavailable */
  async deleteSchedule(scheduleId: string): Promise<void> {
    await this.unlessAbsent(() => this.client.schedule.getHandle(scheduleId).delete());
  }

  /** When the schedule starts its workflow next, ISO 8601; null without one. @throws DomainError workflow_service_unavailable */
  async nextScheduled(scheduleId: string): Promise<string | null> {
    const description = await this.unlessAbsent(() => this.client.schedule.getHandle(scheduleId).describe());
    return description?.info.nextActionTimes[0]?.toISOString() ?? null;
  }

  /** @throws when the service does not say that it is serving. */
  async check(): Promise<void> {
    await this.call(() => this.client.workflowService.getSystemInfo({}));
  }

  /** Closes the connection when no call is under way: one that the client still means to try again would find it closed, and end the process. */
  async onApplicationShutdown(): Promise<void> {
    for (const controller of this.outstanding.values()) controller.abort();
    await Promise.allSettled(this.outstanding.keys());
    await this.client.connection.close();
  }

  private async unlessAbsent<T>(action: () => Promise<T>): Promise<T | null> {
    try {
      return await this.call(action);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError || error instanceof ScheduleNotFoundError) return null;
      throw error;
    }
  }

  private async tracked<T>(action: () => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const call = this.client.withAbortSignal(controller.signal, action);
    this.outstanding.set(call, controller);
    try {
      return await call;
    } finally {
      this.outstanding.delete(call);
    }
  }

  private async call<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await this.tracked(() => this.client.withDeadline(Date.now() + callTimeoutMs, action));
    } catch (error) {
      if (expected.some((kind) => error instanceof kind)) throw error;
      const refusal = refusalOf(error);
      if (refusal !== null) throw new DomainError('invalid_request.refused_by_workflows', { reason: refusal }, { cause: error });
      throw unavailable(error);
    }
  }
}

function unavailable(cause: unknown): DomainError {
  return new DomainError('workflow_service_unavailable', {}, { cause });
}

/** The innermost failure says what was wrong; its type is the code of the error that an activity threw, its first detail the wording. */
function toDomainError(error: WorkflowFailedError): DomainError {
  let innermost: Error = error;
  while (innermost.cause instanceof Error && !(innermost instanceof ApplicationFailure)) innermost = innermost.cause;
  const type = innermost instanceof ApplicationFailure ? innermost.type : undefined;
  const code: ErrorCode = type != null && type in errorStatus ? (type as ErrorCode) : 'internal';
  const said = innermost instanceof ApplicationFailure ? wording.safeParse(innermost.details?.[0]).data : undefined;
  return DomainError.heard(code, innermost.message, { wording: said, cause: error });
}
