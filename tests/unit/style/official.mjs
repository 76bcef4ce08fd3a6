// Compares the expected results of our expression fixtures with what the official MapLibre
// implementation computes, so that they are facts and not opinions.
//
//   node official.mjs [--write] fixtures/*.json
//
// --write stores the official results in fixtures that have none. A fixture with "differs" says why
// we mean to differ, and is skipped. Exit 77 when the implementation is not installed.

import {readFileSync, writeFileSync} from 'node:fs';

const location = new URL('../../style-spec/node_modules/@maplibre/maplibre-gl-style-spec/dist/index.mjs', import.meta.url);
const spec = await import(location).catch(() => {
  console.log('skipped: the official implementation is not installed; scripts/test does it');
  process.exit(77);
});

const DIGITS = 6;

// Where the implementation says a run-time error is; ours says it in its own place.
const ROOT_KEY = 'expression';

function complete(propertySpec = {}) {
  return {
    'property-type': 'data-driven',
    expression: {interpolated: true, parameters: ['zoom', 'feature']},
    ...propertySpec,
  };
}

// The implementation takes features in whole units of a tile.
const TILE_UNITS = 8192;

function tilePoint([lon, lat], {z, x, y}) {
  const latitude = lat * Math.PI / 180;
  const units = 2 ** z * TILE_UNITS;
  const north = 0.5 - Math.log(Math.tan(Math.PI / 4 + latitude / 2)) / (2 * Math.PI);
  return {
    x: Math.round((lon + 180) / 360 * units - x * TILE_UNITS),
    y: Math.round(north * units - y * TILE_UNITS),
  };
}

function tileGeometry({type, coordinates}, tile) {
  const path = (line) => line.map((p) => tilePoint(p, tile));
  switch (type) {
    case 'Point': return [path([coordinates])];
    case 'MultiPoint': return coordinates.map((p) => path([p]));
    case 'LineString': return [path(coordinates)];
    case 'MultiPolygon': return coordinates.flat().map(path);
    default: return coordinates.map(path);
  }
}

function outputs(fixture, expression, type) {
  return (fixture.inputs ?? []).map(([globals, {properties = {}, id, geometry}]) => {
    const feature = {properties};
    if (id !== undefined) feature.id = id;
    if (geometry !== undefined) feature.type = geometry.type;
    if (globals.canonicalID !== undefined) {
      feature.type = geometry.type.replace('Multi', '');
      feature.geometry = tileGeometry(geometry, globals.canonicalID);
    }
    try {
      const value = expression.evaluateWithoutErrorHandling(
        globals, feature, {}, globals.canonicalID ?? null, globals.availableImages ?? []);
      return type.kind === 'color' ? [value.r, value.g, value.b, value.a] : value;
    } catch (error) {
      return {error: error.name === 'ExpressionEvaluationError' ? error.toJSON() : error.message};
    }
  });
}

function evaluate(fixture) {
  const property = complete(fixture.propertySpec);
  const input = spec.isFunction(fixture.expression)
    ? spec.convertFunction(fixture.expression, property) : fixture.expression;
  const {result, value} = spec.createPropertyExpression(input, ROOT_KEY, property);
  if (result === 'error') {
    return {compiled: {result, errors: value.map(({key, message}) => ({key, error: message}))}};
  }
  const type = value._styleExpression.expression.type;
  return {
    compiled: {
      result,
      isFeatureConstant: value.kind === 'constant' || value.kind === 'camera',
      isZoomConstant: value.kind === 'constant' || value.kind === 'source',
      type: spec.toString(type),
    },
    outputs: outputs(fixture, value, type),
  };
}

// Rounded to significant digits, as plain JSON.
function plain(value) {
  return JSON.parse(JSON.stringify(value ?? null, (_, v) =>
    typeof v === 'number' && Number.isFinite(v) ? Number(v.toPrecision(DIGITS)) : v));
}

function show(value) {
  return JSON.stringify(value);
}

const write = process.argv.includes('--write');
const files = process.argv.slice(2).filter((a) => a !== '--write');
let compared = 0;
let failed = 0;
for (const file of files) {
  const fixtures = JSON.parse(readFileSync(file, 'utf8'));
  for (const fixture of fixtures) {
    if (fixture.differs) continue;
    const official = plain(evaluate(fixture));
    if (write && fixture.expected === undefined) fixture.expected = official;
    compared++;
    if (show(plain(fixture.expected)) !== show(official)) {
      failed++;
      console.log(`${file}: ${fixture.title}:\n  ours     ${show(fixture.expected)}\n  official ${show(official)}`);
    }
  }
  if (write) {
    const lines = fixtures.map((f) => '  ' + show(f));
    writeFileSync(file, `[\n${lines.join(',\n')}\n]\n`);
  }
}
console.log(`${compared} fixtures compared, ${failed} differ`);
process.exit(failed > 0 ? 1 : 0);
