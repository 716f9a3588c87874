import { build } from 'esbuild';

/** One bundle an entry. Native code stays outside: it is loaded from node_modules. */
await build({
  entryPoints: { cli: 'src/cli/main.ts', 'encoder-process': 'src/runtime/encoderProcess.ts' },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  minifySyntax: true,
  sourcemap: process.argv.includes('--sourcemap'),
  // Not marked external on purpose: reaching `vscode` from here must fail.
  external: ['onnxruntime-node'],
  logLevel: 'warning',
});
