import { cp, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { editorForSuite, root } from './support/editor';

/** An installation whose model is a copy that tests may damage. */
function installation(damage: (model: string) => Promise<void>): () => string {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glossight-broken-'));
    for (const name of ['package.json', 'package.nls.json', 'dist', 'node_modules'])
      await symlink(path.join(root, name), path.join(folder, name));
    await cp(path.join(root, 'model'), path.join(folder, 'model'), { recursive: true });
    await damage(path.join(folder, 'model'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  return () => folder;
}

describe('an installation without its model', () => {
  const folder = installation((model) => rm(model, { recursive: true }));
  const editor = editorForSuite(() => ({ extension: folder(), text: 'A bank.\n' }));

  it('says how to mend it, and leaves the editor usable', async () => {
    await editor().whenNotified(/manifest\.json cannot be read.*Reinstall Glossight/);
    await editor().typeAt('bank', 'big ');
    await editor().lines.filter({ hasText: 'A big bank.' }).waitFor();
  });

  it('says so again when a command is run', async () => {
    await editor().runCommand('Notifications: Clear All Notifications');
    await editor().runCommand('Glossight: Choose Recipe');
    await editor().whenNotified(/manifest\.json cannot be read.*Reinstall Glossight/);
    await editor().page.getByRole('button', { name: 'Reload Window' }).waitFor();
  });
});

for (const [kind, damage, message] of [
  [
    'a damaged encoder',
    (model: string) => writeFile(path.join(model, 'encoder', 'vocab.txt'), 'x'),
    /vocab\.txt is (damaged|cut short).*[Rr]einstall/,
  ],
  [
    'sense vectors that are cut short',
    (model: string) => truncate(path.join(model, 'senses', 'default.bin'), 1000),
    /sense index cannot be used.*Reinstall/,
  ],
] as const) {
  describe(`an installation with ${kind}`, () => {
    const folder = installation(damage);
    const editor = editorForSuite(() => ({ extension: folder(), text: 'A bank.\n' }));

    it('says how to mend it, and leaves the editor usable', async () => {
      await editor().statusItem.filter({ hasText: 'Not read' }).waitFor();
      await editor().whenNotified(message);
      await editor().typeAt('bank', 'big ');
      await editor().lines.filter({ hasText: 'A big bank.' }).waitFor();
    });
  });
}
