import type { ExportFormat } from './exporter';
import { createJsonExporter } from './jsonExporter';
import { createMarksExporter } from './marksExporter';
import { createTextExporter } from './textExporter';

/** What `glossight annotate --format` can print. A further format is a file beside these and a line here. */
export const EXPORT_FORMATS = {
  text: { needsTokens: false, createExporter: createTextExporter },
  json: { needsTokens: false, createExporter: (source) => createJsonExporter(source, 'one line') },
  marks: { needsTokens: false, createExporter: createMarksExporter },
} as const satisfies Readonly<Record<string, ExportFormat>>;
export type ExportFormatName = keyof typeof EXPORT_FORMATS;
export const EXPORT_FORMAT_NAMES = Object.keys(EXPORT_FORMATS) as readonly ExportFormatName[];
