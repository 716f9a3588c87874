import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dataPlaces, loadManifest } from '../../node/files/dataFiles';

const root = path.resolve(__dirname, '..', '..', '..');

/**
 * What a table's figures depend on: `model`, the whole model; `encoder`, only the kind of encoder, as time and memory do; `none`,
 * neither.
 */
export type Basis = 'model' | 'encoder' | 'none';

/** The stamp of the present model in a table's marker. A test compares it with the stamps in the documents. */
export function stampOf(basis: Basis): string {
  if (basis === 'none') return 'model:none';
  const { id, encoder } = loadManifest(dataPlaces(root).manifest);
  return basis === 'model' ? `model:${id}` : `encoder:${encoder.id.split('@')[0]!}`;
}

/** Replaces the text between `<!-- NAME STAMP -->` and `<!-- /NAME -->` in a document, and the stamp. @throws Error without them */
export function writeBetweenMarkers(file: string, name: string, text: string, basis: Basis): void {
  const document = readFileSync(file, 'utf8');
  const open = new RegExp(`<!-- ${name}(?: [^>]*)? -->`).exec(document);
  const end = document.indexOf(`<!-- /${name} -->`);
  if (!open || end < open.index) throw new Error(`${file} has no markers for ${name}.`);
  writeFileSync(
    file,
    `${document.slice(0, open.index)}<!-- ${name} ${stampOf(basis)} -->\n\n${text.trim()}\n\n${document.slice(end)}`,
  );
}
