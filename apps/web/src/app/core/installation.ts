import { Injectable, inject, resource } from '@angular/core';
import { ApiClient } from './api-client';

/** What this installation is: asked once, since every page wants to know whether a language model is configured. */
@Injectable({ providedIn: 'root' })
export class Installation {
  private readonly api = inject(ApiClient);
  private readonly asked = resource({ loader: ({ abortSignal }) => this.api.service(abortSignal) });

  /** Null while unknown. */
  readonly info = () => (this.asked.hasValue() ? this.asked.value() : null);

  readonly withoutLanguageModel = () => this.info()?.languageModelConfigured === false;
}
