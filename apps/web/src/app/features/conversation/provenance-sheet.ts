import { Component, computed, inject } from '@angular/core';
import { MAT_DIALOG_DATA, MatDialogClose, MatDialogContent, MatDialogTitle } from '@angular/material/dialog';
import type { Provenance, Turn, TurnStep, Verdict } from '@dramatis/contracts/turn';
import { injectTranslate } from '../../../i18n/language';
import { Installation } from '../../core/installation';
import { Icon } from '../../shared/icon';
import { numberFormat } from '../../shared/formats';
import { exactTime } from '../../shared/relative-time';
import { Manners } from '../../shared/manners';
import { attemptSentence, durationWords, elapsedMs, repairWords, troubleWords } from './provenance-words';
import { passageRows, waterfall } from './provenance-view';

/** How an answer was made: its steps in time, every attempt, the passages with their ranks, the verdicts, the versions. */
@Component({
  selector: 'dr-provenance-sheet',
  imports: [MatDialogTitle, MatDialogContent, MatDialogClose, Icon],
  templateUrl: './provenance-sheet.html',
  styleUrls: ['./sheet.css', './provenance-sheet.css'],
})
export class ProvenanceSheet {
  protected readonly t = injectTranslate();
  protected readonly turn = inject<Turn>(MAT_DIALOG_DATA);
  protected readonly provenance = this.turn.provenance;
  protected readonly steps = this.provenance ? waterfall(this.provenance.steps) : [];
  protected readonly passages = computed(() => passageRows(this.t, this.turn));
  protected readonly mended = computed(() => [...troubleWords(this.t, this.turn), ...repairWords(this.t, this.turn)]);
  private readonly installation = inject(Installation);
  protected readonly temporalLink = computed(() => (this.provenance ? this.installation.temporalLink(this.provenance.workflowId) : null));
  protected readonly summary = computed(() => this.summarise());
  private readonly manners = inject(Manners);
  protected readonly verdicts = computed<{ name: string; verdict: Verdict | null | undefined }[]>(() => [
    { name: this.t('conversation.formOf', { format: this.manners.format(this.turn.format, this.turn.customs).title }), verdict: this.provenance?.formatVerdict },
    { name: this.t('conversation.mannerOf', { mode: this.manners.mode(this.turn.mode, this.turn.customs).title }), verdict: this.provenance?.modeVerdict },
  ]);

  protected readonly durationWords = durationWords;
  protected readonly attemptSentence = attemptSentence;
  protected readonly exactTime = exactTime;

  protected stepKey(step: TurnStep['step']) {
    return `conversation.step.${step}` as const;
  }

  protected score(value: number): string {
    return numberFormat(this.t.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
  }

  private summarise(): string {
    const provenance = this.provenance;
    if (!provenance) return this.t('conversation.nothingWasRecordedOfHowThisReply');
    const took = this.t('conversation.itTook', { duration: durationWords(this.t, elapsedMs(this.turn)) });
    const first = provenance.timeToFirstTokenMs;
    const firstWords = first === null ? [] : [this.t('conversation.itsFirstWordsCameAfter', { duration: durationWords(this.t, first) })];
    return [this.writer(provenance), took, ...firstWords].join(' ');
  }

  private writer({ builtIn, model, provider }: Provenance): string {
    if (builtIn) return this.t('conversation.theBuiltInModelPutThisTogether');
    if (model === null) return this.t('conversation.noModelWroteThis');
    return provider === null ? this.t('conversation.modelWroteThis', { model }) : this.t('conversation.modelAtWroteThis', { model, provider });
  }
}
