import js from '@eslint/js';
import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

const NETWORK_FILE = 'src/node/hub/hubDownload.ts';
const NETWORK = `Only ${NETWORK_FILE} opens connections.`;
const NETWORK_GLOBALS = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'].map((name) => ({
  name,
  message: NETWORK,
}));
const NETWORK_MODULES = {
  regex: '^(?:node:)?(?:https?|http2|net|tls|dgram|dns|undici)(?:/|$)',
  message: NETWORK,
};
// A regular expression, as a pattern such as `util` would refuse our own folders of that name too.
const NODE = { regex: `^(?:node:.*|${builtinModules.join('|')})$`, message: 'This room knows no host.' };
const VSCODE = { regex: '^vscode$', message: 'Only src/extension knows the editor.' };
const ONNX = { regex: '^onnxruntime', message: 'Only src/node runs the network.' };

/** What the rooms may not import from outside; which rooms see each other is in .dependency-cruiser.cjs. */
const REFUSED = {
  core: [VSCODE, ONNX, NODE],
  languages: [VSCODE, ONNX, NODE],
  protocol: [VSCODE, ONNX, NODE],
  engine: [VSCODE, ONNX, NODE],
  webview: [VSCODE, ONNX, NODE],
  node: [VSCODE],
  research: [VSCODE],
  cli: [VSCODE, ONNX],
  extension: [ONNX],
};
const imported = (selector, message) => ({ selector, message });
const NO_VSCODE = imported("ImportExpression[source.value='vscode']", VSCODE.message);
const EDITS_FILE = 'src/extension/services/edits.ts';
const ONE_LISTENER = {
  selector: "[property.name='onDidChangeTextDocument'], Property[key.name='onDidChangeTextDocument']",
  message: `Only ${EDITS_FILE} listens to edits: hear of them there, in the order it states.`,
};
const TYPES_ONLY = imported(
  "ImportDeclaration[importKind='value']",
  'Messages are types: import types only.',
);

/** One entry a room with all of its options: a later entry for the same files would replace them, not add to them. */
const rooms = Object.entries(REFUSED).map(([room, refused]) => ({
  files: [`src/${room}/**/*.ts`],
  ignores: [NETWORK_FILE],
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns: [NETWORK_MODULES, ...refused] }],
    'no-restricted-globals': ['error', ...NETWORK_GLOBALS],
    ...(room === 'extension'
      ? { 'no-restricted-syntax': ['error', ONE_LISTENER] }
      : { 'no-restricted-syntax': ['error', NO_VSCODE, ...(room === 'protocol' ? [TYPES_ONLY] : [])] }),
  },
}));

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', 'training/', 'vendor/', '.cache/'] },
  js.configs.recommended,
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['console', 'process', 'module', 'require', 'fetch', 'URL', 'setInterval', 'clearInterval'].map(
          (name) => [name, false],
        ),
      ),
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Typed arrays: every index would need a check.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-non-null-assertion': 'off',
      // Code points are what the text rules are about; nothing here is shown to a reader.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/explicit-function-return-type': ['error', { allowExpressions: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-console': 'error',
    },
  },
  ...rooms,
  { files: [EDITS_FILE], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['test/**/*.ts', 'scripts/**/*.ts', 'bench/**/*.ts', 'src/research/scripts/*.ts'],
    rules: { 'no-console': 'off' },
  },
);
