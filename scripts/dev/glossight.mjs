// `npm run -s glossight -- ARGS`: the command line of this clone.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { bundle, install, root } from './prepare.mjs';

install();
bundle();
// npm runs scripts in the project's root, but users name files relative to their working folder.
const child = spawn(process.execPath, [path.join(root, 'dist', 'cli.js'), ...process.argv.slice(2)], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdio: 'inherit',
});
// Ctrl-C also reaches the child, which saves its work before it ends.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
