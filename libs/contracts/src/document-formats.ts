export interface DocumentFormatDescription {
  label: string;
  /** With the dot, in lower case; the first is the usual one. */
  extensions: readonly string[];
  /** In lower case, without parameters. */
  mediaTypes: readonly string[];
}

/** What can be ingested. The content of a file decides its format; extensions and media types only help where it is not clear. */
export const documentFormats = {
  txt: { label: 'Plain text', extensions: ['.txt', '.text'], mediaTypes: ['text/plain'] },
  md: { label: 'Markdown', extensions: ['.md', '.markdown'], mediaTypes: ['text/markdown', 'text/x-markdown'] },
  html: { label: 'Web page', extensions: ['.html', '.htm', '.xhtml'], mediaTypes: ['text/html', 'application/xhtml+xml'] },
  pdf: { label: 'PDF', extensions: ['.pdf'], mediaTypes: ['application/pdf', 'application/x-pdf'] },
  docx: {
    label: 'Word document',
    extensions: ['.docx'],
    mediaTypes: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  },
  epub: { label: 'EPUB book', extensions: ['.epub'], mediaTypes: ['application/epub+zip'] },
  json: { label: 'JSON transcript', extensions: ['.json'], mediaTypes: ['application/json', 'text/json'] },
  jsonl: {
    label: 'JSON Lines transcript',
    extensions: ['.jsonl', '.ndjson'],
    mediaTypes: ['application/jsonl', 'application/x-ndjson', 'application/x-jsonlines'],
  },
  vtt: { label: 'WebVTT subtitles', extensions: ['.vtt'], mediaTypes: ['text/vtt'] },
  srt: { label: 'SubRip subtitles', extensions: ['.srt'], mediaTypes: ['application/x-subrip', 'text/srt'] },
} as const satisfies Record<string, DocumentFormatDescription>;

export type DocumentFormat = keyof typeof documentFormats;

export const documentFormatNames = Object.keys(documentFormats) as [DocumentFormat, ...DocumentFormat[]];

/** For a file input's `accept`: every extension and media type. */
export const acceptedDocumentTypes = Object.values(documentFormats)
  .flatMap(({ extensions, mediaTypes }) => [...extensions, ...mediaTypes])
  .join(',');
