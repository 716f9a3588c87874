// `npm run compared`: makes what the tables of docs/ compare the shipped model with, in .cache. A step is skipped if it was
// made from the same files before, and continued if it was stopped. Changes of the code are not noticed:
// `npm run compared -- --anew` makes everything again.
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { bundle, install, main, Problem, root, run, say } from '../dev/prepare.mjs';
import { prepareEnvironment, python } from '../dev/training-environment.mjs';

const data = path.resolve(root, '..', 'shared', 'data');
const at = (...parts) => path.join(root, ...parts);
const cache = (...parts) => at('.cache', ...parts);

// All output goes to standard error.
const stdio = ['ignore', 2, 2];
const script = (...args) => run(process.execPath, ['--import', 'tsx', ...args], { stdio });
const glossight = (...args) => run(process.execPath, [at('dist', 'cli.js'), ...args], { stdio });
const module = (name, ...args) =>
  python([`glossight_training.${name}`, ...args], {
    stdio,
    // Settings for two cores that other programs use too (training/README.md, "Checks").
    env: {
      OMP_WAIT_POLICY: 'passive',
      MALLOC_MMAP_MAX_: '0',
      MALLOC_TRIM_THRESHOLD_: '100000000000',
      ...process.env,
    },
  });

const SETS = at('training', 'sets.json');
const BASELINE = at('training', 'configs', 'baseline.toml');
/** The files that the averages of an index are made from. */
const INDEXED = [at('model', 'semcor'), at('model', 'wordnet')];
const set = cache('compared', 'set');
const baseline = cache('compared', 'baseline');

/**
 * The steps, in order; each makes one folder. `from` names what it is made from: files, folders and earlier steps. `make` gets a
 * temporary folder, which is renamed when it is complete.
 */
const STEPS = [
  {
    name: 'the training set',
    folder: set,
    from: [SETS, ...corpora(), at('training', 'heldout.txt'), at('model', 'wordnet'), at('model', 'encoder')],
    make: (folder) => script('scripts/release/training-set.ts', SETS, data, folder),
  },
  {
    name: 'the plain training run',
    folder: baseline,
    from: ['the training set', BASELINE],
    make(folder) {
      // A finished run that was stopped before it was renamed needs no training: continuing it would fail.
      if (existsSync(path.join(folder, 'scores.json'))) return;
      module('train', '--config', BASELINE, '--set', set, '--out', folder);
    },
  },
  {
    name: 'the plain model',
    folder: cache('plain'),
    from: ['the plain training run', ...INDEXED],
    make(folder) {
      const making = path.join(folder, 'making');
      const made = (...parts) => path.join(making, ...parts);
      module('release', '--run', baseline, '--set', set, '--out', made(), '--name', 'plain');
      glossight('index', 'build', '--encoder', made('encoder'), '--out', made('averages.bin'));
      script('scripts/release/ship-senses.ts', made('encoder'), made('averages.bin'), made(), made('senses'));
      cpSync(made('encoder'), path.join(folder, 'encoder'), { recursive: true });
      cpSync(made('senses', 'default.bin'), path.join(folder, 'senses.bin'));
      rmSync(making, { recursive: true });
    },
  },
  {
    name: 'the untrained model',
    folder: cache('untrained'),
    from: INDEXED,
    make(folder) {
      const encoder = path.join(folder, 'encoder');
      module('export', '--out', encoder);
      glossight('index', 'build', '--encoder', encoder, '--out', path.join(folder, 'senses.bin'));
    },
  },
  {
    name: 'averages with the shipped encoder',
    folder: cache('own'),
    from: [at('model', 'encoder'), ...INDEXED],
    make: (folder) => glossight('index', 'build', '--out', path.join(folder, 'senses.bin')),
  },
  {
    name: 'the shipped encoder unfolded to 32 bits',
    folder: cache('float32'),
    from: [at('model', 'encoder')],
    make: (folder) =>
      module('unfold', '--encoder', at('model', 'encoder'), '--out', path.join(folder, 'encoder')),
  },
];

await main(() => {
  const missing = prepareEnvironment();
  if (missing !== undefined) throw new Problem(missing);
  install();
  bundle();
  const stamps = new Map();
  for (const { name, folder, from, make } of STEPS) {
    const hashes = from.map((source) => stamps.get(source) ?? hashOf(source));
    const stamp = createHash('sha256')
      .update([name, ...hashes].join('\n'))
      .digest('hex');
    stamps.set(name, stamp);
    makeWhole({ name, folder, stamp, make });
  }
});

function makeWhole({ name, folder, stamp, make }) {
  const place = path.relative(root, folder);
  const anew = process.argv.includes('--anew');
  if (!anew && madeFrom(folder) === stamp) return say(`${name}: ${place} is there.`);
  say(`${name}: making ${place} …`);
  const started = Date.now();
  const partial = `${folder}.partial`;
  // A partial folder that was made from other files is removed; one made from the same files is continued.
  if (anew || madeFrom(partial) !== stamp) rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  writeFileSync(path.join(partial, 'made-from'), stamp);
  make(partial);
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
  say(`${name}: made in ${Math.round((Date.now() - started) / 1000)} s.`);
}

function madeFrom(folder) {
  const file = path.join(folder, 'made-from');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** The corpora that the training set is cut from. */
function corpora() {
  return [...new Set(JSON.parse(readFileSync(SETS, 'utf8')).map(({ file }) => path.join(data, file)))];
}

/** Hash of a file, or of all files of a folder with their names. */
function hashOf(place) {
  if (!existsSync(place)) throw new Problem(`${path.relative(root, place)} is not there.`);
  const hash = createHash('sha256');
  if (!statSync(place).isDirectory()) return hash.update(readFileSync(place)).digest('hex');
  for (const name of readdirSync(place).sort()) hash.update(`${name}\n${hashOf(path.join(place, name))}\n`);
  return hash.digest('hex');
}
