import { Location } from '@angular/common';
import { Injectable, inject } from '@angular/core';
import { ActivatedRoute } from '@angular/router';

/** The token of a link in a mail. It stands behind the #, which browsers send to no server. */
@Injectable()
export class MailedToken {
  private readonly location = inject(Location);
  /** Null for an address without one. */
  readonly value = new URLSearchParams(inject(ActivatedRoute).snapshot.fragment ?? '').get('token');

  /** Takes it out of the address: it has done its work. */
  forget(): void {
    this.location.replaceState(this.location.path(false));
  }
}
