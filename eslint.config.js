import js from '@eslint/js'
import globals from 'globals'

const edge = { parserOptions: { sourceType: 'script' }, globals: { PAGES: 'readonly', MISSING: 'readonly' } }

export default [
  { ignores: ['.local/', '.venv/', 'node_modules/', 'frontend/dist/', 'frontend/vendor/'] },
  js.configs.recommended,
  { files: ['frontend/**/*.js', 'infra/local/**/*.js'], languageOptions: { globals: globals.browser } },
  { files: ['tests/**/*.{js,mjs}'], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
  { files: ['infra/setup/**/*.mjs'], languageOptions: { globals: globals.node } },
  {
    // CloudFront calls `handler` itself.
    files: ['infra/site/*.js'],
    languageOptions: edge,
    rules: { 'no-unused-vars': ['error', { varsIgnorePattern: '^handler$' }] },
  },
]
