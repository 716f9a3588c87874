import js from '@eslint/js';
import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

/**
 * The boundaries of ARCHITECTURE.md. The compiler keeps Node and DOM types out of the core, but not
 * `vscode`, whose types resolve anywhere; so imports are refused here, folder by folder.
 */
const boundary = (folder, group, ...more) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns: [{ group }, ...more] }],
    'no-restricted-syntax': [
      'error',
      {
        selector: "ImportExpression[source.value='vscode']",
        message: 'Only src/extension may reach vscode.',
      },
    ],
  },
});
// A regular expression, as a pattern such as `util` would refuse our own folders of that name too.
const node = { regex: `^(?:node:.*|${builtinModules.join('|')})$` };

const NETWORK = 'Only src/runtime/hubDownload.ts opens connections.';
const NETWORK_GLOBALS = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'].map((name) => ({
  name,
  message: NETWORK,
}));
const NETWORK_MODULES = '^(?:node:)?(?:https?|http2|net|tls|dgram|dns|undici)(?:/|$)';

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
  {
    files: ['src/**/*.ts'],
    ignores: ['src/runtime/hubDownload.ts'],
    rules: {
      'no-restricted-globals': ['error', ...NETWORK_GLOBALS],
      'no-restricted-imports': ['error', { patterns: [{ regex: NETWORK_MODULES, message: NETWORK }] }],
    },
  },
  boundary(
    'core',
    [
      'vscode',
      '**/protocol/**',
      '**/runtime/**',
      '**/cli/**',
      '**/extension/**',
      '**/webview/**',
      'onnxruntime*',
    ],
    node,
  ),
  boundary('protocol', ['vscode', '**/runtime/**', '**/cli/**', '**/extension/**', '**/webview/**'], node),
  {
    files: ['src/protocol/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportDeclaration[importKind='value']",
          message: 'Messages are types: import types only.',
        },
      ],
    },
  },
  boundary('runtime', ['vscode', '**/cli/**', '**/extension/**', '**/webview/**']),
  boundary('cli', ['vscode', '**/extension/**', '**/webview/**', 'onnxruntime*']),
  boundary(
    'webview',
    ['vscode', '**/core/**', '**/runtime/**', '**/cli/**', '**/extension/**', 'onnxruntime*'],
    node,
  ),
  boundary('extension', ['onnxruntime*', '**/cli/**', '**/webview/**'], {
    regex: '/runtime(?!/host$)',
    message: 'The host side of the runtime is runtime/host; the rest belongs to the encoder process.',
  }),
  boundary('extension/views', ['onnxruntime*', '**/cli/**', '**/webview/**'], {
    regex: '^\\./',
    message: 'A view knows the store and the scheduler, never another view.',
  }),
  { files: ['test/**/*.ts', 'scripts/**/*.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off' } },
);
