import type { ExtractionWarning, FileAttributes } from './extracted-file.js';

/** What the reader of one format found. */
export interface FormatResult {
  /** From the metadata of the file, or null. */
  title: string | null;
  markdown: string;
  /** Those that are undefined are left out later. */
  attributes: { [Name in keyof FileAttributes]?: FileAttributes[Name] | undefined };
  warnings?: ExtractionWarning[];
}
