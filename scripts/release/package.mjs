// `npm run package -- [FILE]`: the extension as one file that installs into VS Code on Linux x64.
import { readFileSync, statSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { bundle, install, main, Problem, root } from '../dev/prepare.mjs';

const TARGET = 'linux-x64';
const MOST_BYTES = 90_000_000;
/** One time for all files in the archive, so that two packages of the same files are equal. */
const TIME = Date.UTC(2000, 0, 1) / 1000;

await main(async () => {
  install();
  bundle();
  // Imported late: packages are installed by now.
  const { createVSIX } = await import('@vscode/vsce');
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const given = process.argv[2];
  const target = given
    ? path.resolve(process.env.INIT_CWD ?? '.', given)
    : path.join(root, `glossight-${TARGET}-${version}.vsix`);
  process.env.SOURCE_DATE_EPOCH ??= String(TIME);
  process.env.TZ = 'UTC'; // archives store local time
  const staging = `${target}.partial`;
  const partial = path.join(staging, path.basename(target));
  try {
    await mkdir(staging, { recursive: true });
    // `createVSIX` prints what it packs.
    await createVSIX({
      cwd: root,
      packagePath: partial,
      target: TARGET,
      // There is no public repository that relative links could lead to.
      rewriteRelativeLinks: false,
      allowMissingRepository: true,
    });
    const { size } = statSync(partial);
    if (size > MOST_BYTES)
      throw new Problem(`The package has ${megabytes(size)}; at most ${megabytes(MOST_BYTES)} are allowed.`);
    await rename(partial, target);
    console.log(`${target}: ${megabytes(size)}`);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
});

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
