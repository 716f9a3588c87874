import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dataPlaces, loadManifest } from '../../node/files/dataFiles';

const root = path.resolve(__dirname, '..', '..', '..');

/**
 * What a table's figures follow from: all of the model; the kind of encoder, as time and memory do whatever its weights are; or
 * neither.
 */
export type Basis = 'model' | 'encoder' | 'none';

/** What a table's marker says of the model that is there now; a test compares. */
export function stampOf(basis: Basis): string {
  if (basis === 'none') return 'model:none';
  const { id, encoder } = loadManifest(dataPlaces(root).manifest);
  return basis === 'model' ? `model:${id}` : `encoder:${encoder.id.split('@')[0]!}`;
}

/** Replaces what stands between `<!-- NAME STAMP -->` and `<!-- /NAME -->` in a document; both must be there. */
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
