import { build } from 'esbuild';

const shared = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  minifySyntax: true,
  sourcemap: process.argv.includes('--sourcemap'),
  logLevel: 'warning',
};

/** One bundle an entry. Native code stays outside: it is loaded from node_modules. */
await Promise.all([
  build({
    ...shared,
    entryPoints: {
      cli: 'src/cli/main.ts',
      'encoder-process': 'src/runtime/encoderProcess.ts',
      'encoder-thread': 'src/runtime/encoderThread.ts',
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
