// Grammars without their completions, which would bring templates of code that nobody asked for.
import { cppLanguage } from '@codemirror/lang-cpp'
import { cssLanguage } from '@codemirror/lang-css'
import { htmlLanguage } from '@codemirror/lang-html'
import { javaLanguage } from '@codemirror/lang-java'
import { javascriptLanguage, typescriptLanguage } from '@codemirror/lang-javascript'
import { markdownLanguage } from '@codemirror/lang-markdown'
import { pythonLanguage } from '@codemirror/lang-python'
import { StandardSQL } from '@codemirror/lang-sql'

export const languages = {
  cpp: cppLanguage,
  css: cssLanguage,
  html: htmlLanguage,
  java: javaLanguage,
  javascript: javascriptLanguage,
  markdown: markdownLanguage,
  python: pythonLanguage,
  sql: StandardSQL.language,
  typescript: typescriptLanguage,
}
