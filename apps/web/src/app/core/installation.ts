import { Injectable, effect, inject, resource, untracked } from '@angular/core';
import { ApiClient } from './api-client';
import { BrowserStorage } from './browser-storage';
import { Connectivity } from './connectivity';
import { Operator } from './operator';
import { Rights } from './rights';

/** What this installation is: asked once, since every page wants to know whether a language model is configured. */
@Injectable({ providedIn: 'root' })
export class Installation {
  private readonly api = inject(ApiClient);
  private readonly operator = inject(Operator);
  private readonly rights = inject(Rights);
  private readonly storage = inject(BrowserStorage);
  private readonly online = inject(Connectivity).online;
  /** Asked once more when somebody signs in or out, since who keeps the installation learns more. */
  private readonly asked = resource({
    params: () => ({ token: this.operator.token(), curates: this.rights.curates() }),
    loader: ({ abortSignal }) => this.api.service(abortSignal),
  });

  /** Null while unknown. */
  readonly info = () => (this.asked.hasValue() ? this.asked.value() : null);

  /** Where the Temporal UI shows a workflow; null for everybody but operators. */
  temporalLink(workflowId: string): string | null {
    const { temporalUiUrl: base, temporalNamespace: namespace } = this.info() ?? {};
    return base && namespace ? `${base.replace(/\/$/, '')}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}` : null;
  }

  /** As it was at the last visit until it is known, so that what is said of it moves nothing when the answer comes. */
  readonly withoutLanguageModel = () => (this.info() ? !this.info()?.languageModelConfigured : this.saidBefore);
  private readonly saidBefore = this.storage.read('without-language-model', (value) => typeof value === 'boolean') ?? false;

  constructor() {
    effect(() => {
      const info = this.info();
      if (info) this.storage.write('without-language-model', !info.languageModelConfigured);
    });
    effect(() => {
      if (this.online() && untracked(this.asked.error)) untracked(() => this.asked.reload());
    });
  }
}
