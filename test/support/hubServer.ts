import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export interface HubServerOptions {
  /** Answers one file's request itself instead. */
  readonly answer?: (file: string, content: Buffer, response: ServerResponse) => boolean;
  readonly cardData?: object;
  /** Changes what the list of files says. */
  readonly list?: (siblings: readonly Sibling[]) => unknown;
  /** The commit it names. */
  readonly sha?: unknown;
}

/** A file in the hub's list. */
export interface Sibling {
  readonly rfilename: string;
  readonly blobId: string;
  readonly size: number;
  readonly lfs?: { readonly sha256: string; readonly size: number };
}

export interface HubServer {
  readonly address: string;
  /** Paths asked for, in order. */
  readonly requests: readonly string[];
  options: HubServerOptions;
  stop(): Promise<void>;
}

export const COMMIT = '0123456789abcdef0123456789abcdef01234567';

/** A hub on this machine that has one model, `tiny/encoder`, from a folder; ONNX files are large files, as on the real one. */
export async function startHub(folder: string, options: HubServerOptions = {}): Promise<HubServer> {
  const requests: string[] = [];
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)));
  const siblings = names.map((rfilename): Sibling => {
    const content = readFileSync(path.join(folder, rfilename));
    const blobId = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
    const sha256 = createHash('sha256').update(content).digest('hex');
    const lfs = rfilename.endsWith('.onnx') ? { lfs: { sha256, size: content.length } } : {};
    return { rfilename, blobId, size: content.length, ...lfs };
  });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    requests.push(pathname);
    const [, file] = /^\/tiny\/encoder\/resolve\/[0-9a-f]{40}\/(.+)$/.exec(pathname) ?? [];
    if (pathname === '/api/models/tiny/encoder/revision/main') {
      const { cardData = { license: 'mit', datasets: ['books'] }, sha = COMMIT, list } = hub.options;
      response.end(JSON.stringify({ sha, siblings: list?.(siblings) ?? siblings, cardData }));
    } else if (file !== undefined && names.includes(file)) {
      // Large files are elsewhere, as on the real one.
      response.writeHead(302, { location: `/elsewhere/${file}` }).end();
    } else if (pathname.startsWith('/elsewhere/')) {
      const name = pathname.slice('/elsewhere/'.length);
      const content = readFileSync(path.join(folder, name));
      if (!hub.options.answer?.(name, content, response)) response.end(content);
    } else {
      response.writeHead(pathname.includes('/gated/') ? 401 : 404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hub: HubServer = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    options,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return hub;
}
