/* Reading a selection: the rows of a layer that take part, their positions and their weights, as
 * the plain arrays that kernels want. */
#include "analysis-internal.h"

static const char *first_text(const char *a, const char *b, const char *c)
{
    const char *text[] = {a, b, c};
    for (gsize i = 0; i < G_N_ELEMENTS(text) - 1; i++)
        if (text[i] && *text[i])
            return text[i];
    return c;
}

/* ---- features --------------------------------------------------------------------------- */

static gsize find_text_column(const FmTable *table, const char *name)
{
    gsize column = fm_table_find_column(table, name);
    if (column != FM_COLUMN_NONE && fm_table_column_type(table, column) != FM_COLUMN_TEXT)
        return FM_COLUMN_NONE;
    return column;
}

/* Two results of one layer differ by what took part: "Schools (as of 2030, with planned)". */
static char *selection_title(const char *title, const FmFilter *filter, FmLang lang)
{
    gboolean zh = lang == FM_LANG_ZH;
    g_autoptr(GString) what = g_string_new(NULL);
    if (filter->by_status && filter->as_of)
        g_string_append_printf(what, zh ? "截至 %s" : "as of %s", filter->as_of);
    const char *more[] = {
        filter->by_status && filter->include_planned ? (zh ? "含规划" : "with planned") : NULL,
        filter->where ? (zh ? "部分" : "selected") : NULL,
    };
    for (gsize i = 0; i < G_N_ELEMENTS(more); i++)
        if (more[i])
            g_string_append_printf(what, "%s%s", what->len == 0 ? "" : zh ? "，" : ", ", more[i]);
    if (what->len == 0)
        return g_strdup(title);
    return g_strdup_printf(zh ? "%s（%s）" : "%s (%s)", title, what->str);
}

FmFeatures *fm_features_read(FmWorkspace *workspace, const FmSelection *selection,
                             const FmProgress *progress, GError **error)
{
    g_autoptr(FmFeatures) features = g_new0(FmFeatures, 1);
    features->info = fm_workspace_layer(workspace, selection->layer, error);
    if (!features->info)
        return NULL;
    features->table =
        fm_workspace_read(workspace, selection->layer, &selection->filter, progress, error);
    if (!features->table)
        return NULL;

    const FmLayerInfo *info = features->info;
    features->title_en = selection_title(first_text(info->title_en, info->title_zh, info->name),
                                         &selection->filter, FM_LANG_EN);
    features->title_zh = selection_title(first_text(info->title_zh, info->title_en, info->name),
                                         &selection->filter, FM_LANG_ZH);
    features->id = fm_table_find_column(features->table, "id");
    features->name_zh = find_text_column(features->table, "name_zh");
    features->name_en = find_text_column(features->table, "name_en");
    features->n = fm_table_n_rows(features->table);
    features->geometries = g_new0(const FmGeometry *, features->n);
    for (gsize row = 0; row < features->n; row++) {
        features->geometries[row] = fm_table_geometry(features->table, row);
        features->n_unlocated += features->geometries[row] == NULL;
    }
    return g_steal_pointer(&features);
}

void fm_features_free(FmFeatures *features)
{
    if (!features)
        return;
    fm_layer_info_free(features->info);
    fm_table_free(features->table);
    g_free(features->title_en);
    g_free(features->title_zh);
    g_free(features->geometries);
    g_free(features->order);
    g_free(features);
}

static gsize table_row(const FmFeatures *features, gsize row)
{
    return features->order ? features->order[row] : row;
}

char *fm_features_dup_id(const FmFeatures *features, gsize row)
{
    gsize at = table_row(features, row);
    char *id = NULL;
    if (features->id != FM_COLUMN_NONE)
        id = fm_table_dup_as_text(features->table, features->id, at);
    return id ? id : g_strdup_printf("%" G_GSIZE_FORMAT, at + 1);
}

static const char *name_in(const FmFeatures *features, gsize column, gsize row)
{
    return column == FM_COLUMN_NONE
               ? NULL
               : fm_table_text(features->table, column, table_row(features, row));
}

const char *fm_features_name_zh(const FmFeatures *features, gsize row)
{
    return name_in(features, features->name_zh, row);
}

const char *fm_features_name_en(const FmFeatures *features, gsize row)
{
    return name_in(features, features->name_en, row);
}

