import type { TurnFailureCode } from '@dramatis/contracts/errors';
import type { Attempt, Provenance, Turn, Verdict, Violation } from '@dramatis/contracts/turn';
import type { Translate } from '../../../i18n/language';
import { numberFormat } from '../../shared/formats';

/** Why there is no reply, and what the reader can do. */
export function failureWords(t: Translate, code: TurnFailureCode): string {
  return t(`conversation.failure.${code}`);
}

/** "4 passages", or why there are none. */
function sourcesPhrase(t: Translate, turn: Turn, provenance: Provenance): string {
  const cited = turn.citations.filter((citation) => citation.cited).length;
  if (provenance.grounded) return t('conversation.passagesUsed', { count: cited });
  switch (provenance.ungroundedReason) {
    case 'no_corpus':
      return t('conversation.noSourcesYet');
    case 'search_unavailable':
      return t('conversation.noSourcesSinceTheSearchWasOut');
    default:
      return t('conversation.noSourceOnThis');
  }
}

/** The quiet line under a reply: who wrote it, from what, how long it took. */
export function provenanceLine(t: Translate, turn: Turn): string {
  const provenance = turn.provenance;
  if (!provenance) return t('conversation.howThisAnswerWasMade');
  const took = durationWords(t, elapsedMs(turn));
  if (turn.status === 'failed') {
    return [t('conversation.noReply'), t('conversation.attemptCount', { count: provenance.attempts.length }), took].join(' · ');
  }
  const model = provenance.builtIn ? t('conversation.builtInModel') : (provenance.model ?? t('conversation.noModel'));
  const line = [model, sourcesPhrase(t, turn, provenance), took];
  if (repairWords(t, turn).length > 0) line.push(t('conversation.formMended'));
  return line.join(' · ');
}

/** What went wrong on the way and was mended, or could not be; in plain words, one sentence each. */
export function troubleWords(t: Translate, { provenance }: Turn): string[] {
  if (!provenance) return [];
  const words = provenance.attempts.filter((attempt) => attempt.outcome === 'failed').map((attempt) => attemptSentence(t, attempt));
  const answered = provenance.attempts.find((attempt) => attempt.outcome === 'completed');
  const firstProvider = provenance.attempts[0]?.provider;
  if (answered && firstProvider !== undefined && answered.provider !== firstProvider) {
    words.push(isBuiltIn(answered) ? t('conversation.builtInAnsweredInItsPlace') : t('conversation.answeredInItsPlace', { provider: answered.provider }));
  }
  if (provenance.attempts.some((attempt) => attempt.purpose === 'format_correction')) {
    words.push(t('conversation.theReplyWasWrittenOnceMoreBecause'));
  }
  if (provenance.ungroundedReason === 'search_unavailable') {
    words.push(t('conversation.theSearchForPassagesWasOutOf'));
  }
  for (const violation of [...(provenance.formatVerdict?.violations ?? []), ...(provenance.modeVerdict?.violations ?? [])]) {
    words.push(t('conversation.notAsAsked', { violation: withFullStop(violationWords(t, violation)) }));
  }
  return words;
}

/** What a rule found, in the reader's language: by its sentence, or by the rule alone where a turn of before has none. */
export function violationWords(t: Translate, { rule, message, wording }: Violation): string {
  return t.said(wording ?? { key: `verdicts.${rule}`, params: {} }, message);
}

/** What was mended in a reply, one for each repair, without a full stop. */
export function repairSentences(t: Translate, { repairs, repairWordings }: Verdict): string[] {
  return repairs.map((repair, index) => t.said(repairWordings?.[index], repair));
}

/** Small repairs that need no reader's attention, for those who look how a reply was made; one sentence each. */
export function repairWords(t: Translate, { provenance }: Turn): string[] {
  if (!provenance) return [];
  const sentences = provenance.formatVerdict ? repairSentences(t, provenance.formatVerdict) : [];
  const words = sentences.map((repair) => t('conversation.mendedInTheForm', { repair: withFullStop(repair) }));
  if (provenance.removedCitations > 0) words.push(t('conversation.removedCitations', { count: provenance.removedCitations }));
  return words;
}

/** "Attempt 1, at anthropic, failed because its answer broke off." */
export function attemptSentence(t: Translate, { attempt, provider, code }: Attempt): string {
  const at = isBuiltIn({ provider }) ? t('conversation.theBuiltInModel') : provider;
  if (!code) return t('conversation.attemptFailed', { attempt, at });
  return t('conversation.attemptFailedBecause', { attempt, at, reason: t(`conversation.because.${code}`) });
}

function isBuiltIn({ provider }: Pick<Attempt, 'provider'>): boolean {
  return provider === 'built-in';
}

/** From the message to the end of its turn, in milliseconds; null while it runs. */
export function elapsedMs(turn: Turn): number | null {
  return turn.endedAt ? Math.max(0, Date.parse(turn.endedAt) - Date.parse(turn.createdAt)) : null;
}

/** "48 ms", "2.4 s", "42 s", "2 min 5 s". */
export function durationWords(t: Translate, milliseconds: number | null): string {
  if (milliseconds === null) return t('conversation.stillRunning');
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1_000;
  if (seconds < 10) return `${numberFormat(t.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(seconds)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

function withFullStop(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
