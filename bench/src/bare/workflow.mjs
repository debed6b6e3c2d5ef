import { proxyActivities } from '@temporalio/workflow';

const { nothing } = proxyActivities({ startToCloseTimeout: '10 seconds' });

/** The least that durable work can be: one activity. */
export async function bareWorkflow() {
  return nothing();
}
