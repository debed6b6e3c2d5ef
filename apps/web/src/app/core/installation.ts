import { Injectable, inject, resource } from '@angular/core';
import { ApiClient } from './api-client';
import { Operator } from './operator';
import { Rights } from './rights';

/** What this installation is: asked once, since every page wants to know whether a language model is configured. */
@Injectable({ providedIn: 'root' })
export class Installation {
  private readonly api = inject(ApiClient);
  private readonly operator = inject(Operator);
  private readonly rights = inject(Rights);
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

  readonly withoutLanguageModel = () => this.info()?.languageModelConfigured === false;
}
