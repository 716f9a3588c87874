import { build } from 'esbuild';
import { writeFileSync } from 'node:fs';
import { bundledLicences } from './scripts/licences.mjs';

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
      'encoder-process': 'src/runtime/encoderProcess.ts',
      'encoder-thread': 'src/runtime/encoderThread.ts',
      'graph-thread': 'src/runtime/graphThread.ts',
      'index-process': 'src/runtime/indexProcess.ts',
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
]);
// The command line is not shipped: it stays in the clone, beside the packages it was made from.
const shipped = results
  .flatMap(({ metafile }) => Object.entries(metafile.outputs))
  .filter(([output]) => output !== 'dist/cli.js');
writeFileSync('dist/licences.txt', bundledLicences(shipped.flatMap(([, { inputs }]) => Object.keys(inputs))));
