/* The result layers of siting. */
#include "demand.h"
#include "proximity-internal.h"
#include "site-study.h"

#include <math.h>

/* Nearer than this, demand and site are one position, and no line is drawn. */
static const double same_position_m = 1e-6;

static FmColumnSpec cost_column(const FmSiteStudy *study)
{
    gboolean time = study->kind == FM_LIMIT_TIME;
    if (time)
        return (FmColumnSpec){"cost", FM_COLUMN_REAL, "Travel time to the site", "到选址点的时间",
                              "s"};
    return (FmColumnSpec){"cost", FM_COLUMN_REAL,
                          study->options->via ? "Distance by road to the site"
                                              : "Distance to the site",
                          study->options->via ? "到选址点的路网距离" : "到选址点的距离", "m"};
}

static const FmFeatures *features_of(const FmSiteStudy *study, gboolean fixed)
{
    return fixed ? study->of : study->candidates;
}

static char *dup_site_id(const FmSiteStudy *study, const FmServed *served)
{
    return fm_features_dup_id(features_of(study, served->fixed), served->row);
}

/* ---- NAME: what is chosen, and what is there ---------------------------------------------- */

enum { S_ID, S_ZH, S_EN, S_FIXED, S_PEOPLE, S_NEW, S_REASON };

/* Who goes to a site, and who of them had none before. */
typedef struct {
    double all, newly;
} SitePeople;

static void put_site(const FmSiteStudy *study, FmTable *table, gsize site_row, gboolean fixed,
                     const SitePeople *people)
{
    const FmFeatures *features = features_of(study, fixed);
    g_autofree char *id = fm_features_dup_id(features, site_row);
    gsize row = fm_table_append_row(table);
    fm_table_set_text(table, S_ID, row, id);
    fm_features_put_names(features, site_row, table, S_ZH, S_EN, row);
    fm_table_set_integer(table, S_FIXED, row, fixed);
    if (!features->geometries[site_row]) {
        fm_table_set_text(table, S_REASON, row, "no position");
        return;
    }
    fm_table_set_real(table, S_PEOPLE, row, people->all);
    fm_table_set_real(table, S_NEW, row, people->newly);
    fm_table_set_geometry(table, row, fm_geometry_copy(features->geometries[site_row]));
    const FmPlaces *places = fixed ? study->of_places : NULL;
    if (places && places->first[site_row] == places->first[site_row + 1]) {
        g_autofree char *reason = fm_ways_reason(study->ways, places, site_row);
        fm_table_set_text(table, S_REASON, row, reason);
    }
}

/* By row of the candidates, or of what is there. */
static SitePeople *people_by_row(const FmSiteStudy *study, gboolean fixed)
{
    SitePeople *people = g_new0(SitePeople, features_of(study, fixed)->n);
    for (gsize i = 0; i < study->origins->n; i++) {
        const FmServed *served = &study->served[i];
        if (!isfinite(served->cost) || served->fixed != fixed)
            continue;
        people[served->row].all += study->origin_weights[i];
        if (!isfinite(study->existing[i]))
            people[served->row].newly += study->origin_weights[i];
    }
    return people;
}

static FmTable *make_sites(const FmSiteStudy *study)
{
    const FmColumnSpec specs[] = {
        {"site_id", FM_COLUMN_TEXT, "Site", "选址点编号", NULL},
        {"name_zh", FM_COLUMN_TEXT, "Name (Chinese)", "中文名称", NULL},
        {"name_en", FM_COLUMN_TEXT, "Name (English)", "英文名称", NULL},
        {"fixed", FM_COLUMN_INTEGER, "There already", "现有设施", NULL},
        {"people", FM_COLUMN_REAL, "People who go there", "服务人口", "people"},
        {"people_new", FM_COLUMN_REAL, "Of them, people whom nothing served before",
         "其中新增服务人口", "people"},
        {"reason", FM_COLUMN_TEXT, "Why there is no figure", "无数值的原因", NULL},
    };
    FmGeometryType type = fm_table_geometry_type(study->candidates->table);
    if (study->of)
        type = fm_geometry_type_union(type, fm_table_geometry_type(study->of->table));
    FmTable *table = fm_table_new(type);
    fm_table_add_columns(table, specs, G_N_ELEMENTS(specs));
    g_autofree SitePeople *chosen = people_by_row(study, FALSE);
    for (gsize i = 0; i < study->solution->n; i++) {
        gsize row = study->sites->rows[study->solution->sites[i]];
        put_site(study, table, row, FALSE, &chosen[row]);
    }
    g_autofree SitePeople *fixed = study->of ? people_by_row(study, TRUE) : NULL;
    for (gsize row = 0; study->of && row < study->of->n; row++)
        put_site(study, table, row, TRUE, &fixed[row]);
    return table;
}

