/* The result layers of proximity. */
#include "proximity-internal.h"

#include <math.h>

/* Nearer than this, two positions are one: far below what coordinates mean, far above the rounding
 * of a position on a line.  Such a pair has no direction. */
static const double same_position_m = 1e-6;

/* Above this length a straight segment on a map leaves the geodesic visibly. */
static const double max_segment_m = 50000;

FmGeometry *fm_geodesic_line(FmLonLat a, FmLonLat b)
{
    double bearing_deg = 0;
    double distance_m = fm_geodesic_inverse(a, b, &bearing_deg);
    gsize n_segments = (gsize)fmax(ceil(distance_m / max_segment_m), 1);
    g_autofree FmLonLat *points = g_new(FmLonLat, n_segments + 1);
    points[0] = a;
    for (gsize i = 1; i < n_segments; i++)
        points[i] = fm_geodesic_direct(a, bearing_deg, distance_m * (double)i / (double)n_segments);
    points[n_segments] = b;
    return fm_geometry_new_path(FM_GEOMETRY_LINESTRING, points, n_segments + 1);
}

/* ---- NAME: one row a pair ---------------------------------------------------------------- */

enum {
    P_FROM,
    P_TO,
    P_FROM_ZH,
    P_FROM_EN,
    P_TO_ZH,
    P_TO_EN,
    P_RANK,
    P_DISTANCE,
    P_BEARING,
    P_REASON,
};

static gsize put_from(const FmProximity *proximity, FmTable *table, gsize from_row)
{
    g_autofree char *id = fm_features_dup_id(proximity->from, from_row);
    gsize row = fm_table_append_row(table);
    fm_table_set_text(table, P_FROM, row, id);
    fm_features_put_names(proximity->from, from_row, table, P_FROM_ZH, P_FROM_EN, row);
    return row;
}

static void put_pair(const FmProximity *proximity, FmTable *table, const FmPair *pair)
{
    FmLonLat origin = proximity->origins->positions[pair->from];
    g_autofree char *id = fm_features_dup_id(proximity->to, pair->to);
    gsize row = put_from(proximity, table, proximity->origins->rows[pair->from]);
    fm_table_set_text(table, P_TO, row, id);
    fm_features_put_names(proximity->to, pair->to, table, P_TO_ZH, P_TO_EN, row);
    fm_table_set_integer(table, P_RANK, row, (gint64)pair->rank);
    fm_table_set_real(table, P_DISTANCE, row, pair->distance_m);
    if (pair->distance_m > same_position_m) {
        double bearing_deg = 0;
        fm_geodesic_inverse(origin, pair->position, &bearing_deg);
        fm_table_set_real(table, P_BEARING, row, bearing_deg);
        fm_table_set_geometry(table, row, fm_geodesic_line(origin, pair->position));
        return;
    }
    gboolean area = fm_geometry_dimension(proximity->to->geometries[pair->to]) == 2;
    fm_table_set_text(table, P_REASON, row, area ? "inside" : "same position");
}

static char *none_in_reach(const FmProximity *proximity)
{
    const FmLimit *within = proximity->options->within;
    return within ? g_strdup_printf("none within %s", within->text) : g_strdup("no other");
}

static FmTable *make_main(const FmProximity *proximity)
{
    static const FmColumnSpec specs[] = {
        {"from_id", FM_COLUMN_TEXT, "From", "起点编号", NULL},
        {"to_id", FM_COLUMN_TEXT, "To", "终点编号", NULL},
        {"from_name_zh", FM_COLUMN_TEXT, "From (Chinese)", "起点中文名称", NULL},
        {"from_name_en", FM_COLUMN_TEXT, "From (English)", "起点英文名称", NULL},
        {"to_name_zh", FM_COLUMN_TEXT, "To (Chinese)", "终点中文名称", NULL},
        {"to_name_en", FM_COLUMN_TEXT, "To (English)", "终点英文名称", NULL},
        {"rank", FM_COLUMN_INTEGER, "Rank by distance", "距离排序", NULL},
        {"distance_m", FM_COLUMN_REAL, "Distance", "距离", "m"},
        {"bearing_deg", FM_COLUMN_REAL, "Bearing", "方位角", "deg"},
        {"reason", FM_COLUMN_TEXT, "Why there is no line", "无连线的原因", NULL},
    };
    FmTable *table = fm_table_new(FM_GEOMETRY_LINESTRING);
    fm_table_add_columns(table, specs, G_N_ELEMENTS(specs));
    g_autofree char *none = none_in_reach(proximity);
    const FmOrigins *origins = proximity->origins;
    gsize origin = 0;
    guint next = 0;
    for (gsize from_row = 0; from_row < proximity->from->n; from_row++) {
        if (!proximity->from->geometries[from_row]) {
            gsize row = put_from(proximity, table, from_row);
            fm_table_set_text(table, P_REASON, row, "no position");
            continue;
        }
        guint first = next;
        for (; next < proximity->pairs->len; next++) {
            const FmPair *pair = &g_array_index(proximity->pairs, FmPair, next);
            if (pair->from != origin)
                break;
            put_pair(proximity, table, pair);
        }
        if (next == first)
            fm_table_set_text(table, P_REASON, put_from(proximity, table, origins->rows[origin]),
                              none);
        origin++;
    }
    return table;
}

