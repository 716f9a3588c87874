'use strict';

/**
 * The arrows of the house (ARCHITECTURE.md). A room is a folder of src/; what others may use of it stands in its
 * index.ts, its door. The protocol is types and their guards, each file a door of its own; so are the entries of bundles.
 */
const SEES = {
  core: [],
  languages: ['core'],
  protocol: ['core'],
  engine: ['core', 'protocol'],
  node: ['core', 'protocol', 'engine', 'languages'],
  research: ['core', 'protocol', 'engine', 'node', 'languages'],
  cli: ['core', 'protocol', 'engine', 'node', 'research', 'languages'],
  extension: ['core', 'protocol', 'engine', 'node', 'languages'],
  webview: ['protocol'],
};
/** They look into rooms as tests do. */
const EXPERIMENTS = '^src/research/scripts/';

const arrows = Object.entries(SEES).map(([room, others]) => ({
  name: `${room}-sees-${others.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(?:${[room, ...others].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...arrows,
    {
      name: 'rooms-have-doors',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: EXPERIMENTS },
      to: {
        path: '^src/(?:core|languages|engine|research)/',
        pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'rooms-in-node-have-doors',
      severity: 'error',
      from: { path: '^src/([^/]+/[^/]+)/', pathNot: EXPERIMENTS },
      to: { path: '^src/node/', pathNot: ['^src/$1/', '^src/node/[^/]+/index\\.ts$'] },
    },
    {
      name: 'rooms-in-node-have-doors-from-files-beside-them',
      severity: 'error',
      from: { path: '^src/[^/]+/[^/]+\\.ts$' },
      to: { path: '^src/node/', pathNot: '^src/node/[^/]+/index\\.ts$' },
    },
    {
      name: 'features-have-doors',
      severity: 'error',
      from: { path: '^src/extension/features/([^/]+)/' },
      to: {
        path: '^src/extension/features/',
        pathNot: ['^src/extension/features/$1/', '^src/extension/features/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'extension-enters-features-by-their-doors',
      severity: 'error',
      from: { path: '^src/extension/[^/]+\\.ts$' },
      to: { path: '^src/extension/features/', pathNot: '^src/extension/features/[^/]+/index\\.ts$' },
    },
    {
      name: 'services-see-no-feature',
      severity: 'error',
      from: { path: '^src/extension/services/' },
      to: { path: '^src/extension/(?:features/|[^/]+\\.ts$)' },
    },
    {
      name: 'one-place-knows-each-language',
      severity: 'error',
      from: { pathNot: '^src/languages/' },
      to: { path: '^src/languages/[^/]+/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '\\.ts$', pathNot: '\\.d\\.ts$' },
      to: {},
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
};
