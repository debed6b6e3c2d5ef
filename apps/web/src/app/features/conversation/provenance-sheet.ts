import { Component, computed, inject } from '@angular/core';
import { MAT_DIALOG_DATA, MatDialogClose, MatDialogContent, MatDialogTitle } from '@angular/material/dialog';
import type { Turn, Verdict } from '@dramatis/contracts/turn';
import { Installation } from '../../core/installation';
import { Icon } from '../../shared/icon';
import { exactTime } from '../../shared/relative-time';
import { formatWords, modeWords } from '../../shared/words';
import { attemptSentence, durationWords, elapsedMs, repairWords, stepWords, troubleWords } from './provenance-words';
import { passageRows, waterfall } from './provenance-view';

/** How an answer was made: its steps in time, every attempt, the passages with their ranks, the verdicts, the versions. */
@Component({
  selector: 'dr-provenance-sheet',
  imports: [MatDialogTitle, MatDialogContent, MatDialogClose, Icon],
  templateUrl: './provenance-sheet.html',
  styleUrls: ['./sheet.css', './provenance-sheet.css'],
})
export class ProvenanceSheet {
  protected readonly turn = inject<Turn>(MAT_DIALOG_DATA);
  protected readonly provenance = this.turn.provenance;
  protected readonly steps = this.provenance ? waterfall(this.provenance.steps) : [];
  protected readonly passages = passageRows(this.turn);
  protected readonly mended = [...troubleWords(this.turn), ...repairWords(this.turn)];
  private readonly installation = inject(Installation);
  protected readonly temporalLink = computed(() => (this.provenance ? this.installation.temporalLink(this.provenance.workflowId) : null));
  protected readonly summary = this.summarise();
  protected readonly verdicts: { name: string; verdict: Verdict | null | undefined }[] = [
    { name: `Form: ${formatWords[this.turn.format].title.toLowerCase()}`, verdict: this.provenance?.formatVerdict },
    { name: `Manner: ${modeWords[this.turn.mode].title.toLowerCase()}`, verdict: this.provenance?.modeVerdict },
  ];

  protected readonly stepWords = stepWords;
  protected readonly durationWords = durationWords;
  protected readonly attemptSentence = attemptSentence;
  protected readonly exactTime = exactTime;

  private summarise(): string {
    const provenance = this.provenance;
    if (!provenance) return 'Nothing was recorded of how this reply was made.';
    const who = provenance.builtIn
      ? 'The built-in model put this together from passages; no language model is configured'
      : `${provenance.model ?? 'No model'}${provenance.provider ? `, at ${provenance.provider},` : ''} wrote this`;
    const first = provenance.timeToFirstTokenMs;
    const words = first === null ? '' : ` Its first words came after ${durationWords(first)}.`;
    return `${who}. It took ${durationWords(elapsedMs(this.turn))}.${words}`;
  }
}
