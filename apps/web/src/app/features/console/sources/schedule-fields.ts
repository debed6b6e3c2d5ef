import { Component, computed, input, linkedSignal } from '@angular/core';
import type { SourceSchedule } from '@dramatis/contracts/source';
import { injectTranslate } from '../../../../i18n/language';

const units = [
  { minutes: 10_080, words: 'sources.unit.weeks' },
  { minutes: 1_440, words: 'sources.unit.days' },
  { minutes: 60, words: 'sources.unit.hours' },
  { minutes: 1, words: 'sources.unit.minutes' },
] as const;

/** When a source comes again by itself, as fields of the form around it; read by `scheduleOf`. */
@Component({
  selector: 'dr-schedule-fields',
  template: `
    <div class="field">
      <label for="schedule-kind">{{ t('sources.comesAgain') }}</label>
      <select #choice id="schedule-kind" name="schedule" (change)="kind.set(choice.value)">
        <option value="" [selected]="kind() === ''">{{ t('sources.onlyByHand') }}</option>
        <option value="interval" [selected]="kind() === 'interval'">{{ t('sources.everySoOften') }}</option>
        <option value="cron" [selected]="kind() === 'cron'">{{ t('sources.atSetTimes') }}</option>
      </select>
    </div>
    @switch (kind()) {
      @case ('interval') {
        <div class="pair">
          <div class="field">
            <label for="schedule-every">{{ t('sources.every') }}</label>
            <input id="schedule-every" name="every" type="number" min="1" step="1" required [value]="interval().every" />
          </div>
          <div class="field">
            <label for="schedule-unit">{{ t('sources.unitOfTime') }}</label>
            <select id="schedule-unit" name="everyUnit">
              @for (unit of units; track unit.minutes) {
                <option [value]="unit.minutes" [selected]="unit.minutes === interval().unit">{{ t(unit.words) }}</option>
              }
            </select>
          </div>
        </div>
        <p class="hint">{{ t('sources.atTheLeastFiveMinutesApartA') }}</p>
      }
      @case ('cron') {
        <div class="pair">
          <div class="field">
            <label for="schedule-cron">{{ t('sources.cronLine') }}</label>
            <input id="schedule-cron" name="cron" required spellcheck="false" pattern="\\s*(\\S+\\s+){4}\\S+\\s*" placeholder="0 6 * * 1" aria-describedby="schedule-cron-hint" [value]="cron()?.cron ?? ''" />
          </div>
          <div class="field">
            <label for="schedule-zone">{{ t('sources.timeZone') }}</label>
            <input id="schedule-zone" name="timeZone" required spellcheck="false" list="schedule-zones" [value]="cron()?.timeZone ?? here" />
            <datalist id="schedule-zones">
              @for (zone of zones; track zone) {
                <option [value]="zone"></option>
              }
            </datalist>
          </div>
        </div>
        <p id="schedule-cron-hint" class="hint">{{ t('sources.minuteHourDayOfMonthMonthDay') }} <code>0 6 * * 1</code> {{ t('sources.isMondaysAtSix') }}</p>
      }
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s3);
    }
  `,
})
export class ScheduleFields {
  protected readonly t = injectTranslate();
  readonly schedule = input<SourceSchedule | null>(null);
  protected readonly kind = linkedSignal<string>(() => this.schedule()?.kind ?? '');
  protected readonly units = units;
  protected readonly here = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  protected readonly zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  protected readonly cron = computed(() => {
    const schedule = this.schedule();
    return schedule?.kind === 'cron' ? schedule : null;
  });
  protected readonly interval = computed(() => {
    const schedule = this.schedule();
    const minutes = schedule?.kind === 'interval' ? schedule.everyMinutes : 1_440;
    const unit = units.find((candidate) => minutes % candidate.minutes === 0)!.minutes;
    return { every: minutes / unit, unit };
  });
}
