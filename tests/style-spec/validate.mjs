// Validates map documents against the official MapLibre style specification.
//
//   node validate.mjs STYLE.json...
//
// One line for each error, `file: path: message`; exit 1 when there is one, 2 without arguments,
// 77 (skipped) when `npm ci` has not been run here.

import {readFileSync} from 'node:fs';

const {default: spec} = await import('@maplibre/maplibre-gl-style-spec').catch(() => {
  console.log('skipped: the validator is not installed; scripts/test does it');
  process.exit(77);
});

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: node validate.mjs STYLE.json...');
  process.exit(2);
}

function messages(file) {
  try {
    return spec.validateStyleMin(JSON.parse(readFileSync(file, 'utf8'))).map((e) => e.message);
  } catch (error) {
    return [error.message];
  }
}

let failed = 0;
for (const file of files) {
  const errors = messages(file);
  for (const message of errors) console.log(`${file}: ${message}`);
  if (errors.length > 0) failed++;
}
console.log(`${files.length} map documents, ${failed} with errors`);
process.exit(failed > 0 ? 1 : 0);
