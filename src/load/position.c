/* Where each row is: its geometry in EPSG:4326, nothing (unlocated), or why it cannot be right. */
#include "load-internal.h"

#include <math.h>
#include <string.h>

#define UNDECLARED                                                                                 \
    "the file does not say its coordinate system; pass --crs EPSG:4326 (WGS 84), GCJ-02 "          \
    "(AutoNavi, Tencent) or BD-09 (Baidu)"

typedef struct {
    const FmRaw *raw;
    const FmColumnMap *map;
    FmProblems *problems;
    const char *definition; /* of the CRS; NULL when nobody says */
    FmPlacing *placing;
    gsize n_flattened;
    GArray *scratch; /* double[2] */
} Placer;

static void placer_clear(Placer *placer)
{
    g_clear_pointer(&placer->scratch, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Placer, placer_clear)

void fm_placing_clear(FmPlacing *placing)
{
    fm_source_crs_clear(&placing->crs);
    g_clear_pointer(&placing->first, g_free);
}

static const char *column_name(const Placer *placer, gsize column)
{
    return fm_table_column_name(placer->raw->table, column);
}

/* One coordinate of a column that holds `axis`.
 * @return FALSE when it is none, with why; *missing when the cell is empty */
static gboolean read_coordinate(const Placer *placer, gsize column, gsize row, FmAxis axis,
                                double *value, gboolean *missing, const char **reason)
{
    const FmTable *table = placer->raw->table;
    FmCoordinate coordinate;

    *missing = fm_table_is_null(table, column, row);
    if (*missing) {
        return TRUE;
    }
    if (fm_table_column_type(table, column) != FM_COLUMN_TEXT) {
        *value = fm_table_number(table, column, row);
        return TRUE;
    }
    const char *text = fm_table_text(table, column, row);
    if (fm_parse_double(text, value)) {
        return TRUE;
    }
    if (!fm_coordinate_parse(text, &coordinate, reason)) {
        return FALSE;
    }
    if (coordinate.axis != FM_AXIS_UNKNOWN && coordinate.axis != axis) {
        *reason = axis == FM_AXIS_LON ? "a latitude, where the longitude is expected"
                                      : "a longitude, where the latitude is expected";
        return FALSE;
    }
    *value = coordinate.value;
    return TRUE;
}

static FmGeometry *geometry_from_xy(const Placer *placer, gsize row)
{
    const gsize columns[2] = {placer->map->x, placer->map->y};
    double xy[2] = {0, 0};
    gboolean missing[2];
    const char *reason = NULL;

    for (gsize i = 0; i < 2; i++) {
        if (!read_coordinate(placer, columns[i], row, i == 0 ? FM_AXIS_LON : FM_AXIS_LAT, &xy[i],
                             &missing[i], &reason)) {
            fm_problems_add(placer->problems, row, column_name(placer, columns[i]),
                            fm_table_text(placer->raw->table, columns[i], row), "%s", reason);
            return NULL;
        }
    }
    if (missing[0] != missing[1]) {
        gsize there = missing[0] ? 1 : 0;
        fm_problems_add(placer->problems, row, column_name(placer, columns[1 - there]), NULL,
                        "empty, but %s is not", column_name(placer, columns[there]));
        return NULL;
    }
    return missing[0] ? NULL : fm_geometry_new_point((FmLonLat){xy[0], xy[1]});
}

/* Does the first position have more than two coordinates? */
static gboolean has_z_or_m(const char *wkt)
{
    const char *at = strchr(wkt, '(');
    guint n = 0;

    if (at == NULL) {
        return FALSE;
    }
    at += strspn(at, "( \t");
    while (*at != '\0' && *at != ',' && *at != ')') {
        n++;
        at += strcspn(at, " \t,)");
        at += strspn(at, " \t");
    }
    return n > 2;
}

/* "116.40,39.91" in the order that was decided, or that the values say. */
static FmGeometry *geometry_from_pair(const Placer *placer, gsize row, const char *text)
{
    FmCoordinate pair[2];
    const char *reason;

    if (!fm_coordinates_parse(text, pair, &reason)) {
        fm_problems_add(placer->problems, row, column_name(placer, placer->map->wkt), text, "%s",
                        reason);
        return NULL;
    }
    gboolean said = pair[0].axis != FM_AXIS_UNKNOWN;
    gboolean lon_first =
        said ? pair[0].axis == FM_AXIS_LON : placer->map->order != FM_ORDER_LAT_LON;
    return fm_geometry_new_point(
        (FmLonLat){pair[lon_first ? 0 : 1].value, pair[lon_first ? 1 : 0].value});
}

static FmGeometry *geometry_from_text(Placer *placer, gsize row)
{
    g_autoptr(GError) failure = NULL;
    g_autofree char *text = fm_table_dup_as_text(placer->raw->table, placer->map->wkt, row);

    if (text == NULL) {
        return NULL;
    }
    g_autofree char *trimmed = fm_text_trim(text);
    gsize length = strlen(trimmed);
    if (length >= 5 && g_ascii_strcasecmp(trimmed + length - 5, "EMPTY") == 0) {
        return NULL;
    }
    if (!fm_text_is_geometry(trimmed) && trimmed[strcspn(trimmed, "0123456789")] != '\0') {
        return geometry_from_pair(placer, row, trimmed);
    }
    FmGeometry *geometry = fm_geometry_from_text(trimmed, &failure);
    if (geometry == NULL) {
        fm_problems_add(placer->problems, row, column_name(placer, placer->map->wkt), text, "%s",
                        failure->message);
    }
    placer->n_flattened += geometry != NULL && has_z_or_m(trimmed) ? 1 : 0;
    return geometry;
}

/* The row's geometry in the source's CRS; NULL when it has none, or a problem. */
static FmGeometry *geometry_as_given(Placer *placer, gsize row)
{
    if (placer->map->wkt != FM_COLUMN_NONE) {
        return geometry_from_text(placer, row);
    }
    if (placer->map->x != FM_COLUMN_NONE) {
        return geometry_from_xy(placer, row);
    }
    const FmGeometry *given = g_ptr_array_index(placer->raw->geometries, row);
    return given != NULL ? fm_geometry_copy(given) : NULL;
}

/* What a problem of position is called: the column, or "geometry"; and its value. */
static void add_problem(const Placer *placer, gsize row, const char *reason)
{
    const FmColumnMap *map = placer->map;
    const FmTable *table = placer->raw->table;

    if (map->wkt == FM_COLUMN_NONE && map->x == FM_COLUMN_NONE) {
        fm_problems_add(placer->problems, row, "geometry", NULL, "%s", reason);
        return;
    }
    if (map->wkt != FM_COLUMN_NONE) {
        g_autofree char *wkt = fm_table_dup_as_text(table, map->wkt, row);
        fm_problems_add(placer->problems, row, column_name(placer, map->wkt), wkt, "%s", reason);
        return;
    }
    g_autofree char *field =
        g_strdup_printf("%s, %s", column_name(placer, map->x), column_name(placer, map->y));
    g_autofree char *x = fm_table_dup_as_text(table, map->x, row);
    g_autofree char *y = fm_table_dup_as_text(table, map->y, row);
    g_autofree char *value = g_strdup_printf("%s, %s", x, y);
    fm_problems_add(placer->problems, row, field, value, "%s", reason);
}

static gboolean need_crs(Placer *placer, GError **error)
{
    if (placer->placing->crs.crs != NULL) {
        return TRUE;
    }
    if (placer->definition == NULL) {
        g_set_error(error, FM_ERROR, FM_ERROR_CRS, "%s: " UNDECLARED, placer->raw->name);
        return FALSE;
    }
    return fm_source_crs_init(&placer->placing->crs, placer->definition, placer->raw->name, error);
}

/* Moves the geometry to EPSG:4326 in place. */
static gboolean transform(Placer *placer, FmGeometry *geometry, char **reason)
{
    g_array_set_size(placer->scratch, (guint)geometry->n_points);
    double(*xy)[2] = (double(*)[2])(void *)placer->scratch->data;

    for (gsize i = 0; i < geometry->n_points; i++) {
        xy[i][0] = geometry->points[i].lon_deg;
        xy[i][1] = geometry->points[i].lat_deg;
    }
    if (!fm_source_crs_to_wgs84(&placer->placing->crs, xy, geometry->n_points, reason)) {
        return FALSE;
    }
    for (gsize i = 0; i < geometry->n_points; i++) {
        geometry->points[i] = (FmLonLat){xy[i][0], xy[i][1]};
    }
    return TRUE;
}

static void note_misfit(const Placer *placer, gsize row, FmLonLat as_given)
{
    FmPlacing *placing = placer->placing;

    if (placing->n_misfits++ == 0) {
        placing->first = fm_problem_describe(fm_problems_get(placer->problems, row),
                                             placer->raw->first_row + row);
        placing->misfit[0] = as_given.lon_deg;
        placing->misfit[1] = as_given.lat_deg;
    }
}

/* Takes the geometry as given, hands it back in EPSG:4326, or NULL with the row's problem noted. */
static FmGeometry *place(Placer *placer, gsize row, FmGeometry *as_given)
{
    g_autoptr(FmGeometry) geometry = as_given;
    g_autoptr(GError) failure = NULL;
    g_autofree char *reason = NULL;
    const FmLonLat first = geometry->points[0];

    if (geometry->type == FM_GEOMETRY_POINT && first.lon_deg == 0 && first.lat_deg == 0) {
        add_problem(placer, row, "position 0,0: where empty cells end up, off the coast of Africa");
        return NULL;
    }
    placer->placing->n_placed++;
    if (!transform(placer, geometry, &reason)) {
        add_problem(placer, row, reason);
        note_misfit(placer, row, first);
        return NULL;
    }
    if (fm_geometry_dimension(geometry) > 0 && !fm_geometry_validate(geometry, &failure)) {
        add_problem(placer, row, failure->message);
        return NULL;
    }
    return g_steal_pointer(&geometry);
}

gboolean fm_placing_check(const FmPlacing *placing, const char *name, GError **error)
{
    if (placing->n_misfits == 0 || placing->n_misfits < placing->n_placed) {
        return TRUE;
    }
    g_autofree char *label = fm_source_crs_label(&placing->crs);
    g_autofree char *cause = fm_source_crs_likely_cause(&placing->crs, placing->misfit);
    g_set_error(error, FM_ERROR, FM_ERROR_CRS,
                "%s: none of %" G_GSIZE_FORMAT " %s fits %s (%s): %s", name, placing->n_placed,
                placing->n_placed == 1 ? "position" : "positions", label, placing->first, cause);
    return FALSE;
}

static gboolean place_rows(Placer *placer, GPtrArray *geometries, GError **error)
{
    for (gsize row = 0; row < fm_table_n_rows(placer->raw->table); row++) {
        if (fm_problems_get(placer->problems, row) != NULL) {
            continue;
        }
        FmGeometry *geometry = geometry_as_given(placer, row);
        if (geometry == NULL) {
            continue;
        }
        if (!need_crs(placer, error)) {
            fm_geometry_free(geometry);
            return FALSE;
        }
        g_ptr_array_index(geometries, row) = place(placer, row, geometry);
    }
    return TRUE;
}

static void locate_rows(const FmRaw *raw, FmPositions *positions, FmLocator *locator,
                        FmProblems *problems)
{
    for (gsize row = 0; row < fm_table_n_rows(raw->table); row++) {
        gpointer *geometry = &g_ptr_array_index(positions->geometries, row);
        double accuracy_m = 0;
        if (*geometry != NULL || fm_problems_get(problems, row) != NULL) {
            continue;
        }
        *geometry = fm_locator_place(locator, raw->table, row, &accuracy_m);
        if (*geometry != NULL) {
            g_hash_table_insert(positions->by_area, GSIZE_TO_POINTER(row),
                                g_memdup2(&accuracy_m, sizeof accuracy_m));
        }
    }
}

/* The type that holds all geometries; without any, what the source would give. */
static FmGeometryType common_type(const FmPositions *positions, const FmColumnMap *map,
                                  const FmRaw *raw)
{
    FmGeometryType type = FM_GEOMETRY_NONE;

    for (guint i = 0; i < positions->geometries->len; i++) {
        const FmGeometry *geometry = g_ptr_array_index(positions->geometries, i);
        if (geometry != NULL) {
            type = fm_geometry_type_union(type, geometry->type);
        }
    }
    if (type != FM_GEOMETRY_NONE) {
        return type;
    }
    gboolean points = map->x != FM_COLUMN_NONE || !fm_column_map_has_position(map, raw);
    return map->wkt == FM_COLUMN_NONE && points ? FM_GEOMETRY_POINT : FM_GEOMETRY_ANY;
}

static void free_geometry(gpointer geometry)
{
    fm_geometry_free(geometry);
}

FmPositions *fm_positions_new(const FmRaw *raw, const FmColumnMap *map, const FmSource *source,
                              const char *cells, FmLocator *locator, FmProblems *problems,
                              GError **error)
{
    g_auto(FmPlacing) placing = {.n_placed = 0};
    g_autoptr(FmPositions) positions =
        fm_positions_new_part(raw, map, source, cells, locator, problems, &placing, error);

    return positions != NULL && fm_placing_check(&placing, raw->name, error)
               ? g_steal_pointer(&positions)
               : NULL;
}

FmPositions *fm_positions_new_part(const FmRaw *raw, const FmColumnMap *map, const FmSource *source,
                                   const char *cells, FmLocator *locator, FmProblems *problems,
                                   FmPlacing *placing, GError **error)
{
    g_autoptr(FmPositions) positions = g_new0(FmPositions, 1);
    positions->geometries = g_ptr_array_new_with_free_func(free_geometry);
    g_ptr_array_set_size(positions->geometries, (gint)fm_table_n_rows(raw->table));
    positions->by_area = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    if (!fm_column_map_has_position(map, raw)) {
        if (locator != NULL) {
            locate_rows(raw, positions, locator, problems);
            positions->type = common_type(positions, map, raw);
        }
        return g_steal_pointer(&positions);
    }
    g_auto(Placer) placer = {
        .raw = raw,
        .map = map,
        .problems = problems,
        .definition = source->crs != NULL ? source->crs : raw->crs,
        .placing = placing,
        .scratch = g_array_new(FALSE, FALSE, sizeof(double[2])),
    };
    if (!place_rows(&placer, positions->geometries, error) ||
        (source->cell_m > 0 && !fm_cells_make(positions->geometries, source->cell_m, cells,
                                              raw->name, problems, error))) {
        return NULL;
    }
    if (locator != NULL) {
        locate_rows(raw, positions, locator, problems);
    }
    positions->type = common_type(positions, map, raw);
    positions->n_flattened = placer.n_flattened;
    if (placing->crs.crs != NULL) {
        positions->crs = fm_source_crs_label(&placing->crs);
    }
    return g_steal_pointer(&positions);
}

void fm_positions_free(FmPositions *positions)
{
    if (positions != NULL) {
        g_clear_pointer(&positions->geometries, g_ptr_array_unref);
        g_clear_pointer(&positions->by_area, g_hash_table_unref);
        g_free(positions->crs);
        g_free(positions);
    }
}
