import { taskQueues } from '@dramatis/contracts/ids';
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

  'ingestion-scheduled': async (recorder) => {
    const { operator, client } = recorder;
    const { personaId } = await operator.createPersona(aPersona());
    const { sourceId } = await operator.createSource({ personaId, name: 'Papers', documents: aCorpus() });
    const workflowId = `schedule/${sourceId}`;
    await client.workflow.start('scheduledIngestion', { workflowId, taskQueue: taskQueues.ingestion, args: [{ sourceId }] });
    return { '': await recorder.history(workflowId) };
  },

  corpus: async (recorder) => {
    const { operator } = recorder;
    const { personaId } = await recorder.persona(['built-in']);
    const at = `/api/admin/corpora/${personaId}`;
    const waiting = await changedAndWaiting(recorder, personaId);
    await operator.http.expect('POST', `${at}/publish`, { version: 2, note: 'Another bell.' });
    const parts = {
      waiting: await recorder.history(waiting.workflowId),
      published: await recorder.historyOf(`corpus/publish/${personaId}/`),
      settled: await recorder.history(`corpus/settle/${personaId}/2`),
      collected: await recorder.history(`corpus/collect/${personaId}/garbage`),
    };
    const { workflowId } = await operator.http.expect('POST', `${at}/reproduce`, { version: 2 });
    const reproduced = await recorder.history(workflowId);
    await operator.http.expect('POST', '/api/admin/search', { personaId, query: 'How is the bell rung in fog?' });
    return { ...parts, reproduced, searched: await recorder.historyOf(`search/${personaId}/`) };
  },

  'embedder-switched': async (recorder) => {
    const { operator } = recorder;
    const { personaId, corpus } = await recorder.persona(['built-in']);
    const { items } = await operator.http.expect('GET', '/api/admin/embedders');
    const other = items.find((/** @type {{ embedder: string }} */ { embedder }) => embedder !== corpus.embedder);
    const { workflowId } = await operator.http.expect('POST', `/api/admin/corpora/${personaId}/embedder`, { embedder: other.embedder });
    return { '': await recorder.history(workflowId) };
  },

  'knowledge-removed': async (recorder) => {
    const { operator } = recorder;
    const { personaId } = await recorder.persona(['built-in']);
    await operator.http.expect('DELETE', `/api/personas/${personaId}`);
    return { '': await recorder.historyOf(`removal/${personaId}/`) };
  },
};

/**
 * A second version, built and not published, of a persona that has one source.
 *
 * @param {Recorder} recorder
 * @param {string} personaId
 */
async function changedAndWaiting({ operator }, personaId) {
  const { items } = await operator.http.expect('GET', `/api/admin/sources?personaId=${personaId}`);
  const [{ sourceId }] = items;
  const addDocuments = [{ title: 'Fog', text: 'In fog the keeper rings the bell by steam: one stroke, a pause of five seconds, one stroke again.' }];
  await operator.http.expect('PATCH', `/api/admin/sources/${sourceId}`, { publish: 'manual', addDocuments });
  return operator.ingestionEnded((await operator.startIngestion(sourceId)).ingestionId);
}
