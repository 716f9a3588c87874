import { readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** What the tests read of package.json. */
export interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly keybindings: readonly KeyBinding[];
    readonly configuration: readonly {
      readonly properties: Readonly<Record<string, { readonly enum?: readonly string[] }>>;
    }[];
    readonly colors: readonly {
      readonly id: string;
      readonly defaults: Readonly<Record<string, string>>;
    }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly menus: Readonly<Record<string, readonly { readonly command?: string }[]>>;
  };
}
export interface KeyBinding {
  readonly command: string;
  readonly key: string;
  readonly mac: string;
  readonly when: string;
}

export function readText(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

export function readManifest(): Manifest {
  return JSON.parse(readText('package.json')) as Manifest;
}

/** A file of strings by key, such as package.nls.json. */
export function readStrings(file: string): Readonly<Record<string, string>> {
  return JSON.parse(readText(file)) as Record<string, string>;
}
