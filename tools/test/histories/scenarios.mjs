import { aCorpus, aPersona } from '@dramatis/testing/builders/persona';

/**
 * @typedef {import('./recorder.mjs').HistoryRecorder} Recorder
 * @typedef {import('./recorder.mjs').History} History
 */

/**
 * What is recorded, by the name of the file; a scenario with several workflows names each part.
 * @type {Record<string, (recorder: Recorder) => Promise<Record<string, History>>>}
 */
export const scenarios = {
  'turn-completed': async (recorder) => ({ '': await recorder.turn({ modelRoute: ['anthropic'], expected: 'completed' }) }),

  'turn-retried': async (recorder) => {
    recorder.model.script({ fault: { kind: 'status', status: 529 } });
    return { '': await recorder.turn({ modelRoute: ['anthropic'], expected: 'completed' }) };
  },

  'turn-fallback': async (recorder) => {
    recorder.model.script({ fault: { kind: 'refusal' }, when: { vendor: 'anthropic' } });
    return { '': await recorder.turn({ modelRoute: ['anthropic', 'openai'], expected: 'completed' }) };
  },

  'turn-corrected': async (recorder) => {
    recorder.model.script({ text: JSON.stringify({ lead: 'Only this.', items: [], closing: '' }) });
    return { '': await recorder.turn({ modelRoute: ['anthropic'], format: 'bullet_points', expected: 'completed' }) };
  },

  'turn-cancelled': async (recorder) => {
    recorder.model.script({ chunks: 60, delayMs: 300 });
    const meanwhile = async (/** @type {string} */ turnId) => {
      await recorder.guest.follow(turnId).next('delta');
      await recorder.guest.cancel(turnId);
    };
    return { '': await recorder.turn({ modelRoute: ['anthropic'], expected: 'cancelled', meanwhile }) };
  },

  'turn-failed': async (recorder) => {
    recorder.model.script({ fault: { kind: 'refusal' }, times: 'always' });
    return { '': await recorder.turn({ modelRoute: ['anthropic', 'openai'], expected: 'failed' }) };
  },

  'turn-without-search': async (recorder) => {
    const { elasticsearch } = recorder.stack.servers;
    try {
      return { '': await recorder.turn({ modelRoute: ['built-in'], expected: 'completed', before: () => elasticsearch.stop() }) };
    } finally {
      await elasticsearch.start();
    }
  },

  ingestion: async (recorder) => {
    const { operator } = recorder;
    const { personaId } = await operator.createPersona(aPersona());
    const { sourceId } = await operator.createSource({ personaId, name: 'Papers', documents: aCorpus() });
    const { ingestionId } = await operator.startIngestion(sourceId);
    const { status, workflowId } = await operator.ingestionEnded(ingestionId);
    if (status !== 'completed') throw new Error(`the ingestion ended as ${status}`);
    const history = await recorder.history(workflowId);
    const child = history.events.find(({ childWorkflowExecutionStartedEventAttributes: started }) => started !== undefined);
    const again = await operator.ingestionEnded((await operator.startIngestion(sourceId)).ingestionId);
    return {
      completed: history,
      document: await recorder.history(child?.childWorkflowExecutionStartedEventAttributes.workflowExecution.workflowId),
      unchanged: await recorder.history(again.workflowId),
    };
  },
};
