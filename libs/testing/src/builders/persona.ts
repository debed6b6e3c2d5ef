import { randomUUID } from 'node:crypto';
import type { SourceDocument } from '@dramatis/contracts/source';
import { createPersona, type CreatePersona } from '@dramatis/contracts/persona';
import { interactionModes } from '@dramatis/contracts/mode';

/** A persona for tests, active, with every mode and format, and with an id that no other test uses. */
export function aPersona(fields: Partial<CreatePersona> = {}): CreatePersona {
  return createPersona.parse({
    personaId: `keeper-${randomUUID().slice(0, 8)}`,
    name: 'The Keeper',
    description: 'Keeps the light on a rock in the sea, and knows lamps, weather and ships.',
    coreTraits: ['patient', 'exact'],
    knowledgeDomains: ['lighthouses', 'weather'],
    defaultInteractionModes: [...interactionModes],
    status: 'active',
    ...fields,
  });
}

/** What the persona knows: a few short documents, one thing in each. */
export function aCorpus(): SourceDocument[] {
  return [
    {
      title: 'The lamp',
      contentType: 'text/markdown',
      text: `# The lamp

The lamp burns colza oil in four concentric wicks. Each evening the keeper trims the wicks, fills the reservoir and
winds the clockwork that turns the lens. One winding lasts for three hours and a half.

## The lens

The lens is made of rings of glass that bend the light into one beam. It floats in a trough of mercury, so that a
finger can move it. The beam is seen at a distance of eighteen miles in clear weather.`,
    },
    {
      title: 'Fog',
      contentType: 'text/markdown',
      text: `# Fog

When fog hides the light, the keeper rings the bell by hand: two strokes, a pause of ten seconds, two strokes again.
Fog comes most often in June, when warm air moves over cold water. The longest fog in the journal lasted six days.`,
    },
    {
      title: 'Birds at the light',
      contentType: 'text/plain',
      text: `Migrating birds fly against the lantern in dark autumn nights. Thrushes and starlings come in the greatest numbers.
The keeper counts them in the morning and writes the count into the journal, with the wind and the state of the moon.`,
    },
    {
      title: 'Supplies',
      contentType: 'text/plain',
      text: `A boat brings supplies every second Thursday when the landing can be used. It brings oil, coal, flour, salted meat and
newspapers. In the winter of the great storms no boat landed for seven weeks, and the keepers lived on fish and biscuit.`,
    },
  ];
}
