import { readFileSync, writeFileSync } from 'node:fs';

/** Replaces what stands between `<!-- NAME -->` and `<!-- /NAME -->` in a document; both must be there. */
export function writeBetweenMarkers(file: string, name: string, text: string): void {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const document = readFileSync(file, 'utf8');
  const start = document.indexOf(open);
  const end = document.indexOf(close);
  if (start < 0 || end < start) throw new Error(`${file} has no markers for ${name}.`);
  writeFileSync(
    file,
    `${document.slice(0, start + open.length)}\n\n${text.trim()}\n\n${document.slice(end)}`,
  );
}
