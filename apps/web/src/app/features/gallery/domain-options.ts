import type { Persona } from '@dramatis/contracts/persona';

export interface DomainOption {
  domain: string;
  personas: number;
}

/** Every domain of the personas by name, with how many know about it. A domain is the same whatever its capitals. */
export function domainOptions(personas: readonly Pick<Persona, 'knowledgeDomains'>[]): DomainOption[] {
  const byKey = new Map<string, DomainOption>();
  for (const { knowledgeDomains } of personas) {
    for (const [key, domain] of new Map(knowledgeDomains.map((name) => [name.toLowerCase(), name]))) {
      const option = byKey.get(key);
      if (option) option.personas += 1;
      else byKey.set(key, { domain, personas: 1 });
    }
  }
  return [...byKey.values()].sort((a, b) => sortKey(a.domain).localeCompare(sortKey(b.domain), 'en'));
}

/** "the Analytical Engine" stands under A. */
function sortKey(domain: string): string {
  return domain.replace(/^the\s+/i, '');
}
