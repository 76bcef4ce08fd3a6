/* Misfits against what is known.  Under the system that the numbers are really in, a place lies
 * near the road in its address, near the feature of its name, inside the area that it names; under
 * any other it lies hundreds of metres off.  The same positions are measured under every system, so
 * that the tests are paired; each distinct position counts once, as rows at one place are no
 * independent witnesses. */
#include "check-internal.h"

#include <math.h>
#include <string.h>

/* Rows or vertices measured at most, evenly spread: enough for any p. */
enum { MOST_POSITIONS = 2000, LEAST_POSITIONS = 10 };

/* Positions this near to the edge of the lines (0.3 km) are left out: what lies beyond the edge is
 * not known, and would be the nearest. */
#define EDGE_DEG 0.003

/* One test under construction: positions and what each is measured to. */
typedef struct {
    const FmLayer *layer;
    const FmSystems *systems;
    GArray *positions; /* FmLonLat, as stored */
    GArray *targets;   /* gpointer: FmGeometryIndex*, borrowed */
    GHashTable *seen;  /* "lon lat target" */
} Trial;

static void trial_clear(Trial *trial)
{
    g_clear_pointer(&trial->positions, g_array_unref);
    g_clear_pointer(&trial->targets, g_array_unref);
    g_clear_pointer(&trial->seen, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Trial, trial_clear)

static void trial_init(Trial *trial, const FmLayer *layer, const FmSystems *systems)
{
    *trial = (Trial){
        .layer = layer,
        .systems = systems,
        .positions = g_array_new(FALSE, FALSE, sizeof(FmLonLat)),
        .targets = g_array_new(FALSE, FALSE, sizeof(gpointer)),
        .seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };
}

static void trial_add(Trial *trial, FmLonLat position, const FmGeometryIndex *target)
{
    if (!fm_position_is_set(position) || !target)
        return;
    char *key =
        g_strdup_printf("%.7f %.7f %p", position.lon_deg, position.lat_deg, (const void *)target);
    if (!g_hash_table_add(trial->seen, key))
        return;
    g_array_append_val(trial->positions, position);
    g_array_append_val(trial->targets, target);
}

void fm_evidence_free(FmEvidence *evidence)
{
    if (!evidence)
        return;
    g_free(evidence->reference);
    g_free(evidence->column);
    g_free(evidence->why);
    g_free(evidence);
}

static void free_element(gpointer evidence)
{
    fm_evidence_free(evidence);
}

/* Measures the trial under every system.  @return transfer full, NULL with too few positions */
static FmEvidence *trial_measure(const Trial *trial, FmEvidenceKind kind, const char *reference,
                                 const char *column)
{
    gsize n_all = trial->positions->len;
    if (n_all < LEAST_POSITIONS)
        return NULL;
    gsize n = MIN(n_all, MOST_POSITIONS);
    FmEvidence *evidence = g_new0(FmEvidence, 1);
    evidence->kind = kind;
    evidence->reference = g_strdup(reference);
    evidence->column = g_strdup(column);
    evidence->n = n;
    g_autofree double *misfits = g_new0(double, n *FM_N_SYSTEMS);
    double shift_m = INFINITY;
    for (guint s = 0; s < FM_N_SYSTEMS; s++) {
        evidence->usable[s] = fm_systems_usable(trial->systems, s);
        if (!evidence->usable[s])
            continue;
        g_autofree double *shifts = g_new(double, n);
        for (gsize i = 0; i < n; i++) {
            gsize at = i * n_all / n;
            FmLonLat stored = g_array_index(trial->positions, FmLonLat, at);
            FmLonLat position = fm_systems_position(trial->systems, s, stored);
            FmNeighbour nearest = {.distance_m = INFINITY};
            fm_geometry_index_nearest(g_array_index(trial->targets, FmGeometryIndex *, at),
                                      position, 1, INFINITY, &nearest, NULL);
            misfits[i * FM_N_SYSTEMS + s] = nearest.distance_m;
            shifts[i] = fm_geodesic_distance_m(stored, position);
        }
        if (s != trial->systems->loaded_as)
            shift_m = MIN(shift_m, fm_check_median(shifts, n));
    }
    fm_evidence_judge(evidence, misfits, shift_m);
    return evidence;
}

static void add_evidence(GPtrArray *all, FmEvidence *evidence)
{
    if (evidence)
        g_ptr_array_add(all, evidence);
}

/* ---- the road that a row names ---------------------------------------------------------- */

static void free_index(gpointer index)
{
    fm_geometry_index_free(index);
}

/* The index of all lines of one name, made when it is first needed. */
static const FmGeometryIndex *index_of(GHashTable *indexes, const FmLineSet *lines, const char *key)
{
    FmGeometryIndex *index = g_hash_table_lookup(indexes, key);
    if (index)
        return index;
    const GArray *rows = g_hash_table_lookup(lines->rows, key);
    g_autofree const FmGeometry **members = g_new(const FmGeometry *, rows->len);
    for (guint i = 0; i < rows->len; i++)
        members[i] = lines->geometries[g_array_index(rows, gsize, i)];
    index = fm_geometry_index_new(members, rows->len);
    g_hash_table_insert(indexes, g_strdup(key), index);
    return index;
}

static gboolean may_be_address(const FmLayer *layer, gsize column)
{
    return column != layer->id && column != layer->name_zh && column != layer->name_en &&
           fm_table_column_type(layer->table, column) == FM_COLUMN_TEXT;
}

/* The text column that names most lines; FM_COLUMN_NONE when none names any. */
static gsize find_address(const FmLayer *layer, const FmLineSet *lines)
{
    enum { SAMPLE = 300 };
    gsize best = FM_COLUMN_NONE, n_best = 0;
    gsize step = MAX(layer->n / SAMPLE, 1);
    if (g_hash_table_size(lines->rows) == 0)
        return FM_COLUMN_NONE;
    for (gsize c = 0; c < fm_table_n_columns(layer->table); c++) {
        gsize n = 0;
        for (gsize row = 0; may_be_address(layer, c) && row < layer->n; row += step) {
            const char *text = fm_table_text(layer->table, c, row);
            n += text && fm_line_set_named_in(lines, text);
        }
        if (n > n_best) {
            n_best = n;
            best = c;
        }
    }
    return best;
}

static FmEvidence *by_named_line(const FmLayer *layer, const FmSystems *systems,
                                 const FmLineSet *lines)
{
    gsize column = find_address(layer, lines);
    if (column == FM_COLUMN_NONE)
        return NULL;
    g_autoptr(GHashTable) indexes =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_index);
    g_auto(Trial) trial = {0};
    trial_init(&trial, layer, systems);
    for (gsize row = 0; row < layer->n; row++) {
        const char *text = fm_table_text(layer->table, column, row);
        const char *name = text && fm_position_is_set(layer->positions[row])
                               ? fm_line_set_named_in(lines, text)
                               : NULL;
        if (name)
            trial_add(&trial, layer->positions[row], index_of(indexes, lines, name));
    }
    return trial_measure(&trial, FM_EVIDENCE_NAMED_LINE, lines->name,
                         fm_table_column_name(layer->table, column));
}