/* ---- NAME_demand: one row a demand row ---------------------------------------------------- */

enum { D_SITE = FM_DEMAND_N_COLUMNS, D_FIXED, D_COST, D_BEFORE, D_REASON };

static void put_demand(const FmSiteStudy *study, FmTable *table, gsize row, gsize origin)
{
    const FmServed *served = &study->served[origin];
    fm_table_set_real(table, D_BEFORE, row, study->existing[origin]);
    if (!isfinite(served->cost)) {
        g_autofree char *reason = fm_site_study_reason(study, origin);
        fm_table_set_text(table, D_REASON, row, reason);
        return;
    }
    g_autofree char *site = dup_site_id(study, served);
    fm_table_set_text(table, D_SITE, row, site);
    fm_table_set_integer(table, D_FIXED, row, served->fixed);
    fm_table_set_real(table, D_COST, row, served->cost);
}

static FmTable *make_demand(const FmSiteStudy *study)
{
    const FmColumnSpec specs[] = {
        FM_DEMAND_COLUMNS,
        {"site_id", FM_COLUMN_TEXT, "Site they go to", "前往的选址点", NULL},
        {"fixed", FM_COLUMN_INTEGER, "That is there already", "是否为现有设施", NULL},
        cost_column(study),
        {"cost_before", FM_COLUMN_REAL, "To the nearest that was there already", "到最近现有设施",
         study->kind == FM_LIMIT_TIME ? "s" : "m"},
        {"reason", FM_COLUMN_TEXT, "Why there is no figure", "无数值的原因", NULL},
    };
    const FmFeatures *demand = study->demand;
    FmTable *table = fm_table_new(fm_table_geometry_type(demand->table));
    fm_table_add_columns(table, specs, G_N_ELEMENTS(specs));
    gsize origin = 0;
    for (gsize row = 0; row < demand->n; row++)
        if (fm_demand_put_row(demand, study->weights, row, table, D_REASON))
            put_demand(study, table, row, origin++);
    return table;
}

/* ---- NAME_lines: from the demand to its site ---------------------------------------------- */

enum { L_DEMAND, L_SITE, L_FIXED, L_WEIGHT, L_COST };

static FmTable *make_lines(const FmSiteStudy *study)
{
    const FmColumnSpec specs[] = {
        {"demand_id", FM_COLUMN_TEXT, "Demand", "需求点编号", NULL},
        {"site_id", FM_COLUMN_TEXT, "Site they go to", "前往的选址点", NULL},
        {"fixed", FM_COLUMN_INTEGER, "That is there already", "是否为现有设施", NULL},
        {"weight", FM_COLUMN_REAL, "People", "人口", "people"},
        cost_column(study),
    };
    FmTable *table = fm_table_new(FM_GEOMETRY_LINESTRING);
    fm_table_add_columns(table, specs, G_N_ELEMENTS(specs));
    for (gsize i = 0; i < study->origins->n; i++) {
        const FmServed *served = &study->served[i];
        if (!isfinite(served->cost))
            continue;
        FmLonLat from = study->origins->positions[i], to = fm_site_study_position(study, i);
        if (fm_geodesic_distance_m(from, to) <= same_position_m)
            continue;
        g_autofree char *demand = fm_features_dup_id(study->demand, study->origins->rows[i]);
        g_autofree char *site = dup_site_id(study, served);
        gsize row = fm_table_append_row(table);
        fm_table_set_text(table, L_DEMAND, row, demand);
        fm_table_set_text(table, L_SITE, row, site);
        fm_table_set_integer(table, L_FIXED, row, served->fixed);
        fm_table_set_real(table, L_WEIGHT, row, study->origin_weights[i]);
        fm_table_set_real(table, L_COST, row, served->cost);
        fm_table_set_geometry(table, row, fm_geodesic_line(from, to));
    }
    return table;
}

/* ---- NAME_near: what nearly equal choices have in common ------------------------------------ */

