import type { DocumentPart, DocumentSource } from './document';

/**
 * Writes an annotated document in one format, in parts, so that no document has to be in memory as a whole: the text is `head`,
 * what `part` gives of each part in text order, and `tail`. It serves for one document.
 */
export interface Exporter {
  readonly head: string;
  part(part: DocumentPart): string;
  tail(): string;
}

export interface ExportOptions {
  /** Monosemous words and abstentions too, where a format leaves them out otherwise. */
  readonly all: boolean;
  /** Is it one of several documents in the same output? */
  readonly isOneOfSeveral: boolean;
}

export interface ExportFormat {
  /** Does it write the tokens between words too? Parts have their paragraphs then. */
  readonly needsTokens: boolean;
  createExporter(source: DocumentSource, options: ExportOptions): Exporter;
}
