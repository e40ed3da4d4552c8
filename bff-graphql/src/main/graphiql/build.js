// Bundles GraphiQL and its editor's workers, and the try-it of the contract's reference, into the folder given.
import { copyFile } from 'node:fs/promises';
import { build } from 'esbuild';

const output = process.argv[2];
const common = {
  bundle: true,
  minify: true,
  legalComments: 'linked',
  logLevel: 'warning',
  outdir: output,
  target: 'es2022',
  define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.ttf': 'file', '.woff2': 'file', '.woff': 'file' },
};

await build({
  ...common,
  entryPoints: ['main.jsx', 'reference.js'],
  format: 'esm',
  splitting: true,
  jsx: 'automatic',
  chunkNames: 'chunks/[name]-[hash]',
});
await build({
  ...common,
  format: 'iife',
  entryPoints: {
    'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
    'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
    'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
  },
});
await copyFile('index.html', `${output}/index.html`);
