/* The result layers of coverage. */
#include "coverage-internal.h"
#include "demand.h"

static void put_limit(const FmCoverage *coverage, FmTable *table, gsize text, gsize number,
                      gsize row, gsize limit)
{
    fm_table_set_text(table, text, row, coverage->options->limits[limit].text);
    fm_table_set_real(table, number, row, coverage->limits[limit]);
}

/* The limit as a number. */
static FmColumnSpec limit_column(const FmCoverage *coverage)
{
    return coverage->kind == FM_LIMIT_TIME
               ? (FmColumnSpec){"within_s", FM_COLUMN_REAL, "Time", "时间", "s"}
               : (FmColumnSpec){"within_m", FM_COLUMN_REAL, "Distance", "距离", "m"};
}

static FmColumnSpec cost_column(const FmCoverage *coverage)
{
    if (coverage->kind == FM_LIMIT_TIME)
        return (FmColumnSpec){"time_s", FM_COLUMN_REAL, "Travel time to the nearest",
                              "到最近设施的时间", "s"};
    if (coverage->ways)
        return (FmColumnSpec){"distance_m", FM_COLUMN_REAL, "Distance by road to the nearest",
                              "到最近设施的路网距离", "m"};
    return (FmColumnSpec){"distance_m", FM_COLUMN_REAL, "Distance to the nearest",
                          "到最近设施的距离", "m"};
}

/* ---- NAME: one row a distance ------------------------------------------------------------ */

static FmTable *make_main(FmCoverage *coverage)
{
    enum { WITHIN, LIMIT, PEOPLE, SHARE, AREA };
    const FmColumnSpec specs[] = {
        {"within", FM_COLUMN_TEXT, "Within", "范围", NULL},
        limit_column(coverage),
        {"people", FM_COLUMN_REAL, "People within reach", "覆盖人口", "people"},
        {"people_share", FM_COLUMN_REAL, "Share of all people", "覆盖人口比例", "ratio"},
        {"area_m2", FM_COLUMN_REAL,
         coverage->areas ? "Area within reach, inside the areas" : "Area within reach",
         coverage->areas ? "分区内覆盖面积" : "覆盖面积", "m2"},
    };
    gboolean drawn = fm_coverage_is_drawn(coverage);
    FmGeometryType type = FM_GEOMETRY_POLYGON;
    for (gsize l = 0; l < coverage->n_limits; l++)
        if (coverage->reach[l])
            type = fm_geometry_type_union(type, coverage->reach[l]->type);
    FmTable *table = fm_table_new(type);
    fm_table_add_columns(table, specs, G_N_ELEMENTS(specs));
    for (gsize l = 0; l < coverage->n_limits; l++) {
        gsize row = fm_table_append_row(table);
        put_limit(coverage, table, WITHIN, LIMIT, row, l);
        fm_table_set_real(table, PEOPLE, row, coverage->covered[l]);
        fm_table_set_real(table, SHARE, row, coverage->covered[l] / coverage->weights->total);
        if (drawn)
            fm_table_set_real(table, AREA, row, coverage->reach_areas_m2[l]);
        fm_table_set_geometry(table, row, g_steal_pointer(&coverage->reach[l]));
    }
    return table;
}

/* ---- NAME_demand: one row a demand row --------------------------------------------------- */

enum { D_N_WITHIN = FM_DEMAND_N_COLUMNS, D_WITHIN, D_NEAREST, D_COST, D_REASON, D_ACCESS, D_AREA };

/* The way of an origin: its leg to the road, or why there is none. */
static void put_way(const FmCoverage *coverage, FmTable *table, gsize access, gsize row,
                    gsize origin)
{
    gsize first = coverage->homes->first[origin];
    if (first < coverage->homes->first[origin + 1])
        fm_table_set_real(table, access, row, coverage->homes->entrances[first].access_m);
    if (coverage->nearest[origin].index != G_MAXSIZE)
        return;
    g_autofree char *reason = fm_ways_reason(coverage->ways, coverage->homes, origin);
    fm_table_set_text(table, D_REASON, row, reason);
}

