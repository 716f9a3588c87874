import type { DocumentPart, DocumentSource } from './document';

/**
 * Writes one annotated document in one format, part by part, so that the document never has to be in memory as a whole. Its text
 * is `head`, then what `part` returns for each part in text order, then `tail`.
 */
export interface Exporter {
  readonly head: string;
  part(part: DocumentPart): string;
  tail(): string;
}

export interface ExportOptions {
  /** Write monosemous words and abstentions too, in a format that otherwise leaves them out. */
  readonly all: boolean;
  /** Are there several documents in the same output? */
  readonly isOneOfSeveral: boolean;
}

export interface ExportFormat {
  /** Does the format write the tokens between words too? If so, parts come with their paragraphs. */
  readonly needsTokens: boolean;
  createExporter(source: DocumentSource, options: ExportOptions): Exporter;
}
