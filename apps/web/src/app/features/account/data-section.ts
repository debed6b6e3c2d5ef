import { Component } from '@angular/core';

/** Takes along all that is one's own. */
@Component({
  selector: 'dr-data-section',
  template: `
    <div>
      <h2>Your data</h2>
      <p class="about">Everything that this installation holds of you, as one file in JSON: your account, its sessions, what you did, and your conversations with every exchange.</p>
    </div>
    <!-- The server writes it as it is saved: however long it is, it is never in memory as a whole. -->
    <p><a class="button-quiet" href="/api/auth/me/export" download="dramatis-export.json">Save your data</a></p>
  `,
  styleUrl: './section.css',
})
export class DataSection {}