/* ---- NAME_by_AREA: one row an area ------------------------------------------------------- */

static FmTable *make_by_area(const FmProximity *proximity)
{
    enum { ID, NAME_ZH, NAME_EN, N, WITHOUT, MEDIAN, P90, MEAN };
    gboolean weighted = proximity->weights->column != NULL;
    const FmColumnSpec specs[] = {
        {"area_id", FM_COLUMN_TEXT, "Area", "分区编号", NULL},
        {"name_zh", FM_COLUMN_TEXT, "Name (Chinese)", "中文名称", NULL},
        {"name_en", FM_COLUMN_TEXT, "Name (English)", "英文名称", NULL},
        {"n", FM_COLUMN_INTEGER, "Origins with a target in reach", "有可达目标的起点数", NULL},
        {"n_without", FM_COLUMN_INTEGER, "Origins with none in reach", "无可达目标的起点数", NULL},
        {"median", FM_COLUMN_REAL, "Median distance to the nearest", "最近距离中位数", "m"},
        {"p90", FM_COLUMN_REAL, "90th percentile of the distance to the nearest",
         "最近距离第90百分位数", "m"},
        {"mean_weighted", FM_COLUMN_REAL,
         weighted ? "Mean distance to the nearest, weighted by people"
                  : "Mean distance to the nearest, unweighted",
         weighted ? "人口加权平均最近距离" : "平均最近距离（未加权）", "m"},
    };
    const FmFeatures *areas = proximity->areas->features;
    FmTable *table = fm_table_new(fm_table_geometry_type(areas->table));
    fm_table_add_columns(table, specs, G_N_ELEMENTS(specs));
    for (gsize area = 0; area < areas->n; area++) {
        const FmNearestFigures *figures = &proximity->by_area[area];
        g_autofree char *id = fm_features_dup_id(areas, area);
        gsize row = fm_table_append_row(table);
        fm_table_set_text(table, ID, row, id);
        fm_features_put_names(areas, area, table, NAME_ZH, NAME_EN, row);
        fm_table_set_integer(table, N, row, (gint64)figures->n);
        fm_table_set_integer(table, WITHOUT, row, (gint64)figures->n_without);
        fm_table_set_real(table, MEDIAN, row, figures->median_m);
        fm_table_set_real(table, P90, row, figures->p90_m);
        fm_table_set_real(table, MEAN, row, figures->mean_m);
        if (areas->geometries[area])
            fm_table_set_geometry(table, row, fm_geometry_copy(areas->geometries[area]));
    }
    return table;
}

/* ---- titles ------------------------------------------------------------------------------ */

static char *title_en(const FmProximity *proximity, const char *from, const char *to)
{
    const FmProximityOptions *options = proximity->options;
    g_autofree char *limit = options->within ? fm_limit_title(options->within, FM_LANG_EN) : NULL;
    const char *joint = limit ? " within " : "", *end = limit ? limit : "";
    if (options->matrix)
        return g_strdup_printf("Distances from %s to %s%s%s", from, to, joint, end);
    if (options->k == 0)
        return g_strdup_printf("%s within %s of %s", from, end, to);
    if (options->k == 1)
        return g_strdup_printf("From %s to the nearest of %s%s%s", from, to, joint, end);
    return g_strdup_printf("From %s to the %" G_GSIZE_FORMAT " nearest of %s%s%s", from, options->k,
                           to, joint, end);
}

static char *title_zh(const FmProximity *proximity, const char *from, const char *to)
{
    const FmProximityOptions *options = proximity->options;
    g_autofree char *limit = options->within ? fm_limit_title(options->within, FM_LANG_ZH) : NULL;
    g_autofree char *end = limit ? g_strdup_printf("（%s内）", limit) : g_strdup("");
    if (options->matrix)
        return g_strdup_printf("%s到%s的距离%s", from, to, end);
    if (options->k == 0)
        return g_strdup_printf("%s %s范围内的%s", to, limit, from);
    if (options->k == 1)
        return g_strdup_printf("%s到最近的%s%s", from, to, end);
    return g_strdup_printf("%s到最近 %" G_GSIZE_FORMAT " 个%s%s", from, options->k, to, end);
}

void fm_proximity_make_layers(const FmProximity *proximity, FmResult *result)
{
    const FmFeatures *from = proximity->from, *to = proximity->to;
    fm_result_add_layer(result, "", title_en(proximity, from->title_en, to->title_en),
                        title_zh(proximity, from->title_zh, to->title_zh), make_main(proximity));
    if (!proximity->areas)
        return;
    const FmFeatures *areas = proximity->areas->features;
    g_autofree char *suffix = g_strconcat("_by_", proximity->options->by, NULL);
    fm_result_add_layer(result, suffix,
                        g_strdup_printf("Distance from %s to the nearest of %s, by area: %s",
                                        from->title_en, to->title_en, areas->title_en),
                        g_strdup_printf("%s到最近的%s的距离（分区：%s）", from->title_zh,
                                        to->title_zh, areas->title_zh),
                        make_by_area(proximity));
}
