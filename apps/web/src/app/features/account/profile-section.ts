import { Component, inject, input } from '@angular/core';
import type { Account } from '@dramatis/contracts/identity/account';
import { Identity } from '../../core/identity';
import { Notifier } from '../../core/notifier';
import { AccountApi } from './account-api';
import { nameCheck } from './field-checks';
import { FormEnd } from './form-end';
import { Submission } from './submission';
import { TextField } from './text-field';

/** How one is called. */
@Component({
  selector: 'dr-profile-section',
  imports: [FormEnd, TextField],
  providers: [Submission],
  template: `
    <div>
      <h2>Name</h2>
      <p class="about">As you like to be called. Only you and those who keep this installation see it.</p>
    </div>
    <form #form novalidate (submit)="$event.preventDefault(); save(form)">
      <dr-text-field label="Name" name="displayName" autocomplete="name" [longest]="80" [value]="account().displayName" />
      <dr-form-end action="Save the name" busyWords="Saving" [quiet]="true" />
    </form>
  `,
  styleUrl: './section.css',
})
export class ProfileSection {
  readonly account = input.required<Account>();

  private readonly api = inject(AccountApi);
  private readonly identity = inject(Identity);
  private readonly notifier = inject(Notifier);
  private readonly submission = inject(Submission);

  protected async save(form: HTMLFormElement): Promise<void> {
    const me = await this.submission.run(form, {
      checks: { displayName: nameCheck },
      send: ({ displayName = '' }) => this.api.update({ displayName: displayName.trim() }),
    });
    if (!me) return;
    this.identity.take(me);
    this.notifier.tell('Your name is saved.');
  }
}
