/* From the rows of a layer to lines whose vertices have numbers: two vertices with one number are
 * the same place.  A layer with node ids says itself which ends meet; in any other layer vertices
 * at equal positions do, also within lines.  Lines that merely cross share nothing: a bridge. */
#include "network-internal.h"

#include <math.h>
#include <string.h>

/* What a layer says about a length is doubted when it is off by more than both. */
#define DOUBT_RATIO 0.01
#define DOUBT_M 1.0
/* Numbers of points and edges are 32 bits wide, and an edge has two directions. */
#define MAX_POINTS (1u << 30)
#define REPORT_ROWS 8192u

FmLines *fm_lines_new(void)
{
    FmLines *lines = g_new0(FmLines, 1);

    lines->points = g_array_new(FALSE, FALSE, sizeof(FmLonLat));
    lines->vertex = g_array_new(FALSE, FALSE, sizeof(guint32));
    lines->lines = g_array_new(FALSE, FALSE, sizeof(FmLine));
    lines->features = g_ptr_array_new_with_free_func(g_free);
    lines->found = g_array_new(FALSE, FALSE, sizeof(FmFound));
    fm_vertex_map_init(&lines->positions);
    return lines;
}

void fm_lines_free(FmLines *lines)
{
    if (lines == NULL) {
        return;
    }
    g_array_unref(lines->points);
    g_array_unref(lines->vertex);
    g_array_unref(lines->lines);
    g_ptr_array_unref(lines->features);
    g_array_unref(lines->found);
    fm_vertex_map_clear(&lines->positions);
    g_free(lines);
}

/* What adding one layer needs besides. */
typedef struct {
    FmLines *lines;
    FmRoadReader reader;
    gboolean ids;      /* ends meet by node ids */
    FmVertexMap nodes; /* id → vertex */
    GHashTable *texts; /* id as text → 1 + its number */
} Adding;

