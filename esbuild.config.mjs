import { build } from 'esbuild';
import { copyFileSync, writeFileSync } from 'node:fs';
import { bundledLicences } from './scripts/release/licences.mjs';

const shared = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  minifySyntax: true,
  sourcemap: process.argv.includes('--sourcemap'),
  logLevel: 'warning',
  metafile: true,
};

/** One bundle an entry. Native code stays outside: it is loaded from node_modules. */
const results = await Promise.all([
  build({
    ...shared,
    entryPoints: {
      cli: 'src/cli/main.ts',
      'encoder-process': 'src/node/process/encoderProcess.ts',
      'encoder-thread': 'src/node/encoder/encoderThread.ts',
      'graph-thread': 'src/node/process/graphThread.ts',
      'index-process': 'src/node/index-build/indexProcess.ts',
    },
    // Not marked external on purpose: reaching `vscode` from here must fail.
    external: ['onnxruntime-node'],
  }),
  build({
    ...shared,
    entryPoints: { extension: 'src/extension/extension.ts' },
    // The encoder runs in a process of its own: reaching onnxruntime from here must fail.
    external: ['vscode'],
  }),
  build({
    ...shared,
    entryPoints: { instances: 'src/webview/instances/main.ts' },
    platform: 'browser',
    format: 'iife',
    // VS Code 1.100 is Chromium 132.
    target: 'chrome132',
    minify: true,
  }),
]);
/** The icons of the webview: a font and its style sheet. */
const icons = ['codicon.css', 'codicon.ttf'].map((name) => ({
  from: `node_modules/@vscode/codicons/dist/${name}`,
  to: `dist/${name}`,
}));
for (const { from, to } of icons) copyFileSync(from, to);
// The command line is not shipped: it stays in the clone, beside the packages it was made from.
const shipped = results
  .flatMap(({ metafile }) => Object.entries(metafile.outputs))
  .filter(([output]) => output !== 'dist/cli.js');
const sources = shipped.flatMap(([, { inputs }]) => Object.keys(inputs));
writeFileSync('dist/licences.txt', bundledLicences([...sources, ...icons.map(({ from }) => from)]));