void fm_features_put_names(const FmFeatures *features, gsize row, FmTable *table, gsize column_zh,
                           gsize column_en, gsize table_row)
{
    fm_table_set_text(table, column_zh, table_row, fm_features_name_zh(features, row));
    fm_table_set_text(table, column_en, table_row, fm_features_name_en(features, row));
}

gboolean fm_features_require_located(const FmFeatures *features, const char *role, GError **error)
{
    if (features->n > features->n_unlocated)
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                "no %s of layer '%s' is left: of %" G_GINT64_FORMAT " rows %" G_GSIZE_FORMAT
                " pass the filters (where, status, as-of date) and none of them has a position",
                role, features->info->name, features->info->n_rows, features->n);
    return FALSE;
}

/* ---- origins ---------------------------------------------------------------------------- */

FmOrigins *fm_origins_new(const FmFeatures *features)
{
    FmOrigins *origins = g_new0(FmOrigins, 1);
    origins->rows = g_new(gsize, features->n);
    origins->positions = g_new(FmLonLat, features->n);
    for (gsize row = 0; row < features->n; row++) {
        const FmGeometry *geometry = features->geometries[row];
        if (!geometry)
            continue;
        origins->rows[origins->n] = row;
        origins->positions[origins->n++] = geometry->type == FM_GEOMETRY_POINT
                                               ? geometry->points[0]
                                               : fm_geometry_point_on_surface(geometry);
    }
    return origins;
}

void fm_origins_free(FmOrigins *origins)
{
    if (!origins)
        return;
    g_free(origins->rows);
    g_free(origins->positions);
    g_free(origins);
}

/* ---- weights ---------------------------------------------------------------------------- */

/* How a column of people is usually called, in order of preference. */
static const char *const usual_weights[] = {"residents", "population", "people", "weight",
                                            "demand"};

static gsize find_weight(const FmFeatures *features, const char *name, GError **error)
{
    gsize column = fm_table_find_column(features->table, name);
    if (column == FM_COLUMN_NONE) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "layer '%s' has no column '%s' to weigh by: 'facmap layers' lists its columns",
                    features->info->name, name);
        return FM_COLUMN_NONE;
    }
    if (fm_table_column_type(features->table, column) == FM_COLUMN_TEXT) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "column '%s' of layer '%s' is text: people are counted by a column of numbers",
                    name, features->info->name);
        return FM_COLUMN_NONE;
    }
    return column;
}

static gsize find_usual_weight(const FmFeatures *features)
{
    for (gsize i = 0; i < G_N_ELEMENTS(usual_weights); i++) {
        gsize column = fm_table_find_column(features->table, usual_weights[i]);
        if (column != FM_COLUMN_NONE &&
            fm_table_column_type(features->table, column) != FM_COLUMN_TEXT)
            return column;
    }
    return FM_COLUMN_NONE;
}

static gboolean fill_weights(FmWeights *weights, const FmFeatures *features, gsize column,
                             GError **error)
{
    for (gsize row = 0; row < features->n; row++) {
        double value = 1;
        if (column != FM_COLUMN_NONE && fm_table_is_null(features->table, column, row)) {
            value = 0;
            weights->n_null++;
        } else if (column != FM_COLUMN_NONE) {
            value = fm_table_number(features->table, column, row);
        }
        if (value < 0) {
            g_autofree char *id = fm_features_dup_id(features, row);
            g_autofree char *number = fm_format_double(value);
            g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                        "layer '%s', row '%s': '%s' is %s; a weight cannot be negative",
                        features->info->name, id, weights->column, number);
            return FALSE;
        }
        weights->values[row] = value;
        weights->total += value;
    }
    return TRUE;
}

FmWeights *fm_weights_new(const FmFeatures *features, const char *column, GError **error)
{
    gsize found = column ? find_weight(features, column, error) : find_usual_weight(features);
    if (column && found == FM_COLUMN_NONE)
        return NULL;
    g_autoptr(FmWeights) weights = g_new0(FmWeights, 1);
    if (found != FM_COLUMN_NONE)
        weights->column = fm_table_column_name(features->table, found);
    weights->values = g_new(double, features->n);
    if (!fill_weights(weights, features, found, error))
        return NULL;
    return g_steal_pointer(&weights);
}

void fm_weights_free(FmWeights *weights)
{
    if (!weights)
        return;
    g_free(weights->values);
    g_free(weights);
}
