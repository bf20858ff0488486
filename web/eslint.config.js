import { dirname, join } from 'node:path';

import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

const project = dirname(import.meta.dirname);
const at = (path) => join(project, path);

/** Which way imports point: the kit knows no API, the shell no feature. */
const zones = [
  { target: at('web/kit'), from: [at('web/shell'), at('web/sdk'), at('web/core/api')], message: 'The kit knows no API.' },
  { target: at('web/core'), from: [at('web/shell'), at('web/kit'), at('web/sdk')], message: 'Core has no elements.' },
  { target: at('web/sdk'), from: [at('web/shell'), at('web/kit')], message: 'The SDK is what modules import.' },
  { target: at('web/shell'), from: at('src/modulon'), message: 'The shell knows no feature.' },
];

/** A module's frontend sees lit, the SDK, the kit's public entries and its own files. */
const moduleImports = {
  patterns: [
    { regex: '^(?!lit$|lit/|@modulon/sdk$|@modulon/sdk/testing$|@modulon/kit/[a-z-]+$|vitest$|vitest/|\\.)', message: 'Modules import lit, @modulon/sdk and @modulon/kit/<name>.' },
    { regex: '(^|/)(web|backend)/|(\\.\\./){4}', message: 'Modules import their own files only.' },
  ],
};

export default tseslint.config(
  { ignores: ['**/node_modules/**', 'web/core/api/schema.d.ts', 'core/api/schema.d.ts', '**/_web/**'] },
  {
    basePath: project,
    files: ['web/**/*.ts', 'src/modulon/modules/*/frontend/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX, lit, wc, 'lit-a11y': litA11y },
    languageOptions: { parserOptions: { project: at('tsconfig.json'), tsconfigRootDir: project } },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: at('tsconfig.json') })] },
    rules: {
      ...lit.configs['flat/recommended'].rules,
      ...wc.configs['flat/best-practice'].rules,
      ...litA11y.configs.recommended.rules,
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 45, skipComments: true, skipBlankLines: true }],
      'no-eval': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/class-literal-property-style': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // Elements are defined in the file beside them, and tested by their behaviour.
      'wc/guard-super-call': 'off',
      'wc/require-listener-teardown': 'off',
      // Clicks are also heard on what holds buttons, and rows of a combobox are chosen from its text box.
      'lit-a11y/click-events-have-key-events': 'off',
      'lit-a11y/no-autofocus': 'off',
    },
  },
  {
    basePath: project,
    files: ['**/*.test.ts', 'web/tests/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'off', '@typescript-eslint/no-unsafe-class-instance-assignment': 'off', '@typescript-eslint/non-nullable-type-assertion-style': 'off' },
  },
  {
    basePath: project,
    files: ['src/modulon/modules/*/frontend/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', moduleImports] },
  },
);
