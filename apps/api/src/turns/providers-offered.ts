import { DomainError } from '@dramatis/contracts/errors';
import type { Persona } from '@dramatis/contracts/persona';
import { Injectable } from '@nestjs/common';
import { nobody } from '../access/access.js';
import { ServiceInfoService } from '../service-info/service-info.service.js';

/** Which language models a reader may choose for a persona's reply. */
@Injectable()
export class ProvidersOffered {
  constructor(private readonly service: ServiceInfoService) {}

  /** @throws DomainError provider_not_offered unless it is on the persona's own route, or where it has none on the installation's */
  async requireOffered(provider: string, { name, modelRoute = [] }: Persona): Promise<void> {
    const offered = modelRoute.length > 0 ? modelRoute : (await this.service.read(nobody)).providers.map(({ id }) => id);
    if (offered.includes(provider)) return;
    if (offered.length === 0) throw new DomainError('provider_not_offered', { provider, persona: name });
    throw new DomainError('provider_not_offered.others', { provider, persona: name, others: offered.join(', ') });
  }
}
