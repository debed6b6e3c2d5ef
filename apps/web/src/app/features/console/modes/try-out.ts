import { Component, DestroyRef, computed, inject, input, linkedSignal, signal } from '@angular/core';
import type { StartedTrial } from '@dramatis/contracts/custom-trial';
import type { Persona } from '@dramatis/contracts/persona';
import type { Turn, Verdict } from '@dramatis/contracts/turn';
import type { Subscription } from 'rxjs';
import { injectTranslate } from '../../../../i18n/language';
import { ApiClient } from '../../../core/api-client';
import { type Problem, asProblem } from '../../../core/problem';
import { TurnStream } from '../../../core/turns/turn-stream';
import { type TurnState, applyTurnEvent, turnStateOf } from '../../../core/turns/turn-state';
import { Manners } from '../../../shared/manners';
import { Reply } from '../../../shared/reply/reply';
import { failureWords, repairSentences, violationWords } from '../../conversation/provenance-words';
import { FormProblem } from '../parts/form-problem';
import { StatusMark } from '../parts/status-mark';
import { PersonaField } from './persona-field';

/** Begins a turn in what the editor holds; null where that is not whole yet. */
export type StartTrial = (personaId: string, question: string) => Promise<StartedTrial> | null;

/** A persona answers in the mode or format as it stands in the editor, before it is saved: the real reply, with its verdicts. */
@Component({
  selector: 'dr-try-out',
  imports: [FormProblem, PersonaField, Reply, StatusMark],
  templateUrl: './try-out.html',
  styleUrl: './try-out.css',
})
export class TryOut {
  protected readonly t = injectTranslate();
  protected readonly failureWords = failureWords;
  protected readonly violationWords = violationWords;
  protected readonly repairSentences = repairSentences;
  readonly start = input.required<StartTrial>();
  private readonly api = inject(ApiClient);
  private readonly stream = inject(TurnStream);
  private readonly manners = inject(Manners);
  private followed: Subscription | null = null;
  private left = false;

  protected readonly persona = signal<Persona | undefined>(undefined);
  /** The persona's first question; the former one's while another persona is searched for. */
  private readonly suggested = linkedSignal<Persona | undefined, string>({
    source: this.persona,
    computation: (persona, former) => (persona ? (persona.starterQuestions[0] ?? '') : (former?.value ?? '')),
  });
  protected readonly written = signal<string | null>(null);
  protected readonly question = computed(() => this.written() ?? this.suggested());
  protected readonly problem = signal<Problem | null>(null);
  protected readonly incomplete = signal(false);
  protected readonly starting = signal(false);
  protected readonly state = signal<TurnState | null>(null);
  private readonly customs = signal<StartedTrial['customs']>(undefined);
  /** Whose reply it is: another persona may be chosen while it stands. */
  protected readonly speaker = signal('');
  protected readonly running = computed(() => this.starting() || (this.state() !== null && this.state()!.phase !== 'ended'));
  protected readonly grammar = computed(() => {
    const turn = this.state()?.turn;
    return turn ? this.manners.grammar(turn.format, this.customs()) : 'free';
  });
  protected readonly verdicts = computed<{ name: string; verdict: Verdict }[]>(() => {
    const provenance = this.ended()?.provenance;
    return [
      { name: this.t('modes.theFormat'), verdict: provenance?.formatVerdict },
      { name: this.t('modes.theMode'), verdict: provenance?.modeVerdict },
    ].flatMap(({ name, verdict }) => (verdict ? [{ name, verdict }] : []));
  });
  protected readonly ended = computed<Turn | null>(() => {
    const state = this.state();
    return state?.phase === 'ended' ? state.turn : null;
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.left = true;
      this.followed?.unsubscribe();
    });
  }

  protected async hear(): Promise<void> {
    const [persona, question] = [this.persona(), this.question().trim()];
    if (!persona || question === '' || this.running()) return;
    const trial = this.start()(persona.personaId, question);
    this.incomplete.set(trial === null);
    if (!trial) return;
    this.followed?.unsubscribe();
    this.problem.set(null);
    this.state.set(null);
    this.starting.set(true);
    try {
      const started = await trial;
      this.customs.set(started.customs);
      this.speaker.set(persona.name);
      this.state.set(turnStateOf(await this.api.turn(started.turnId)));
      this.follow(started.turnId);
    } catch (error) {
      this.problem.set(asProblem(error));
    } finally {
      this.starting.set(false);
    }
  }

  private follow(turnId: string): void {
    if (this.left) return;
    this.followed = this.stream.follow(turnId).subscribe({
      next: (event) => this.state.update((state) => state && applyTurnEvent(state, event)),
      error: (error: unknown) => {
        this.problem.set(asProblem(error));
        this.state.set(null);
      },
    });
  }
}
