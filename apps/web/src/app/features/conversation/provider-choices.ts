import type { Persona } from '@dramatis/contracts/persona';
import type { ServiceInfo } from '@dramatis/contracts/service';

/** A language model that a reader may ask. */
export interface ProviderChoice {
  id: string;
  /** As it is called, or its provider's id where that is all that is known. */
  name: string;
  builtIn: boolean;
}

/** The language models of the persona's route, or else of the installation's; none where there is nothing to choose. */
export function providerChoices(persona: Pick<Persona, 'modelRoute'> | null, service: Pick<ServiceInfo, 'providers'> | null): ProviderChoice[] {
  const models = new Map(service?.providers.map(({ id, model }) => [id, model]));
  const route = persona?.modelRoute?.length ? persona.modelRoute : [...models.keys()];
  return route.length < 2 ? [] : route.map((id) => ({ id, name: models.get(id) ?? id, builtIn: id === 'built-in' }));
}
