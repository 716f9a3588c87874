import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import type { PanelStrings } from '../../src/protocol/instancesPanel';
import { root } from './manifest';

/** The panel's texts, in English or as a bundle of translations has them. */
export async function panelTexts(language = 'en'): Promise<PanelStrings> {
  const translations =
    language === 'en'
      ? {}
      : (JSON.parse(await readFile(path.join(root, `l10n/bundle.l10n.${language}.json`), 'utf8')) as object);
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'src/extension/features/instances/strings.ts')],
    bundle: true,
    format: 'cjs',
    write: false,
    plugins: [
      {
        name: 'vscode',
        setup: (bundle) => {
          bundle.onResolve({ filter: /^vscode$/ }, () => ({ path: 'vscode', namespace: 'stand-in' }));
          bundle.onLoad({ filter: /./, namespace: 'stand-in' }, () => ({
            contents: 'export const l10n = { t: (text) => translations[text] ?? text };',
          }));
        },
      },
    ],
  });
  const module = { exports: {} as { panelStrings: () => PanelStrings } };
  runInNewContext(outputFiles[0]!.text, { module, exports: module.exports, translations });
  return structuredClone(module.exports.panelStrings());
}
