/**
 * Ctrl-C and SIGTERM, as one abort signal. A second one is for the impatient.
 *
 * @param {{ onFirst: () => void, onSecond: () => void }} handlers
 * @returns {{ signal: AbortSignal, release: () => void }}
 */
export function listenForInterruption({ onFirst, onSecond }) {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) return onSecond();
    onFirst();
    controller.abort();
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, onSignal);
  return {
    signal: controller.signal,
    release: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