static void adding_clear(Adding *adding)
{
    fm_road_reader_clear(&adding->reader);
    fm_vertex_map_clear(&adding->nodes);
    g_clear_pointer(&adding->texts, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Adding, adding_clear)

/* ---- vertices ---------------------------------------------------------------------------- */

static guint32 vertex_at(FmLines *lines, FmLonLat position)
{
    guint32 vertex =
        fm_vertex_map_put(&lines->positions, fm_vertex_key(position), lines->n_vertices);

    lines->n_vertices += vertex == lines->n_vertices;
    return vertex;
}

static gboolean both_integers(const FmRoadReader *reader)
{
    return fm_table_column_type(reader->table, reader->column[FM_ROAD_FROM]) == FM_COLUMN_INTEGER &&
           fm_table_column_type(reader->table, reader->column[FM_ROAD_TO]) == FM_COLUMN_INTEGER;
}

/* The number of a node id.  Where only one of the columns is of integers, both are taken as text,
 * for the same id must give the same number. */
static guint64 id_key(Adding *adding, gsize column, gsize row)
{
    const FmTable *table = adding->reader.table;

    if (both_integers(&adding->reader)) {
        return (guint64)fm_table_integer(table, column, row);
    }
    g_autofree char *text = fm_table_dup_as_text(table, column, row);
    gpointer number = g_hash_table_lookup(adding->texts, text);
    if (number == NULL) {
        number = GUINT_TO_POINTER(g_hash_table_size(adding->texts) + 1);
        g_hash_table_insert(adding->texts, g_steal_pointer(&text), number);
    }
    return GPOINTER_TO_UINT(number);
}

static guint32 node_of(Adding *adding, FmRoadColumn end, gsize row, FmLonLat position)
{
    FmLines *lines = adding->lines;
    guint64 key = id_key(adding, adding->reader.column[end], row);
    guint32 vertex = fm_vertex_map_put(&adding->nodes, key, lines->n_vertices);

    if (vertex == lines->n_vertices) {
        lines->n_vertices++;
        /* Where opened roads find it. */
        fm_vertex_map_put(&lines->positions, fm_vertex_key(position), vertex);
    }
    return vertex;
}

static gboolean has_ids(const Adding *adding, gsize row)
{
    const FmRoadReader *reader = &adding->reader;

    return adding->ids && !fm_table_is_null(reader->table, reader->column[FM_ROAD_FROM], row) &&
           !fm_table_is_null(reader->table, reader->column[FM_ROAD_TO], row);
}

/* ---- lines ------------------------------------------------------------------------------- */

static void add_found(FmLines *lines, FmFoundKind kind, guint32 feature, const FmGeometry *geometry,
                      double value)
{
    FmFound found = {(guint32)kind, feature, value, {(double)NAN, (double)NAN}};

    if (geometry != NULL) {
        found.position = geometry->points[0];
    }
    g_array_append_val(lines->found, found);
}

/* The points of a path without repetitions.  @return how many were added */
static guint32 add_points(FmLines *lines, const FmLonLat *points, gsize n, gboolean interior)
{
    guint32 first = lines->points->len;
    guint64 last = 0;

    for (gsize i = 0; i < n; i++) {
        guint64 key = fm_vertex_key(points[i]);
        if (i > 0 && key == last) {
            continue;
        }
        guint32 vertex = interior ? vertex_at(lines, points[i]) : FM_NODE_NONE;
        g_array_append_val(lines->points, points[i]);
        g_array_append_val(lines->vertex, vertex);
        last = key;
    }
    return lines->points->len - first;
}

/* The ends of a path of a row with ids.  Only the row's own ends have them: what lies between two
 * paths meets where it lies. */
static void name_ends(Adding *adding, gsize row, const FmLine *line, gboolean first, gboolean last)
{
    FmLines *lines = adding->lines;
    guint32 *vertex = &g_array_index(lines->vertex, guint32, line->first);
    const FmLonLat *points = &g_array_index(lines->points, FmLonLat, line->first);
    guint32 end = line->n - 1;

    vertex[0] = first ? node_of(adding, FM_ROAD_FROM, row, points[0]) : vertex_at(lines, points[0]);
    vertex[end] =
        last ? node_of(adding, FM_ROAD_TO, row, points[end]) : vertex_at(lines, points[end]);
}

/* One path of a row as a line.  A path of no length is none, unless ids say that its ends are two
 * nodes: it may be all that joins them. */
static gboolean add_path(Adding *adding, gsize row, const FmGeometry *geometry, gsize path,
                         const FmLine *like)
{
    FmLines *lines = adding->lines;
    gsize begin = path > 0 ? geometry->path_end[path - 1] : 0, end = geometry->path_end[path];
    gboolean ids = has_ids(adding, row);
    FmLine line = *like;

    line.first = lines->points->len;
    line.n = add_points(lines, geometry->points + begin, end - begin, !ids);
    if (ids && line.n == 1 &&
        fm_geodesic_distance_m(geometry->points[begin], geometry->points[end - 1]) > 0) {
        const guint32 none = FM_NODE_NONE;
        g_array_append_val(lines->points, geometry->points[end - 1]);
        g_array_append_val(lines->vertex, none);
        line.n = 2;
    }
    if (line.n < 2) {
        g_array_set_size(lines->points, line.first);
        g_array_set_size(lines->vertex, line.first);
        return FALSE;
    }
    if (ids) {
        name_ends(adding, row, &line, path == 0, path + 1 == geometry->n_paths);
    }
    g_array_append_val(lines->lines, line);
    return TRUE;
}

static gboolean check_line(const Adding *adding, gsize row, const FmGeometry *geometry,
                           GError **error)
{
    if (fm_geometry_dimension(geometry) != 1) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "layer '%s', row %" G_GSIZE_FORMAT ": a %s, and a network is made of lines",
                    adding->reader.layer, row + 1, fm_geometry_type_name(geometry->type));
        return FALSE;
    }
    if (adding->lines->points->len + geometry->n_points > MAX_POINTS) {
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                    "layer '%s' has more than %u vertices: cut it to the area of study",
                    adding->reader.layer, MAX_POINTS);
        return FALSE;
    }
    return TRUE;
}

