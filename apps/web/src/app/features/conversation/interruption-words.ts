import type { Translate } from '../../../i18n/language';
import type { Interruption } from '../../core/turns/turn-state';

/** What went wrong on the way and was mended: "The first attempt broke off; beginning again." */
export function interruptionWords(t: Translate, { attempt, code, hadText }: Interruption): string {
  return t(keyOf(code, hadText), { attempt });
}

function keyOf(code: Interruption['code'], hadText: boolean) {
  switch (code) {
    case 'format_violation':
      return 'conversation.interrupted.format';
    case 'worker_lost':
      return 'conversation.interrupted.workerLost';
    case 'rate_limited':
    case 'overloaded':
    case 'circuit_open':
      return 'conversation.interrupted.busy';
    case 'timed_out':
      return 'conversation.interrupted.slow';
    default:
      return hadText ? 'conversation.interrupted.brokeOff' : 'conversation.interrupted.failed';
  }
}
