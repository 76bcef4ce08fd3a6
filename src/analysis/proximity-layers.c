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
    P_COST,
    P_BEARING,
    P_ROUTE,
    P_ACCESS,
    P_EGRESS,
    P_REASON,
    P_N,
};

/* The table, and where its columns are; some are there only along roads, or only in straight
 * lines. */
typedef struct {
    FmTable *table;
    gsize columns[P_N];
} Main;

static gsize put_from(const FmProximity *proximity, FmTable *table, gsize from_row)
{
    g_autofree char *id = fm_features_dup_id(proximity->from, from_row);
    gsize row = fm_table_append_row(table);
    fm_table_set_text(table, P_FROM, row, id);
    fm_features_put_names(proximity->from, from_row, table, P_FROM_ZH, P_FROM_EN, row);
    return row;
}

/* From the origin to where the target is, straight.  @return FALSE when they are one position */
static gboolean put_straight(const Main *main, gsize row, FmLonLat from, FmLonLat to)
{
    double bearing_deg = 0;
    if (fm_geodesic_inverse(from, to, &bearing_deg) <= same_position_m)
        return FALSE;
    if (main->columns[P_BEARING] != FM_COLUMN_NONE)
        fm_table_set_real(main->table, main->columns[P_BEARING], row, bearing_deg);
    fm_table_set_geometry(main->table, row, fm_geodesic_line(from, to));
    return TRUE;
}

static void put_way(const Main *main, gsize row, const FmPairWay *way)
{
    fm_table_set_real(main->table, main->columns[P_ACCESS], row, way->access_m);
    fm_table_set_real(main->table, main->columns[P_EGRESS], row, way->egress_m);
    if (main->columns[P_ROUTE] != FM_COLUMN_NONE)
        fm_table_set_real(main->table, main->columns[P_ROUTE], row, way->length_m);
    if (way->line)
        fm_table_set_geometry(main->table, row, fm_geometry_copy(way->line));
}

static void put_pair(const FmProximity *proximity, const Main *main, guint p)
{
    const FmPair *pair = &g_array_index(proximity->pairs, FmPair, p);
    const FmPairWay *way =
        proximity->ways ? &g_array_index(proximity->pair_ways, FmPairWay, p) : NULL;
    FmTable *table = main->table;
    FmLonLat origin = proximity->origins->positions[pair->from];
    g_autofree char *id = fm_features_dup_id(proximity->to, pair->to);
    gsize row = put_from(proximity, table, proximity->origins->rows[pair->from]);
    fm_table_set_text(table, P_TO, row, id);
    fm_features_put_names(proximity->to, pair->to, table, P_TO_ZH, P_TO_EN, row);
    fm_table_set_integer(table, P_RANK, row, (gint64)pair->rank);
    fm_table_set_real(table, P_COST, row, pair->cost);
    if (way)
        put_way(main, row, way);
    if ((way && way->line) || put_straight(main, row, origin, pair->position))
        return;
    gboolean area = !way && fm_geometry_dimension(proximity->to->geometries[pair->to]) == 2;
    fm_table_set_text(table, main->columns[P_REASON], row, area ? "inside" : "same position");
}

/* Why an origin has no pair. */
static char *none_in_reach(const FmProximity *proximity, gsize origin)
{
    const FmLimit *within = proximity->options->within;
    const FmPlaces *places = proximity->from_places;
    if (!within && proximity->self && proximity->to->n == 1 && proximity->self[origin] == 0)
        return g_strdup("no other");
    if (proximity->costs && proximity->costs->first[origin] == proximity->costs->first[origin + 1])
        return fm_costs_reason(proximity->costs);
    if (places && (!within || places->first[origin] == places->first[origin + 1]))
        return fm_ways_reason(proximity->ways, places, origin);
    return within ? g_strdup_printf("none within %s", within->text) : g_strdup("no other");
}

