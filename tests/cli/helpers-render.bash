# Shared by the bats files that draw: Rivertown, loaded once for a file of tests.

load_rivertown() {
  "$FACMAP" init "$BATS_FILE_TMPDIR/town.sqlite" --quiet
  "$FACMAP" load "$BATS_FILE_TMPDIR/town.sqlite" "$FACMAP_SOURCE/geodata/rivertown/dataset.json" --quiet
}

setup_file() {
  load_rivertown
}

# The test's own town.sqlite.
rivertown() {
  cp "$BATS_FILE_TMPDIR/town.sqlite" .
}

# cairo 1.16 does not free all that its PDF and SVG surfaces hold of fonts.
keep_cairo_leaks() {
  export LSAN_OPTIONS="${LSAN_OPTIONS:-}:detect_leaks=0"
}