/* What the layer's own length makes of the line: a factor on every geodesic length. */
static void take_length(FmLines *lines, const FmRoad *road, const FmGeometry *geometry,
                        double geodesic_m, FmLine *line)
{
    line->stretch = 1;
    if (isnan(road->length_m)) {
        return;
    }
    double off = road->length_m - geodesic_m;
    line->stretch = road->length_m / geodesic_m;
    if (fabs(off) > DOUBT_RATIO * geodesic_m && fabs(off) > DOUBT_M) {
        line->alone = TRUE;
        add_found(lines, FM_FOUND_LENGTH, line->feature, geometry, off);
    }
}

/* What has no position or no length is left out, and found. */
static gboolean add_road(Adding *adding, gsize row, guint32 feature, GError **error)
{
    FmLines *lines = adding->lines;
    const FmGeometry *geometry = fm_table_geometry(adding->reader.table, row);
    FmLine line = {.feature = feature};
    gboolean added = FALSE;
    FmRoad road;

    if (geometry != NULL && !check_line(adding, row, geometry, error)) {
        return FALSE;
    }
    double geodesic_m = geometry != NULL ? fm_geodesic_length_m(geometry) : 0;
    if (!fm_road_read(&adding->reader, row, geodesic_m, &road, error)) {
        return FALSE;
    }
    if (!road.road) {
        return TRUE;
    }
    lines->n_features++;
    if (!(road.mps[0] > 0 || road.mps[1] > 0)) {
        lines->n_impassable++;
        add_found(lines, FM_FOUND_IMPASSABLE, feature, geometry, 0);
        return TRUE;
    }
    if (geodesic_m > 0) {
        line.mps[0] = road.mps[0];
        line.mps[1] = road.mps[1];
        line.crossing_s = road.crossing_s;
        take_length(lines, &road, geometry, geodesic_m, &line);
        for (gsize path = 0; path < geometry->n_paths; path++) {
            added |= add_path(adding, row, geometry, path, &line);
        }
    }
    if (geometry == NULL) {
        lines->n_unlocated++;
        add_found(lines, FM_FOUND_UNLOCATED, feature, NULL, 0);
    } else if (!added) {
        lines->n_degenerate++;
        add_found(lines, FM_FOUND_DEGENERATE, feature, geometry, 0);
    }
    if (road.bad_maxspeed) {
        add_found(lines, FM_FOUND_MAXSPEED, feature, geometry, 0);
    }
    return TRUE;
}

gboolean fm_lines_add(FmLines *lines, const char *layer, const FmTable *table,
                      const FmProfile *profile, gboolean ids, const FmProgress *progress,
                      GError **error)
{
    g_auto(Adding) adding = {.lines = lines};
    gsize n = fm_table_n_rows(table), id = fm_table_find_column(table, "id");

    fm_vertex_map_init(&adding.nodes);
    adding.texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!fm_road_reader_init(&adding.reader, layer, table, profile, error)) {
        return FALSE;
    }
    adding.ids = ids && adding.reader.column[FM_ROAD_FROM] != FM_COLUMN_NONE;
    for (gsize row = 0; row < n; row++) {
        guint32 feature = lines->features->len;
        char *name = id != FM_COLUMN_NONE ? fm_table_dup_as_text(table, id, row) : NULL;
        if (name == NULL) {
            name = g_strdup_printf("%" G_GSIZE_FORMAT, row + 1);
        }
        g_ptr_array_add(lines->features, name);
        if (!add_road(&adding, row, feature, error) ||
            (row % REPORT_ROWS == 0 &&
             !fm_progress_report(progress, (double)row / (double)n, "reading roads", error))) {
            return FALSE;
        }
    }
    return TRUE;
}
