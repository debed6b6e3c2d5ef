/**
 * `corpus/<work>/<persona>/<suffix>`: a version, for work that is done once for each, or an id. Workflows import it too, so it stands
 * apart from the schemas.
 */
export function corpusWorkflowId(work: 'publish' | 'settle' | 'collect' | 'reproduce', personaId: string, suffix: string | number): string {
  return `corpus/${work}/${personaId}/${suffix}`;
}
