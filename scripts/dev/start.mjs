// `npm start`: an editor on the sample manuscript, or on FILE, with Glossight active.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { bundle, install, main, Problem, root, say } from './prepare.mjs';
import { downloadedEditor } from './vscode/desktop.mjs';
import { onPath } from './vscode/runtime.mjs';
import { startServer } from './vscode/server.mjs';

// Settings and unsaved text are kept here between runs.
const PROFILES = path.join(root, '.cache', 'editor');

await main(async () => {
  const [given, ...more] = process.argv.slice(2);
  if (more.length > 0) throw new Problem('npm start opens one file: npm start -- FILE');
  const file = path.resolve(
    process.env.INIT_CWD ?? root,
    given ?? path.join(root, 'examples', 'manuscript.md'),
  );
  if (!existsSync(file)) throw new Problem(`${file} does not exist.`);
  install();
  bundle();
  return (await openOnDesktop(file)) ?? openInBrowser(file);
});

/** @returns the editor's exit code, or undefined where there is no editor to open */
async function openOnDesktop(file) {
  const chosen = process.env.VSCODE_EXECUTABLE;
  if (chosen) {
    if (!onPath(chosen)) throw new Problem(`VSCODE_EXECUTABLE is set to ${chosen}, which cannot be run.`);
    return openWith(onPath(chosen), file);
  }
  const code = onPath('code');
  if (code) {
    const exitCode = await openWith(code, file);
    if (exitCode === 0) return 0;
    say(`\`code\` ended with ${exitCode} (its own words are above); looking for another editor.`);
  }
  const asRoot = process.getuid?.() === 0;
  const hasDisplay =
    process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  if (!hasDisplay || asRoot) {
    say(
      `no \`code\` on PATH and ${hasDisplay ? 'VS Code does not run as root' : 'no display'}; opening VS Code in the browser.`,
    );
    return undefined;
  }
  try {
    const executable = await downloadedEditor();
    return await openWith(executable, file, ['--user-data-dir', path.join(PROFILES, 'desktop')]);
  } catch (error) {
    const told = `VS Code could not be downloaded (${error.message}).`;
    if (process.platform !== 'linux')
      throw new Problem(`${told} Install it and set VSCODE_EXECUTABLE to its path.`);
    say(`${told} Opening VS Code in the browser.`);
    return undefined;
  }
}

/** Resolves when the command ends, which is at once if an editor is running already and opens the file. */
async function openWith(executable, file, args = []) {
  say(`opening ${file} with ${executable} …`);
  const child = spawn(
    executable,
    [`--extensionDevelopmentPath=${root}`, '--disable-workspace-trust', ...args, file],
    // Windows runs `code.cmd` through its shell only.
    { stdio: 'inherit', shell: /\.(cmd|bat)$/i.test(executable) },
  );
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

async function openInBrowser(file) {
  // There is a password, since the editor has a terminal.
  const password = randomBytes(12).toString('base64url');
  const interrupted = new Promise((resolve) => {
    for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }))
      process.once(signal, () => resolve(code));
  });
  say('starting VS Code …');
  const server = await startServer({ password, extension: root, data: path.join(PROFILES, 'browser') });
  try {
    console.log(`\n  Open      ${server.url({ file })}\n  Password  ${password}\n\n  Ctrl-C ends it.\n`);
    return await Promise.race([interrupted, server.ended]);
  } finally {
    await server.stop();
  }
}
