// Collects the licences of bundled packages in one text, which ships with the bundles.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../dev/prepare.mjs';

/** Matches the folder of the package that a bundled file belongs to. */
const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

/**
 * @param {Iterable<string>} files the bundled files, relative to the project
 * @returns {string}
 * @throws Error when a bundled package has no licence text
 */
export function bundledLicences(files) {
  const folders = new Set();
  for (const file of files) {
    const folder = PACKAGE.exec(file)?.[0];
    if (folder) folders.add(folder);
  }
  return [...folders]
    .sort()
    .map(licenceOf)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function licenceOf(folder) {
  const at = path.join(root, folder);
  const { name, version, license } = JSON.parse(readFileSync(path.join(at, 'package.json'), 'utf8'));
  const texts = readdirSync(at).filter((file) => /^(?:licen[cs]e|copying|notice)\b/i.test(file));
  if (texts.length === 0) throw new Error(`${name} is bundled, but has no licence text.`);
  const text = texts.map((file) => readFileSync(path.join(at, file), 'utf8').trim()).join('\n\n');
  return `${name} ${version} (${license})\n\n${text}\n`;
}