static void put_demand(const FmCoverage *coverage, FmTable *table, const gsize *columns, gsize row,
                       gsize origin)
{
    gsize n_limits = coverage->n_limits;
    const guint32 *n_within = coverage->n_within + origin * n_limits;
    FmCheapest nearest = coverage->nearest[origin];
    fm_table_set_integer(table, D_N_WITHIN, row, n_within[n_limits - 1]);
    if (nearest.index != G_MAXSIZE) {
        g_autofree char *id = fm_features_dup_id(coverage->of, nearest.index);
        fm_table_set_text(table, D_NEAREST, row, id);
        fm_table_set_real(table, D_COST, row, nearest.cost);
    }
    if (coverage->ways)
        put_way(coverage, table, columns[D_ACCESS], row, origin);
    if (coverage->costs && nearest.index == G_MAXSIZE) {
        g_autofree char *reason = fm_costs_reason(coverage->costs);
        fm_table_set_text(table, D_REASON, row, reason);
    }
    for (gsize l = 0; l < n_limits; l++) {
        if (n_within[l] > 0) {
            fm_table_set_text(table, D_WITHIN, row, coverage->options->limits[l].text);
            break;
        }
    }
    if (!coverage->areas || coverage->area_of[origin] == G_MAXSIZE)
        return;
    g_autofree char *area =
        fm_features_dup_id(coverage->areas->features, coverage->area_of[origin]);
    fm_table_set_text(table, columns[D_AREA], row, area);
}

static FmTable *make_demand(const FmCoverage *coverage)
{
    const FmColumnSpec specs[] = {
        FM_DEMAND_COLUMNS,
        {"n_within", FM_COLUMN_INTEGER, "Facilities within the largest distance",
         "最大距离内设施数", NULL},
        {"within", FM_COLUMN_TEXT, "Smallest distance that reaches it", "最小覆盖范围", NULL},
        {"nearest_id", FM_COLUMN_TEXT, "Nearest facility", "最近设施编号", NULL},
        cost_column(coverage),
        {"reason", FM_COLUMN_TEXT, "Why there is no figure", "无数值的原因", NULL},
        {coverage->ways ? "access_m" : NULL, FM_COLUMN_REAL, "Distance to the road", "到道路的距离",
         "m"},
        {coverage->areas ? "area_id" : NULL, FM_COLUMN_TEXT, "Area", "分区编号", NULL},
    };
    const FmFeatures *demand = coverage->demand;
    FmTable *table = fm_table_new(fm_table_geometry_type(demand->table));
    gsize columns[G_N_ELEMENTS(specs)];
    fm_table_add_some(table, specs, G_N_ELEMENTS(specs), columns);
    gsize origin = 0;
    for (gsize row = 0; row < demand->n; row++)
        if (fm_demand_put_row(demand, coverage->weights, row, table, D_REASON))
            put_demand(coverage, table, columns, row, origin++);
    return table;
}

/* ---- NAME_facility: one row a facility and distance -------------------------------------- */

enum { F_ID, F_NAME_ZH, F_NAME_EN, F_WITHIN, F_LIMIT, F_PEOPLE, F_ONLY, F_AREA, F_REASON };

/* What it reaches, or the facility itself when no areas were drawn. */
static FmGeometry *facility_shape(FmCoverage *coverage, gsize facility, gsize i)
{
    return coverage->circles ? g_steal_pointer(&coverage->circles[i])
                             : fm_geometry_copy(coverage->of->geometries[facility]);
}

