import { Component, computed, input, linkedSignal } from '@angular/core';
import type { SourceSchedule } from '@dramatis/contracts/source';

const units = [
  { minutes: 10_080, words: 'weeks' },
  { minutes: 1_440, words: 'days' },
  { minutes: 60, words: 'hours' },
  { minutes: 1, words: 'minutes' },
];

/** When a source comes again by itself, as fields of the form around it; read by `scheduleOf`. */
@Component({
  selector: 'dr-schedule-fields',
  template: `
    <div class="field">
      <label for="schedule-kind">Comes again</label>
      <select #choice id="schedule-kind" name="schedule" (change)="kind.set(choice.value)">
        <option value="" [selected]="kind() === ''">Only by hand</option>
        <option value="interval" [selected]="kind() === 'interval'">Every so often</option>
        <option value="cron" [selected]="kind() === 'cron'">At set times</option>
      </select>
    </div>
    @switch (kind()) {
      @case ('interval') {
        <div class="pair">
          <div class="field">
            <label for="schedule-every">Every</label>
            <input id="schedule-every" name="every" type="number" min="1" step="1" required [value]="interval().every" />
          </div>
          <div class="field">
            <label for="schedule-unit">Unit</label>
            <select id="schedule-unit" name="everyUnit">
              @for (unit of units; track unit.minutes) {
                <option [value]="unit.minutes" [selected]="unit.minutes === interval().unit">{{ unit.words }}</option>
              }
            </select>
          </div>
        </div>
        <p class="hint">At the least five minutes apart. A run that is due while one is at work is left out.</p>
      }
      @case ('cron') {
        <div class="pair">
          <div class="field">
            <label for="schedule-cron">Cron line</label>
            <input id="schedule-cron" name="cron" required spellcheck="false" pattern="\\s*(\\S+\\s+){4}\\S+\\s*" placeholder="0 6 * * 1" aria-describedby="schedule-cron-hint" [value]="cron()?.cron ?? ''" />
          </div>
          <div class="field">
            <label for="schedule-zone">Time zone</label>
            <input id="schedule-zone" name="timeZone" required spellcheck="false" list="schedule-zones" [value]="cron()?.timeZone ?? here" />
            <datalist id="schedule-zones">
              @for (zone of zones; track zone) {
                <option [value]="zone"></option>
              }
            </datalist>
          </div>
        </div>
        <p id="schedule-cron-hint" class="hint">Minute, hour, day of month, month, day of week: <code>0 6 * * 1</code> is Mondays at six.</p>
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
