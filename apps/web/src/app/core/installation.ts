import { Injectable, inject, resource } from '@angular/core';
import { ApiClient } from './api-client';
import { Operator } from './operator';

/** What this installation is: asked once, since every page wants to know whether a language model is configured. */
@Injectable({ providedIn: 'root' })
export class Installation {
  private readonly api = inject(ApiClient);
  private readonly operator = inject(Operator);
  /** Asked once more when an operator signs in or out, since operators learn more. */
  private readonly asked = resource({
    params: () => ({ token: this.operator.token() }),
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