static Main main_new(const FmProximity *proximity)
{
    gboolean time = proximity->kind == FM_LIMIT_TIME, ways = proximity->ways != NULL;
    const FmColumnSpec specs[P_N] = {
        {"from_id", FM_COLUMN_TEXT, "From", "起点编号", NULL},
        {"to_id", FM_COLUMN_TEXT, "To", "终点编号", NULL},
        {"from_name_zh", FM_COLUMN_TEXT, "From (Chinese)", "起点中文名称", NULL},
        {"from_name_en", FM_COLUMN_TEXT, "From (English)", "起点英文名称", NULL},
        {"to_name_zh", FM_COLUMN_TEXT, "To (Chinese)", "终点中文名称", NULL},
        {"to_name_en", FM_COLUMN_TEXT, "To (English)", "终点英文名称", NULL},
        {"rank", FM_COLUMN_INTEGER, time ? "Rank by time" : "Rank by distance",
         time ? "时间排序" : "距离排序", NULL},
        {time ? "time_s" : "distance_m", FM_COLUMN_REAL,
         time   ? "Travel time"
         : ways ? "Distance by road"
                : "Distance",
         time   ? "出行时间"
         : ways ? "路网距离"
                : "距离",
         time ? "s" : "m"},
        {ways ? NULL : "bearing_deg", FM_COLUMN_REAL, "Bearing", "方位角", "deg"},
        {proximity->options->routes ? "route_m" : NULL, FM_COLUMN_REAL, "Length of the way",
         "路线长度", "m"},
        {ways ? "access_m" : NULL, FM_COLUMN_REAL, "From the start to the road", "起点到道路的距离",
         "m"},
        {ways ? "egress_m" : NULL, FM_COLUMN_REAL, "From the road to the end", "道路到终点的距离",
         "m"},
        {"reason", FM_COLUMN_TEXT, "Why there is no line", "无连线的原因", NULL},
    };
    Main main = {.table = fm_table_new(FM_GEOMETRY_LINESTRING)};
    fm_table_add_some(main.table, specs, P_N, main.columns);
    return main;
}

static FmTable *make_main(const FmProximity *proximity)
{
    const Main main = main_new(proximity);
    FmTable *table = main.table;
    const FmOrigins *origins = proximity->origins;
    gsize origin = 0;
    guint next = 0;
    for (gsize from_row = 0; from_row < proximity->from->n; from_row++) {
        if (!proximity->from->geometries[from_row]) {
            gsize row = put_from(proximity, table, from_row);
            fm_table_set_text(table, main.columns[P_REASON], row, "no position");
            continue;
        }
        guint first = next;
        for (; next < proximity->pairs->len; next++) {
            const FmPair *pair = &g_array_index(proximity->pairs, FmPair, next);
            if (pair->from != origin)
                break;
            put_pair(proximity, &main, next);
        }
        if (next == first) {
            g_autofree char *none = none_in_reach(proximity, origin);
            gsize row = put_from(proximity, table, origins->rows[origin]);
            fm_table_set_text(table, main.columns[P_REASON], row, none);
        }
        origin++;
    }
    return table;
}

/* ---- NAME_by_AREA: one row an area ------------------------------------------------------- */

static const char *mean_title_en(gboolean time, gboolean weighted)
{
    if (time)
        return weighted ? "Mean time to the nearest, weighted by people"
                        : "Mean time to the nearest, unweighted";
    return weighted ? "Mean distance to the nearest, weighted by people"
                    : "Mean distance to the nearest, unweighted";
}

static const char *mean_title_zh(gboolean time, gboolean weighted)
{
    if (time)
        return weighted ? "人口加权平均最短时间" : "平均最短时间（未加权）";
    return weighted ? "人口加权平均最近距离" : "平均最近距离（未加权）";
}

static FmTable *make_by_area(const FmProximity *proximity)
{
    enum { ID, NAME_ZH, NAME_EN, N, WITHOUT, MEDIAN, P90, MEAN };
    gboolean weighted = proximity->weights->column != NULL;
    gboolean time = proximity->kind == FM_LIMIT_TIME;
    const char *unit = time ? "s" : "m";
    const FmColumnSpec specs[] = {
        {"area_id", FM_COLUMN_TEXT, "Area", "分区编号", NULL},
        {"name_zh", FM_COLUMN_TEXT, "Name (Chinese)", "中文名称", NULL},
        {"name_en", FM_COLUMN_TEXT, "Name (English)", "英文名称", NULL},
        {"n", FM_COLUMN_INTEGER, "Origins with a target in reach", "有可达目标的起点数", NULL},
        {"n_without", FM_COLUMN_INTEGER, "Origins with none in reach", "无可达目标的起点数", NULL},
        {"median", FM_COLUMN_REAL,
         time ? "Median time to the nearest" : "Median distance to the nearest",
         time ? "最短时间中位数" : "最近距离中位数", unit},
        {"p90", FM_COLUMN_REAL,
         time ? "90th percentile of the time to the nearest"
              : "90th percentile of the distance to the nearest",
         time ? "最短时间第90百分位数" : "最近距离第90百分位数", unit},
        {"mean_weighted", FM_COLUMN_REAL, mean_title_en(time, weighted),
         mean_title_zh(time, weighted), unit},
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
        fm_table_set_real(table, MEDIAN, row, figures->median);
        fm_table_set_real(table, P90, row, figures->p90);
        fm_table_set_real(table, MEAN, row, figures->mean);
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
    char *en = fm_title_with_way(title_en(proximity, from->title_en, to->title_en), proximity->ways,
                                 proximity->costs, FM_LANG_EN);
    char *zh = fm_title_with_way(title_zh(proximity, from->title_zh, to->title_zh), proximity->ways,
                                 proximity->costs, FM_LANG_ZH);
    fm_result_add_layer(result, "", en, zh, make_main(proximity));
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