/* ---- the feature of the same name ------------------------------------------------------- */

static FmEvidence *by_name(const FmLayer *layer, const FmSystems *systems, const FmLineSet *points)
{
    g_autoptr(GHashTable) indexes =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_index);
    g_auto(Trial) trial = {0};
    trial_init(&trial, layer, systems);
    for (gsize row = 0; row < layer->n; row++) {
        const char *name = fm_layer_name_of(layer, row);
        g_autofree char *key = name ? fm_text_fold(name) : NULL;
        const GArray *rows = key ? g_hash_table_lookup(points->rows, key) : NULL;
        if (rows && rows->len == 1) /* namesakes prove nothing */
            trial_add(&trial, layer->positions[row], index_of(indexes, points, key));
    }
    return trial_measure(&trial, FM_EVIDENCE_SAME_NAME, points->name, "name");
}

/* A polygon's rings as lines: its border. */
static FmGeometry *border_of(const FmGeometry *polygon)
{
    g_autofree gsize *part_end = g_new(gsize, polygon->n_paths);
    for (gsize i = 0; i < polygon->n_paths; i++)
        part_end[i] = i + 1;
    FmGeometry border = *polygon;
    border.type = FM_GEOMETRY_MULTILINESTRING;
    border.n_parts = polygon->n_paths;
    border.part_end = part_end;
    return fm_geometry_copy(&border);
}

/* Vertices of one polygon, evenly spread, against a border. */
static void add_vertices(Trial *trial, const FmGeometry *geometry, const FmGeometryIndex *index)
{
    gsize step = MAX(geometry->n_points / (MOST_POSITIONS / 10), 1);
    for (gsize i = 0; i < geometry->n_points; i += step)
        trial_add(trial, geometry->points[i], index);
}