static void put_facility(FmCoverage *coverage, FmTable *table, gsize facility, gsize limit)
{
    gsize i = facility * coverage->n_limits + limit;
    g_autofree char *id = fm_features_dup_id(coverage->of, facility);
    gsize row = fm_table_append_row(table);
    fm_table_set_text(table, F_ID, row, id);
    fm_features_put_names(coverage->of, facility, table, F_NAME_ZH, F_NAME_EN, row);
    put_limit(coverage, table, F_WITHIN, F_LIMIT, row, limit);
    if (!coverage->of->geometries[facility]) {
        fm_table_set_text(table, F_REASON, row, "no position");
        return;
    }
    fm_table_set_real(table, F_PEOPLE, row, coverage->reached[i]);
    fm_table_set_real(table, F_ONLY, row, coverage->only[i]);
    if (coverage->circles)
        fm_table_set_real(table, F_AREA, row, coverage->circle_areas_m2[i]);
    fm_table_set_geometry(table, row, facility_shape(coverage, facility, i));
    if (coverage->ways &&
        coverage->facilities->first[facility] == coverage->facilities->first[facility + 1]) {
        g_autofree char *reason = fm_ways_reason(coverage->ways, coverage->facilities, facility);
        fm_table_set_text(table, F_REASON, row, reason);
    }
}

static FmTable *make_facility(FmCoverage *coverage)
{
    const FmColumnSpec specs[] = {
        {"facility_id", FM_COLUMN_TEXT, "Facility", "设施编号", NULL},
        {"name_zh", FM_COLUMN_TEXT, "Name (Chinese)", "中文名称", NULL},
        {"name_en", FM_COLUMN_TEXT, "Name (English)", "英文名称", NULL},
        {"within", FM_COLUMN_TEXT, "Within", "范围", NULL},
        limit_column(coverage),
        {"people", FM_COLUMN_REAL, "People within reach", "覆盖人口", "people"},
        {"people_only", FM_COLUMN_REAL, "People whom only this one reaches", "独家覆盖人口",
         "people"},
        {"area_m2", FM_COLUMN_REAL, "Area within reach", "覆盖面积", "m2"},
        {"reason", FM_COLUMN_TEXT, "Why there is no figure", "无数值的原因", NULL},
    };
    FmGeometryType type =
        coverage->circles ? FM_GEOMETRY_POLYGON : fm_table_geometry_type(coverage->of->table);
    for (gsize i = 0; coverage->circles && i < coverage->of->n * coverage->n_limits; i++)
        if (coverage->circles[i])
            type = fm_geometry_type_union(type, coverage->circles[i]->type);
    FmTable *table = fm_table_new(type);
    fm_table_add_columns(table, specs, G_N_ELEMENTS(specs));
    for (gsize f = 0; f < coverage->of->n; f++)
        for (gsize l = 0; l < coverage->n_limits; l++)
            put_facility(coverage, table, f, l);
    return table;
}

/* ---- NAME_by_AREA: one row an area and distance ------------------------------------------ */

enum { A_ID, A_NAME_ZH, A_NAME_EN, A_WITHIN, A_LIMIT, A_PEOPLE, A_COVERED, A_TWICE, A_SHARE };

static void put_area(const FmCoverage *coverage, FmTable *table, gsize area, gsize limit)
{
    const FmFeatures *features = coverage->areas->features;
    gsize i = area * coverage->n_limits + limit;
    double people = coverage->area_people[area];
    g_autofree char *id = fm_features_dup_id(features, area);
    gsize row = fm_table_append_row(table);
    fm_table_set_text(table, A_ID, row, id);
    fm_features_put_names(features, area, table, A_NAME_ZH, A_NAME_EN, row);
    put_limit(coverage, table, A_WITHIN, A_LIMIT, row, limit);
    fm_table_set_real(table, A_PEOPLE, row, people);
    fm_table_set_real(table, A_COVERED, row, coverage->area_covered[i]);
    fm_table_set_real(table, A_TWICE, row, coverage->area_twice[i]);
    if (people > 0)
        fm_table_set_real(table, A_SHARE, row, coverage->area_covered[i] / people);
    if (features->geometries[area])
        fm_table_set_geometry(table, row, fm_geometry_copy(features->geometries[area]));
}

