/** A part of a document under one heading, as plain text. */
export interface Section {
  /** The headings that lead here, outermost first, the section's own last. */
  headingPath: string[];
  /** The section's own heading, null before the first. */
  heading: string | null;
  /** The text under the heading, without it. */
  text: string;
}
