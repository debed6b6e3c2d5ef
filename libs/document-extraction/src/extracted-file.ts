import type { DocumentFormat } from '@dramatis/contracts/document-formats';

/** A file as it came: from an upload or from the web. */
export interface FileToExtract {
  bytes: Uint8Array;
  fileName?: string | undefined;
  /** The `Content-Type` header, with its charset. */
  contentType?: string | undefined;
  /** Where it was fetched; relative links are resolved against it. */
  url?: string | undefined;
}

export interface FileAttributes {
  author?: string;
  /** As the file states it; an ISO date where it is one. */
  published?: string;
  /** What the file says of its language, a BCP 47 tag such as `en` or `de-AT`. Not checked against its text. */
  language?: string;
  description?: string;
  siteName?: string;
  canonicalUrl?: string;
  pageCount?: number;
  /** Names in a transcript, in the order in which they speak. */
  speakers?: string[];
  /** Of a text whose encoding was not plainly UTF-8. */
  encoding?: string;
}

export interface ExtractionWarning {
  code: ExtractionWarningCode;
  /** For curators. */
  message: string;
}

export type ExtractionWarningCode =
  /** The content is of another format than name or content type say. */
  | 'format_mismatch'
  /** Some bytes were no text in the file's encoding, and were replaced. */
  | 'invalid_bytes'
  /** Neither the file nor its sender named the encoding; it was guessed. */
  | 'encoding_guessed'
  /** The boilerplate around the main text could not be told from it. */
  | 'boilerplate_kept'
  /** Parts of the file were unreadable, and were left out. */
  | 'parts_left_out'
  /** Nested deeper than any document that people write; the inner levels were flattened. */
  | 'nesting_flattened';

/** What a file says. One file gives one document. */
export interface ExtractedFile {
  format: DocumentFormat;
  /** How to read {@link markdown}: a plain text file's text is given as it is, and is not Markdown. */
  contentType: 'text/plain' | 'text/markdown';
  /** From the file's metadata, else its first heading, else its name. Never empty. */
  title: string;
  markdown: string;
  attributes: FileAttributes;
  warnings: ExtractionWarning[];
}
