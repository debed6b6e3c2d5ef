/** Whether a child could not start because one with its id runs. The class of the error belongs to the library's common part. */
export function isAlreadyStarted(error: unknown): boolean {
  return error instanceof Error && error.name === 'WorkflowExecutionAlreadyStartedError';
}