/* Vertices of polygons against the border of the reference area of the same name. */
static FmEvidence *by_own_border(const FmLayer *layer, const FmSystems *systems,
                                 const FmAreaSet *areas)
{
    g_autoptr(GHashTable) indexes =
        g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, free_index);
    g_auto(Trial) trial = {0};
    trial_init(&trial, layer, systems);
    for (gsize row = 0; row < layer->n; row++) {
        const FmGeometry *geometry = fm_table_geometry(layer->table, row);
        const char *name = fm_layer_name_of(layer, row);
        g_autofree char *key = name ? fm_text_fold(name) : NULL;
        gsize area = key ? GPOINTER_TO_SIZE(g_hash_table_lookup(areas->rows, key)) : 0;
        if (!geometry || area == 0 || !areas->geometries[area - 1])
            continue;
        g_autoptr(FmGeometry) border = border_of(areas->geometries[area - 1]);
        const FmGeometry *members[] = {border};
        FmGeometryIndex *index = fm_geometry_index_new(members, 1);
        g_hash_table_insert(indexes, index, index);
        add_vertices(&trial, geometry, index);
    }
    return trial_measure(&trial, FM_EVIDENCE_SAME_NAME, areas->name, "name");
}

/* Vertices of polygons against the nearest border: an outline and the areas inside it share some.
 */
static FmEvidence *by_any_border(const FmLayer *layer, const FmSystems *systems,
                                 const FmAreaSet *areas)
{
    g_autofree FmGeometry **borders = g_new0(FmGeometry *, areas->n);
    for (gsize i = 0; i < areas->n; i++)
        borders[i] = areas->geometries[i] ? border_of(areas->geometries[i]) : NULL;
    g_autoptr(FmGeometryIndex) index =
        fm_geometry_index_new((const FmGeometry *const *)borders, areas->n);
    g_auto(Trial) trial = {0};
    trial_init(&trial, layer, systems);
    for (gsize row = 0; row < layer->n; row++)
        if (fm_table_geometry(layer->table, row))
            add_vertices(&trial, fm_table_geometry(layer->table, row), index);
    for (gsize i = 0; i < areas->n; i++)
        fm_geometry_free(borders[i]);
    return trial_measure(&trial, FM_EVIDENCE_NEAREST, areas->name, NULL);
}

static FmEvidence *by_border(const FmLayer *layer, const FmSystems *systems, const FmAreaSet *areas)
{
    FmEvidence *evidence = by_own_border(layer, systems, areas);
    return evidence ? evidence : by_any_border(layer, systems, areas);
}

/* ---- the area that a row states --------------------------------------------------------- */

static FmEvidence *by_area(const FmLayer *layer, const FmSystems *systems, const FmAreaSet *areas)
{
    g_auto(FmStated) stated = {0};
    fm_stated_find(areas, layer, &stated);
    if (stated.column == FM_COLUMN_NONE)
        return NULL;
    g_auto(Trial) trial = {0};
    trial_init(&trial, layer, systems);
    for (gsize row = 0; row < layer->n; row++) {
        gsize area = stated.area_of[row];
        if (area != G_MAXSIZE)
            trial_add(&trial, layer->positions[row], areas->each[area]);
    }
    return trial_measure(&trial, FM_EVIDENCE_STATED_AREA, areas->name,
                         fm_table_column_name(layer->table, stated.column));
}

/* ---- the nearest feature ---------------------------------------------------------------- */

static FmEvidence *by_nearest(const FmLayer *layer, const FmSystems *systems,
                              const FmLineSet *lines)
{
    g_auto(Trial) trial = {0};
    trial_init(&trial, layer, systems);
    gsize n_points = 0;
    for (gsize row = 0; row < layer->n; row++) {
        const FmGeometry *geometry = fm_table_geometry(layer->table, row);
        n_points += geometry ? geometry->n_points : 0;
    }
    gsize step = MAX(n_points / ((gsize)4 * MOST_POSITIONS), 1), at = 0;
    for (gsize row = 0; row < layer->n; row++) {
        const FmGeometry *geometry = fm_table_geometry(layer->table, row);
        for (gsize i = 0; geometry && i < geometry->n_points; i++, at++)
            if (at % step == 0 &&
                fm_systems_keep_inside(systems, lines->extent, EDGE_DEG, geometry->points[i]))
                trial_add(&trial, geometry->points[i], lines->index);
    }
    return trial_measure(&trial, FM_EVIDENCE_NEAREST, lines->name, NULL);
}

GPtrArray *fm_evidence_collect(const FmLayer *layer, const FmSystems *systems,
                               const FmReferences *references)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(free_element);
    if (references->lines && layer->dimension != 2)
        add_evidence(all, by_named_line(layer, systems, references->lines));
    if (references->points)
        add_evidence(all, by_name(layer, systems, references->points));
    if (references->areas && layer->dimension == 2)
        add_evidence(all, by_border(layer, systems, references->areas));
    if (references->areas && layer->dimension == 0)
        add_evidence(all, by_area(layer, systems, references->areas));
    if (references->lines)
        add_evidence(all, by_nearest(layer, systems, references->lines));
    if (references->lines && layer->dimension == 0)
        add_evidence(all, fm_evidence_by_pattern(layer, systems, references->lines));
    if (references->points)
        add_evidence(all, by_nearest(layer, systems, references->points));
    return all;
}
