import type { Logger } from '@dramatis/telemetry/logger';
import { DefaultLogger, makeTelemetryFilterString, Runtime, type LogEntry } from '@temporalio/worker';

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** A warning of the SDK's that is no news: what a process has in hand it waits for with activities alone. */
const noWorkflows = 'No workflows registered, not polling for workflow tasks';

/** Sends what the Temporal SDK has to say, its native part included, through our logger. Before any worker is made. */
export function installTemporalRuntime(logger: Logger, metricsAddress: string | undefined): void {
  const write = ({ level, message, meta }: LogEntry): void => {
    const { error, sdkComponent, ...fields } = { ...meta } as Record<string, unknown>;
    logger[message === noWorkflows ? 'debug' : levels[level]]({ ...fields, component: sdkComponent, ...(error === undefined ? {} : { err: error }) }, message);
  };
  Runtime.install({
    logger: new DefaultLogger('INFO', write),
    // The process handles its own signals: it has more to close than its workers.
    shutdownSignals: [],
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} },
      ...(metricsAddress === undefined ? {} : { metrics: { prometheus: { bindAddress: metricsAddress } } }),
    },
  });
}