static FmTable *make_near(const FmSiteStudy *study)
{
    enum { ID, NAME_ZH, NAME_EN, CHOSEN, CHOICES, SHARE };
    const FmColumnSpec specs[] = {
        {"site_id", FM_COLUMN_TEXT, "Site", "选址点编号", NULL},
        {"name_zh", FM_COLUMN_TEXT, "Name (Chinese)", "中文名称", NULL},
        {"name_en", FM_COLUMN_TEXT, "Name (English)", "英文名称", NULL},
        {"chosen", FM_COLUMN_INTEGER, "In the best choice", "是否入选最优方案", NULL},
        {"n_choices", FM_COLUMN_INTEGER, "Nearly equal choices with it", "入选的近优方案数", NULL},
        {"share", FM_COLUMN_REAL, "Share of nearly equal choices", "入选近优方案的比例", "ratio"},
    };
    const FmSiteSolution *solution = study->solution;
    const FmFeatures *candidates = study->candidates;
    FmTable *table = fm_table_new(fm_table_geometry_type(candidates->table));
    fm_table_add_columns(table, specs, G_N_ELEMENTS(specs));
    for (gsize i = 0; i < study->near->len; i++) {
        const FmSiteNear *near = &g_array_index(study->near, FmSiteNear, i);
        gsize of = study->sites->rows[near->site], row = fm_table_append_row(table);
        g_autofree char *id = fm_features_dup_id(candidates, of);
        fm_table_set_text(table, ID, row, id);
        fm_features_put_names(candidates, of, table, NAME_ZH, NAME_EN, row);
        fm_table_set_integer(table, CHOSEN, row, near->chosen);
        fm_table_set_integer(table, CHOICES, row, (gint64)near->n_choices);
        fm_table_set_real(table, SHARE, row, (double)near->n_choices / (double)solution->n_near);
        fm_table_set_geometry(table, row, fm_geometry_copy(candidates->geometries[of]));
    }
    return table;
}

/* ---- titles ------------------------------------------------------------------------------ */

/* What was asked, in words: "most people within 3 km". */
static char *aim(const FmSiteStudy *study, FmLang lang)
{
    const FmSiteOptions *options = study->options;
    gboolean zh = lang == FM_LANG_ZH;
    g_autofree char *limit = options->within ? fm_limit_title(options->within, lang) : NULL;
    switch (options->model) {
    case FM_SITE_MCLP:
        return g_strdup_printf(zh ? "%s内覆盖人口最多" : "most people within %s", limit);
    case FM_SITE_LSCP:
        return g_strdup_printf(zh ? "以最少选址点实现%s全覆盖" : "fewest sites for all within %s",
                               limit);
    case FM_SITE_PMEDIAN:
        return g_strdup(zh ? "总出行成本最小" : "least way in all");
    default:
        return g_strdup(zh ? "最远需求点最近" : "least longest way");
    }
}

void fm_site_study_make_layers(const FmSiteStudy *study, FmResult *result)
{
    const FmFeatures *sites = study->candidates, *demand = study->demand;
    g_autofree char *aim_en =
        fm_title_with_way(aim(study, FM_LANG_EN), study->ways, study->costs, FM_LANG_EN);
    g_autofree char *aim_zh =
        fm_title_with_way(aim(study, FM_LANG_ZH), study->ways, study->costs, FM_LANG_ZH);
    gsize n = study->solution->n;
    fm_result_add_layer(
        result, "",
        g_strdup_printf("%" G_GSIZE_FORMAT " %s of %s: %s", n, n == 1 ? "site" : "sites",
                        sites->title_en, aim_en),
        g_strdup_printf("%s中选址 %" G_GSIZE_FORMAT " 处：%s", sites->title_zh, n, aim_zh),
        make_sites(study));
    fm_result_add_layer(result, "_demand",
                        g_strdup_printf("%s: the site that serves them", demand->title_en),
                        g_strdup_printf("%s：对应的选址点", demand->title_zh), make_demand(study));
    fm_result_add_layer(result, "_lines",
                        g_strdup_printf("%s: to the site that serves them", demand->title_en),
                        g_strdup_printf("%s：到选址点的连线", demand->title_zh), make_lines(study));
    if (study->near)
        fm_result_add_layer(
            result, "_near", g_strdup_printf("%s: in nearly equal choices", sites->title_en),
            g_strdup_printf("%s：近优方案中的入选情况", sites->title_zh), make_near(study));
}
