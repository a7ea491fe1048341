// Makes frontend/vendor/yjs and frontend/vendor/codemirror anew, and their part of the manifest, from what package-lock.json
// pins: `npm ci --ignore-scripts && node make.mjs` in this folder. The same versions give the same bytes.
import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { build } from 'esbuild'

const VENDOR = new URL('../../../frontend/vendor/', import.meta.url)
const MANIFEST = new URL('manifest.json', VENDOR)
const HOMES = { yjs: 'https://github.com/yjs/yjs', codemirror: 'https://github.com/codemirror' }
const NAMES = { yjs: 'yjs', codemirror: '@codemirror/view' }

/** One copy of Yjs in a page: the editor imports the one that is vendored. */
const oneYjs = {
  name: 'one-yjs',
  setup: ({ onResolve }) => onResolve({ filter: /^yjs$/ }, () => ({ path: '../yjs/yjs.js', external: true })),
}

const common = { bundle: true, format: 'esm', minify: true, target: 'es2022', legalComments: 'none', metafile: true }
const bundles = {
  yjs: { entryPoints: ['sources/yjs.js'] },
  codemirror: {
    entryPoints: ['sources/editor.js', 'sources/languages.js'],
    plugins: [oneYjs],
    splitting: true,
    chunkNames: 'core',
  },
}

const packageOf = (file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]

/** What went into a bundle, by package, each with its version and licence; and their licences whole. */
async function parts(metafile) {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs))
  const names = [...new Set(inputs.map(packageOf).filter(Boolean))].sort()
  const found = {}
  let licences = ''
  for (const name of names) {
    const folder = `node_modules/${name}`
    const { version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'))
    found[name] = `${version} ${license}`
    const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each))
    if (file) licences += `${name} ${version}\n\n${(await readFile(`${folder}/${file}`, 'utf8')).trim()}\n\n`
  }
  return { found, licences }
}

const sha256 = async (url) =>
  createHash('sha256')
    .update(await readFile(url))
    .digest('hex')

const manifest = JSON.parse(await readFile(MANIFEST, 'utf8'))
for (const [name, options] of Object.entries(bundles)) {
  const folder = new URL(`${name}/`, VENDOR)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const { metafile } = await build({ ...common, ...options, outdir: folder.pathname })
  const { found, licences } = await parts(metafile)
  await writeFile(new URL('LICENSE', folder), licences)
  const files = {}
  for (const file of (await readdir(folder)).sort()) files[file] = await sha256(new URL(file, folder))
  const [version, licence] = found[NAMES[name]].split(' ')
  manifest[name] = { package: NAMES[name], version, licence, source: HOMES[name], made_of: found, files }
}
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)))
await writeFile(MANIFEST, `${JSON.stringify(sorted, null, 2)}\n`)