static FmTable *make_by_area(const FmCoverage *coverage)
{
    const FmColumnSpec specs[] = {
        {"area_id", FM_COLUMN_TEXT, "Area", "分区编号", NULL},
        {"name_zh", FM_COLUMN_TEXT, "Name (Chinese)", "中文名称", NULL},
        {"name_en", FM_COLUMN_TEXT, "Name (English)", "英文名称", NULL},
        {"within", FM_COLUMN_TEXT, "Within", "范围", NULL},
        limit_column(coverage),
        {"people", FM_COLUMN_REAL, "People", "人口", "people"},
        {"people_covered", FM_COLUMN_REAL, "People within reach", "覆盖人口", "people"},
        {"people_twice", FM_COLUMN_REAL, "People within reach of two or more",
         "两处及以上设施覆盖人口", "people"},
        {"share", FM_COLUMN_REAL, "Share within reach", "覆盖比例", "ratio"},
    };
    const FmFeatures *features = coverage->areas->features;
    FmTable *table = fm_table_new(fm_table_geometry_type(features->table));
    fm_table_add_columns(table, specs, G_N_ELEMENTS(specs));
    for (gsize area = 0; area < features->n; area++)
        for (gsize l = 0; l < coverage->n_limits; l++)
            put_area(coverage, table, area, l);
    return table;
}

/* ---- NAME_roads: one row a limit ---------------------------------------------------------- */

static FmTable *make_roads(FmCoverage *coverage)
{
    enum { WITHIN, LIMIT };
    const FmColumnSpec specs[] = {
        {"within", FM_COLUMN_TEXT, "Within", "范围", NULL},
        limit_column(coverage),
    };
    FmTable *table = fm_table_new(FM_GEOMETRY_MULTILINESTRING);
    fm_table_add_columns(table, specs, G_N_ELEMENTS(specs));
    for (gsize l = 0; l < coverage->n_limits; l++) {
        gsize row = fm_table_append_row(table);
        put_limit(coverage, table, WITHIN, LIMIT, row, l);
        fm_table_set_geometry(table, row, g_steal_pointer(&coverage->roads[l]));
    }
    return table;
}

/* ---- all of them ------------------------------------------------------------------------- */

void fm_coverage_make_layers(FmCoverage *coverage, FmResult *result)
{
    const FmCoverageOptions *options = coverage->options;
    const FmFeatures *of = coverage->of, *demand = coverage->demand;
    g_autofree char *limits_en =
        fm_title_with_way(fm_limits_title(options->limits, options->n_limits, FM_LANG_EN),
                          coverage->ways, coverage->costs, FM_LANG_EN);
    g_autofree char *limits_zh =
        fm_title_with_way(fm_limits_title(options->limits, options->n_limits, FM_LANG_ZH),
                          coverage->ways, coverage->costs, FM_LANG_ZH);
    fm_result_add_layer(result, "",
                        g_strdup_printf("Coverage of %s within %s", of->title_en, limits_en),
                        g_strdup_printf("%s %s覆盖", of->title_zh, limits_zh), make_main(coverage));
    if (coverage->roads)
        fm_result_add_layer(
            result, "_roads", g_strdup_printf("Roads within %s of %s", limits_en, of->title_en),
            g_strdup_printf("%s %s可达道路", of->title_zh, limits_zh), make_roads(coverage));
    fm_result_add_layer(
        result, "_demand", g_strdup_printf("%s: nearest of %s", demand->title_en, of->title_en),
        g_strdup_printf("%s：最近的%s", demand->title_zh, of->title_zh), make_demand(coverage));
    fm_result_add_layer(result, "_facility",
                        g_strdup_printf("%s: reach of each within %s", of->title_en, limits_en),
                        g_strdup_printf("%s：单个设施 %s覆盖", of->title_zh, limits_zh),
                        make_facility(coverage));
    if (!coverage->areas)
        return;
    const FmFeatures *areas = coverage->areas->features;
    g_autofree char *suffix = g_strconcat("_by_", options->by, NULL);
    fm_result_add_layer(
        result, suffix,
        g_strdup_printf("Coverage of %s within %s, by area: %s", of->title_en, limits_en,
                        areas->title_en),
        g_strdup_printf("%s %s覆盖（分区：%s）", of->title_zh, limits_zh, areas->title_zh),
        make_by_area(coverage));
}
