import { DomainError } from '@dramatis/contracts/errors';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type WorkflowExecutionStatusName,
  type WorkflowStartOptions,
} from '@temporalio/client';

/** How long a call to the workflow service may take, in milliseconds. */
const callTimeoutMs = 2_500;

/** Every call to Temporal passes here: it gets a deadline, and its trouble becomes a domain error. */
@Injectable()
export class WorkflowCalls implements OnApplicationShutdown {
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

  /** Asks the workflow to cancel. False when there is none; true also for one that is closed. @throws DomainError workflow_service_unavailable */
  async cancel(workflowId: string): Promise<boolean> {
    return (await this.unlessAbsent(() => this.client.workflow.getHandle(workflowId).cancel())) !== null;
  }

  /** The status of the workflow, or null when there is none. @throws DomainError workflow_service_unavailable */
  async status(workflowId: string): Promise<WorkflowExecutionStatusName | null> {
    const description = await this.unlessAbsent(() => this.client.workflow.getHandle(workflowId).describe());
    return description?.status.name ?? null;
  }

  /** @throws when the service does not say that it is serving. */
  async check(): Promise<void> {
    await this.call(() => this.client.workflowService.getSystemInfo({}));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.connection.close();
  }

  private async unlessAbsent<T>(action: () => Promise<T>): Promise<T | null> {
    try {
      return await this.call(action);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  }

  private async call<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await this.client.withDeadline(Date.now() + callTimeoutMs, action);
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError || error instanceof WorkflowNotFoundError) throw error;
      throw new DomainError(
        'workflow_service_unavailable',
        'The workflow service is out of reach at the moment; try again shortly.',
        { cause: error },
      );
    }
  }
}
