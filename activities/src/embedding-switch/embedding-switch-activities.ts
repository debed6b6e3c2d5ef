export interface SwitchInput {
  switchId: string;
}

/** What the workflow of a switch calls. */
export interface EmbeddingSwitchActivities {
  /** Makes the index of the new embedder, and counts the passages to be embedded. */
  beginSwitch(input: SwitchInput): Promise<{ personaId: string; passages: number }>;
  /** Embeds the persona's passages into the new index. Heartbeats; goes on where an earlier try stopped. */
  embedPassagesAgain(input: SwitchInput): Promise<{ embedded: number }>;
  /** Makes sure that the new index holds what the database holds, and that searches find it. */
  checkSwitch(input: SwitchInput): Promise<{ passages: number }>;
  /** Has the new embedder serve. */
  moveToEmbedder(input: SwitchInput): Promise<void>;
  /** Removes the persona's passages from the index that served before. */
  clearFormerIndex(input: SwitchInput): Promise<{ removed: number }>;
  /** Removes what was written for a switch that does not come about. */
  abandonSwitch(input: SwitchInput & { status: 'cancelled' | 'failed'; failure?: string }): Promise<void>;
  /** Records the end, and lets ingestions begin again. */
  finishSwitch(input: SwitchInput): Promise<void>;
}
