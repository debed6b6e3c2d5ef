/**
 * Conditions as two stages: what an index knows, and what is left. MongoDB makes one of them again. SecantusDB takes an index of several
 * fields only when it knows every condition of the first stage, and else looks at all that the first field has.
 */
export function inTwoStages(indexed: object, rest: object): [{ $match: object }, { $match: object }] {
  return [{ $match: indexed }, { $match: rest }];
}
