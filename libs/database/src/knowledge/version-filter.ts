import { openEnded } from '@dramatis/contracts/knowledge';

/** Records that a corpus version sees. */
export function seenBy(corpusVersion: number): { validFrom: object; validTo: object } {
  return { validFrom: { $lte: corpusVersion }, validTo: { $gt: corpusVersion } };
}

/** Records that later versions than the published one have brought. */
export function broughtAfter(corpusVersion: number): { validFrom: object } {
  return { validFrom: { $gt: corpusVersion } };
}

/** Records that later versions than the published one have taken away. */
export function closedAfter(corpusVersion: number): { validFrom: object; validTo: object } {
  return { validFrom: { $lte: corpusVersion }, validTo: { $gt: corpusVersion, $lt: openEnded } };
}
