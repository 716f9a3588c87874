import js from '@eslint/js';
import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

/**
 * The boundaries of ARCHITECTURE.md. The compiler keeps Node and DOM types out of the core, but not
 * `vscode`, whose types resolve anywhere; so imports are refused here, folder by folder.
 */
const node = [...builtinModules, 'node:*'];
const boundary = (files, patterns, more = {}) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: patterns.map((group) => ({ group: [group].flat(), ...more })) },
    ],
    'no-restricted-syntax': [
      'error',
      {
        selector: "ImportExpression[source.value='vscode']",
        message: 'Only src/extension may reach vscode.',
      },
    ],
  },
});

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', 'training/', 'vendor/', '.cache/'] },
  js.configs.recommended,
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: { globals: { console: false, process: false, module: false, require: false } },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off', // typed arrays: every index would need a check
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowNullish: false },
      ],
      '@typescript-eslint/explicit-function-return-type': ['error', { allowExpressions: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/prefer-for-of': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-confusing-non-null-assertion': 'off',
      // Code points are what the text rules are about; nothing here is shown to a reader.
      '@typescript-eslint/no-misused-spread': 'off',
      'no-console': 'error',
    },
  },
  boundary(
    ['src/core/**/*.ts'],
    [['vscode', '**/protocol/**', '**/runtime/**', '**/cli/**', '**/extension/**', 'onnxruntime*'], node],
  ),
  boundary(['src/protocol/**/*.ts'], [['vscode', '**/runtime/**', '**/cli/**', '**/extension/**'], node]),
  {
    files: ['src/protocol/**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportDeclaration[importKind='value']",
          message: 'Messages are types: import types only.',
        },
      ],
    },
  },
  boundary(['src/runtime/**/*.ts'], [['vscode', '**/cli/**', '**/extension/**', '**/webview/**']]),
  boundary(['src/cli/**/*.ts'], [['vscode', '**/extension/**', '**/webview/**', 'onnxruntime*']]),
  {
    files: ['test/**/*.ts', 'scripts/**/*.ts', 'bench/**/*.ts'],
    rules: { 'no-console': 'off', '@typescript-eslint/no-floating-promises': 'error' },
  },
);
