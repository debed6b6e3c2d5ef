import type { TurnFailureCode } from '@dramatis/contracts/errors';
import type { Attempt, Provenance, Turn, TurnStep } from '@dramatis/contracts/turn';

/** Why there is no reply, and what the reader can do. */
export const failureWords: Record<TurnFailureCode, string> = {
  persona_not_found: 'This persona is no longer there, so nobody can answer.',
  no_provider: 'No language model could be asked for this reply. The operator of this installation has to configure one.',
  rate_limited: 'The language model is asked too often at the moment. Try again in a minute.',
  overloaded: 'The language model is overloaded at the moment. Try again in a minute.',
  unavailable: 'The language model could not be reached. Try again in a moment.',
  timed_out: 'The language model took too long to answer. Try again, perhaps with a shorter question.',
  interrupted: 'The language model broke off and could not be resumed. Try again.',
  refused: 'The language model declined to answer this. Asking in other words may help.',
  context_exceeded: 'The conversation has grown too long for the language model. Begin a new one to go on.',
  output_truncated: 'The reply grew longer than the language model may write. Ask for something narrower.',
  invalid_request: 'The language model did not accept the request. The operator can see why.',
  not_authorised: "The language model did not accept this installation's key. The operator has to renew it.",
  malformed_response: 'The language model gave an answer that could not be read. Try again.',
  circuit_open: 'The language model failed so often that it is given a rest. Try again in a minute.',
  worker_lost: 'The process that wrote the reply was lost, and none could take over. Try again.',
  internal: 'Something went wrong while the reply was written. Try again.',
};

/** How one attempt ended, after "because". */
const attemptWords: Record<TurnFailureCode, string> = {
  persona_not_found: 'the persona was not there',
  no_provider: 'no model was configured',
  rate_limited: 'it asked us to slow down',
  overloaded: 'it was overloaded',
  unavailable: 'it could not be reached',
  timed_out: 'it took too long',
  interrupted: 'its answer broke off',
  refused: 'it declined',
  context_exceeded: 'the conversation was too long for it',
  output_truncated: 'its answer was cut at its limit',
  invalid_request: 'it did not accept the request',
  not_authorised: 'it did not accept our key',
  malformed_response: 'its answer could not be read',
  circuit_open: 'it had failed too often just before',
  worker_lost: 'the process that listened to it was lost',
  internal: 'of a fault on our side',
};

export const stepWords: Record<TurnStep['step'], string> = {
  load: 'Read the persona and the conversation',
  retrieve: 'Search for passages',
  compose: 'Compose the prompt',
  generate: 'Write the reply',
  validate: 'Check mode and format',
  save: 'Save',
};

/** "4 passages", or why there are none. */
function sourcesPhrase(turn: Turn, provenance: Provenance): string {
  const cited = turn.citations.filter((citation) => citation.cited).length;
  if (provenance.grounded && cited === 0) return 'no passage used';
  if (provenance.grounded) return `${cited} ${cited === 1 ? 'passage' : 'passages'}`;
  switch (provenance.ungroundedReason) {
    case 'no_corpus':
      return 'no sources yet';
    case 'search_unavailable':
      return 'no sources, since the search was out of reach';
    default:
      return 'no source on this';
  }
}

/** The quiet line under a reply: who wrote it, from what, how long it took. */
export function provenanceLine(turn: Turn): string {
  const provenance = turn.provenance;
  if (!provenance) return 'How this answer was made';
  if (turn.status === 'failed') {
    const count = provenance.attempts.length;
    return ['No reply', `${count} ${count === 1 ? 'attempt' : 'attempts'}`, durationWords(elapsedMs(turn))].join(' · ');
  }
  const model = provenance.builtIn ? 'Built-in model' : (provenance.model ?? 'No model');
  const line = [model, sourcesPhrase(turn, provenance), durationWords(elapsedMs(turn))];
  if (repairWords(turn).length > 0) line.push('form mended');
  return line.join(' · ');
}

/** What went wrong on the way and was mended, or could not be; in plain words, one sentence each. */
export function troubleWords({ provenance }: Turn): string[] {
  if (!provenance) return [];
  const words = provenance.attempts.filter((attempt) => attempt.outcome === 'failed').map(attemptSentence);
  const answered = provenance.attempts.find((attempt) => attempt.outcome === 'completed');
  const firstProvider = provenance.attempts[0]?.provider;
  if (answered && firstProvider !== undefined && answered.provider !== firstProvider) {
    words.push(capitalised(`${nameOf(answered)} answered in its place.`));
  }
  if (provenance.attempts.some((attempt) => attempt.purpose === 'format_correction')) {
    words.push('The reply was written once more, because the first did not keep to the chosen form.');
  }
  if (provenance.ungroundedReason === 'search_unavailable') {
    words.push('The search for passages was out of reach, so this reply rests on no source.');
  }
  for (const violation of [...(provenance.formatVerdict?.violations ?? []), ...(provenance.modeVerdict?.violations ?? [])]) {
    words.push(`Not as asked: ${withFullStop(violation.message)}`);
  }
  return words;
}

/** Small repairs that need no reader's attention, for those who look how a reply was made; one sentence each. */
export function repairWords({ provenance }: Turn): string[] {
  if (!provenance) return [];
  const words = (provenance.formatVerdict?.repairs ?? []).map((repair) => `Mended in the form: ${withFullStop(repair)}`);
  const removed = provenance.removedCitations;
  if (removed === 1) words.push('One citation that referred to no passage was removed.');
  if (removed > 1) words.push(`${removed} citations that referred to no passage were removed.`);
  return words;
}

/** "Attempt 1, at anthropic, failed because its answer broke off." */
export function attemptSentence(attempt: Attempt): string {
  const because = attempt.code ? ` because ${attemptWords[attempt.code]}` : '';
  return `Attempt ${attempt.attempt}, at ${nameOf(attempt)}, failed${because}.`;
}

function nameOf(attempt: Attempt): string {
  return attempt.provider === 'built-in' ? 'the built-in model' : attempt.provider;
}

/** From the message to the end of its turn, in milliseconds; null while it runs. */
export function elapsedMs(turn: Turn): number | null {
  return turn.endedAt ? Math.max(0, Date.parse(turn.endedAt) - Date.parse(turn.createdAt)) : null;
}

/** "0.4 s", "12 s", "2 min 5 s". */
export function durationWords(milliseconds: number | null): string {
  if (milliseconds === null) return 'still running';
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function withFullStop(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
