// Runs a TypeScript script of this project: node scripts/dev/run.mjs FILE ARGS
import { bundle, install, root, run } from './prepare.mjs';

install();
bundle();
run(process.execPath, ['--import', 'tsx', ...process.argv.slice(2)], { cwd: root });
