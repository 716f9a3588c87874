import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Correction } from '../../src/core';
import { CorrectionFiles } from '../../src/extension/features/corrections/correctionFiles';
import { ProjectSenses } from '../../src/extension/features/project/projectSenses';
import { until } from '../support/wait';
import { glossight } from './support/editor';

const SENSES = 'version: 1\nsenses:\n  - word: kestrelship\n    definition: a ship\n';
const HEADING = '{"glossight":"corrections","version":1}\n';
const correction: Correction = {
  id: '1',
  document: 'a.md',
  word: 'bank',
  sense: 'bank%1:14:00::',
  before: '',
  after: '',
  offset: 0,
  passage: 'bank',
  at: 0,
};

/** A window of its own on the workspace of the suite, which this one trusts only when it is told so. */
describe('a workspace that is not trusted', () => {
  const folder = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
  const kept = path.join(folder, '.glossight');
  const userFolder = path.join(folder, 'user');
  const original = Object.getOwnPropertyDescriptors(vscode.workspace);
  const owned: { dispose(): unknown }[] = [];
  let trust: () => void;
  let told: string[];

  const write = (name: string, text: string): void => {
    mkdirSync(kept, { recursive: true });
    writeFileSync(path.join(kept, name), text);
  };
  const onProblem = (message: string): void => void told.push(message);

  beforeEach(() => {
    told = [];
    let isTrusted = false;
    const granted = new vscode.EventEmitter<void>();
    owned.push(granted);
    Object.defineProperty(vscode.workspace, 'isTrusted', { configurable: true, get: () => isTrusted });
    Object.defineProperty(vscode.workspace, 'onDidGrantWorkspaceTrust', {
      configurable: true,
      get: () => granted.event,
    });
    trust = () => {
      isTrusted = true;
      granted.fire();
    };
  });
  afterEach(async () => {
    for (const own of owned.splice(0)) own.dispose();
    for (const name of ['isTrusted', 'onDidGrantWorkspaceTrust'] as const)
      Object.defineProperty(vscode.workspace, name, original[name]);
    for (const one of [kept, userFolder]) rmSync(one, { recursive: true, force: true });
    const { senses } = await glossight();
    await until(() => senses.all.length === 0);
  });

  it('has no senses until it is trusted, says so once, and is not written to', async () => {
    write('senses.yaml', SENSES);
    const { inventory } = await glossight();
    const senses = new ProjectSenses({ inventory, userFolder, onProblem });
    owned.push(senses);
    await senses.ready;
    assert.deepEqual(senses.all, []);
    assert.equal(told.length, 1);
    assert.match(told[0]!, /not trusted.*\.glossight are not read until you trust it/);
    const file = senses.fileFor(vscode.workspace.workspaceFolders![0]!.uri);
    await assert.rejects(senses.checkWritable(file), /senses\.yaml is not written, as .* not trusted/);
    await assert.rejects(senses.add(file, []), /not trusted/);
    assert.equal(readFileSync(file, 'utf8'), SENSES);
    // The reader's own are read and written in any workspace.
    await senses.checkWritable(path.join(userFolder, 'senses.yaml'));
    trust();
    await senses.ready;
    assert.deepEqual(
      senses.all.map(({ word }) => word),
      ['kestrelship'],
    );
    await senses.checkWritable(file);
    assert.equal(told.length, 1);
  });

  it('says nothing where it keeps nothing', async () => {
    const { inventory } = await glossight();
    const senses = new ProjectSenses({ inventory, userFolder, onProblem });
    owned.push(senses);
    await senses.ready;
    assert.deepEqual(told, []);
  });

  it('has no corrections but those made now, which are written once it is trusted', async () => {
    write('corrections.jsonl', `${HEADING}${JSON.stringify({ ...correction, id: 'theirs' })}\n`);
    const remembered = new Map<string, unknown>();
    const memory = {
      keys: () => [...remembered.keys()],
      get: (key: string, otherwise?: unknown) => remembered.get(key) ?? otherwise,
      update: (key: string, value: unknown) => Promise.resolve(void remembered.set(key, value)),
    } as vscode.Memento;
    let changes = 0;
    const files = new CorrectionFiles({ userFolder, memory, onProblem, onChanged: () => changes++ });
    owned.push(files);
    await files.ready;
    const [file] = files.folders;
    const ids = (): string[] => file!.corrections.map(({ id }) => id).sort();
    assert.deepEqual(ids(), []);
    await file!.change([{ put: correction }]);
    assert.deepEqual(ids(), ['1']);
    await file!.load();
    assert.deepEqual(ids(), ['1']);
    assert.equal(told.length, 1);
    assert.match(told[0]!, /corrections\.jsonl is not written, as .* not trusted.* kept and written later/);
    assert.ok(!readFileSync(file!.path, 'utf8').includes('"id":"1"'));
    assert.ok(!existsSync(userFolder));
    trust();
    await until(() => changes > 0);
    assert.deepEqual(ids(), ['1', 'theirs']);
    assert.equal(readFileSync(file!.path, 'utf8').split('\n').length, 4);
  });
});
