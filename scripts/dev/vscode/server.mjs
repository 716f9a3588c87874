// A private code-server with its own profile, extensions and process group, on a free port of 127.0.0.1. Uses Node's
// built-in modules only.
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { access, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '../prepare.mjs';
import { codeServer } from './runtime.mjs';

/** Settings that keep dialogs and panels away from the text, and turn off all requests to the network. */
const SETTINGS = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

const FLAGS = [
  '--disable-workspace-trust',
  '--disable-telemetry',
  '--disable-update-check',
  '--disable-getting-started-override',
  '--disable-proxy',
  '--ignore-last-opened',
];

/** Variables of a surrounding editor or shell that would influence this server. */
const FOREIGN =
  /^(VSCODE_|ELECTRON_|CODE_SERVER|NODE_OPTIONS$|NODE_PATH$|NODE_ENV$|PORT$|PASSWORD$|HASHED_PASSWORD$)/;

/**
 * @typedef {object} ServerOptions
 * @property {Record<string, unknown>} [settings] user settings on top of the quiet ones
 * @property {Record<string, string>} [env] reaches the extension host
 * @property {string} [password] without a password everyone on this machine can use the server: for tests only
 * @property {string} [data] a profile folder to keep; without it the profile is removed with the server
 * @property {string} [extension] folder of an extension to put in
 * @property {string} [vsix] file of an extension to install
 * @property {boolean} [driver] lets a page name an extension under development and its tests
 */

/**
 * @typedef {object} Server
 * @property {string} host address and port
 * @property {(target: { folder?: string, file?: string, tests?: { extension: string, suite: string } }) => string} url
 *   of a window on a folder or file, or of a run of an extension's tests
 * @property {number} pid the leader of its process group
 * @property {() => Promise<string>} log what the server has written so far
 * @property {Promise<void>} ended rejects with a Problem when the server ends by itself
 * @property {() => Promise<void>} stop
 */

/**
 * @param {ServerOptions} [options]
 * @returns {Promise<Server>}
 * @throws Problem
 */
export async function startServer({ settings, env, password, data, extension, vsix, driver } = {}) {
  const runtime = await codeServer();
  const home = await mkdtemp(path.join(os.tmpdir(), 'glossight-vscode-'));
  const at = (...parts) => path.join(home, ...parts);
  const remove = () => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  try {
    const profile = data ?? at('data');
    for (const folder of [path.join(profile, 'User'), at('extensions'), at('xdg'), at('tmp')])
      await mkdir(folder, { recursive: true });
    const userSettings = path.join(profile, 'User', 'settings.json');
    const exists = await access(userSettings).then(
      () => true,
      () => false,
    );
    if (!exists) await writeFile(userSettings, JSON.stringify({ ...SETTINGS, ...settings }, null, 2));
    if (extension) await symlink(extension, at('extensions', 'glossight'), 'dir');
    await writeFile(
      at('config.yaml'),
      password ? `auth: password\npassword: ${JSON.stringify(password)}\n` : 'auth: none\n',
      { mode: 0o600 },
    );
    const args = [runtime.entry, '--config', at('config.yaml')];
    args.push('--user-data-dir', profile, '--extensions-dir', at('extensions'));
    const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
    const options = {
      cwd: home,
      env: {
        ...Object.fromEntries(inherited),
        // The server's sockets and caches stay in its folder, and the extension gallery is never used.
        ...{ TMPDIR: at('tmp'), XDG_RUNTIME_DIR: at('tmp') },
        ...{ XDG_CONFIG_HOME: at('xdg'), XDG_DATA_HOME: at('xdg'), XDG_CACHE_HOME: at('xdg') },
        EXTENSIONS_GALLERY: '{"serviceUrl":""}',
        ...env,
      },
    };
    if (vsix) await install(runtime.node, [...args, '--install-extension', vsix], options);

    const port = await freePort();
    const host = `127.0.0.1:${port}`;
    const log = openSync(at('server.log'), 'a');
    const child = spawn(
      runtime.node,
      [
        ...args,
        ...FLAGS,
        ...['--bind-addr', host],
        // Without this option a built VS Code ignores the extension that a page names.
        ...(driver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
      ],
      // Detached, which makes a process group, so that extension hosts and terminals end with the server.
      { ...options, stdio: ['ignore', log, log], detached: true },
    );
    closeSync(log);
    const readLog = () => readFile(at('server.log'), 'utf8');
    let running = true;
    const exit = new Promise((resolve) => {
      const end = (reason) => {
        running = false;
        resolve(reason);
      };
      child.once('error', (error) => end(error.message));
      child.once('exit', (code, signal) => end(code ?? signal));
    });
    const ended = exit.then(async (reason) => {
      throw new Problem(`code-server ended (${reason}).\n${await readLog().catch(() => '')}`);
    });
    ended.catch(() => undefined); // Whoever waits for `ended` still gets the error.
    const stop = async () => {
      endGroup(child.pid, 'SIGTERM');
      await Promise.race([exit, delay(5000, undefined, { ref: false })]);
      endGroup(child.pid, 'SIGKILL'); // ends processes that ignored SIGTERM or outlived their leader
      await exit;
      await remove();
    };
    const answers = (async () => {
      while (running && !(await isHealthy(host))) await delay(50);
    })();
    await Promise.race([answers, ended]);
    return {
      host,
      url: (target) => windowUrl(host, target),
      pid: child.pid,
      log: readLog,
      ended,
      stop,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

function endGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // The process group is gone already.
  }
}

async function isHealthy(host) {
  return fetch(`http://${host}/healthz`).then(
    (response) => response.ok,
    () => false,
  );
}

async function install(node, args, options) {
  const child = spawn(node, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  if (code !== 0) throw new Problem(`The extension was not installed (${code}).\n${output.join('')}`);
}

function windowUrl(host, { folder, file, tests }) {
  const remote = (target) => `vscode-remote://${host}${path.resolve(target)}`;
  const payload = [['skipWelcome', 'true']];
  if (tests)
    payload.push(
      ['extensionDevelopmentPath', remote(tests.extension)],
      ['extensionTestsPath', remote(tests.suite)],
    );
  if (file) payload.push(['openFile', remote(file)]);
  const url = new URL(`http://${host}/`);
  // `ew`: an empty window.
  if (folder) url.searchParams.set('folder', path.resolve(folder));
  else url.searchParams.set('ew', 'true');
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
