// `npm start`: reads the sample manuscript.
import path from 'node:path';
import { bundle, install, root, run } from './prepare.mjs';

install();
bundle();
const files = process.argv.slice(2).map((file) => path.resolve(process.env.INIT_CWD ?? root, file));
const sample = path.join('examples', 'manuscript.md');
run(process.execPath, [
  path.join(root, 'dist', 'cli.js'),
  'annotate',
  ...(files.length > 0 ? files : [sample]),
]);
