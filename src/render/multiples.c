/* Small multiples: which values there are, in which order, and what each is called.
 *
 * The divided layers are those that the document names, else every drawn layer that has a value.
 * A value is called as the legend calls it, whose sample has it. */
#include "job.h"

#include <string.h>

/* What is known of one value. */
typedef struct {
    char *value;
    gsize n_rows;                   /* that are drawn and have a position */
    const FmPageLegendEntry *entry; /* what the legend calls it, or NULL */
    guint legend_rank;
} Value;

typedef struct {
    const FmRenderJob *job;
    const FmPageMultiples *asked;
    GPtrArray *layers; /* const char*: names of those that are divided */
    GPtrArray *values; /* Value */
    gsize n_without;   /* drawn features without a value */
    gboolean places;   /* are all of them points, which people count? */
} Division;

static void value_free(gpointer data)
{
    Value *value = data;
    g_free(value->value);
    g_free(value);
}

static void division_clear(Division *division)
{
    g_ptr_array_unref(division->layers);
    g_ptr_array_unref(division->values);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Division, division_clear)

/* ---- values ----------------------------------------------------------------------------- */

static char *value_of(const Division *division, const FmTable *table, gsize row)
{
    FmStyleContext context = {table, row, 0, NULL};
    char *value = fm_page_expression_string(division->asked->by, &context);
    if (value && *value == '\0')
        g_clear_pointer(&value, g_free);
    return value;
}

/* Does any style layer draw the row? */
static gboolean is_drawn(const FmRenderJob *job, const char *name, const FmMapLayer *layer,
                         gsize row)
{
    FmStyleContext context = {layer->table, row, 0, NULL};
    for (gsize i = 0; i < fm_style_n_layers(job->style); i++) {
        const FmStyleLayer *style_layer = fm_style_layer(job->style, i);
        if (g_strcmp0(fm_style_layer_source_layer(style_layer), name) == 0 &&
            fm__map_layer_accepts(layer, style_layer, &context))
            return TRUE;
    }
    return FALSE;
}

static Value *find_value(const Division *division, const char *text)
{
    for (guint i = 0; i < division->values->len; i++) {
        Value *value = division->values->pdata[i];
        if (g_str_equal(value->value, text))
            return value;
    }
    return NULL;
}

static Value *add_value(Division *division, const char *text)
{
    Value *value = g_new0(Value, 1);
    value->value = g_strdup(text);
    g_ptr_array_add(division->values, value);
    return value;
}

static void count_values(Division *division, const char *name)
{
    const FmMapLayer *layer = fm__map_layers_find(division->job->layers, name);
    FmGeometryType type = fm_table_geometry_type(layer->table);
    if (type != FM_GEOMETRY_POINT && type != FM_GEOMETRY_MULTIPOINT)
        division->places = FALSE;
    for (gsize row = 0; row < fm_table_n_rows(layer->table); row++) {
        if (!is_drawn(division->job, name, layer, row))
            continue;
        g_autofree char *text = value_of(division, layer->table, row);
        Value *value = text ? find_value(division, text) : NULL;
        if (text && !value && division->asked->values->len == 0)
            value = add_value(division, text);
        if (value && fm_table_geometry(layer->table, row))
            value->n_rows++;
        division->n_without += text ? 0 : 1;
    }
}

/* Has some row of the layer a value, or none the fields that it is made of? */
static gboolean has_value(const Division *division, const FmTable *table)
{
    const char *const *fields = fm_page_expression_fields(division->asked->by);
    for (gsize i = 0; fields[i]; i++)
        if (fm_table_find_column(table, fields[i]) == FM_COLUMN_NONE)
            return FALSE;
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        g_autofree char *value = value_of(division, table, row);
        if (value)
            return TRUE;
    }
    return FALSE;
}

static gboolean find_layers(Division *division, GError **error)
{
    const FmRenderJob *job = division->job;
    const GPtrArray *asked = division->asked->layers;
    const GPtrArray *names = asked->len > 0 ? asked : fm__map_layers_names(job->layers);
    for (guint i = 0; i < names->len; i++) {
        const FmMapLayer *layer = fm__map_layers_find(job->layers, names->pdata[i]);
        gboolean drawn = FALSE;
        for (gsize row = 0; layer && !drawn && row < fm_table_n_rows(layer->table); row++)
            drawn = is_drawn(job, names->pdata[i], layer, row);
        if (drawn && has_value(division, layer->table))
            g_ptr_array_add(division->layers, names->pdata[i]);
    }
    if (division->layers->len > 0)
        return TRUE;
    const char *field = fm_page_expression_fields(division->asked->by)[0];
    g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND,
                "small multiples by '%s': no layer that is drawn has a value of it",
                field ? field : "a constant");
    return FALSE;
}

/* ---- names and order -------------------------------------------------------------------- */

static gboolean is_divided(const Division *division, const char *name)
{
    guint i = 0;
    while (i < division->layers->len && g_strcmp0(division->layers->pdata[i], name) != 0)
        i++;
    return i < division->layers->len;
}

/* The legend's entry for a value: the layer's first one; none when several layers speak of it. */
static void find_entry(const Division *division, Value *value)
{
    const GPtrArray *legend = division->job->page->legend;
    guint n = 0;
    for (guint i = 0; i < legend->len; i++) {
        const FmPageLegendEntry *entry = legend->pdata[i];
        if (!is_divided(division, fm_style_layer_source_layer(entry->layer)))
            continue;
        g_autofree char *text = value_of(division, entry->sample, 0);
        if (g_strcmp0(text, value->value) != 0)
            continue;
        if (n++ == 0) {
            value->legend_rank = i;
            value->entry = entry;
        } else if (value->entry && value->entry->layer != entry->layer) {
            value->entry = NULL;
        }
    }
    if (n == 0)
        value->legend_rank = G_MAXUINT;
}

/* 2 before 10, "5min" before "15min", and text by its bytes. */
static int compare_texts(const char *a, const char *b)
{
    char *a_rest = NULL, *b_rest = NULL;
    double p = g_ascii_strtod(a, &a_rest), q = g_ascii_strtod(b, &b_rest);
    if (a_rest != a && b_rest != b && p != q)
        return p < q ? -1 : 1;
    return strcmp(a, b);
}

/* As the legend has them when it has them all (those it lacks come last), else by value. */
static gint compare_values(gconstpointer a, gconstpointer b)
{
    const Value *p = *(const Value *const *)a, *q = *(const Value *const *)b;
    if (p->legend_rank != q->legend_rank)
        return p->legend_rank < q->legend_rank ? -1 : 1;
    return compare_texts(p->value, q->value);
}

/* What a value is called; either may be NULL. */
typedef struct {
    const char *en, *zh;
} Title;

/* The words of the column `status` that facility layers share. */
static Title status_title(const Division *division, const char *value)
{
    static const struct {
        const char *value;
        Title title;
    } words[] = {{"open", {"Open", "已投用"}},
                 {"construction", {"Under construction", "在建"}},
                 {"planned", {"Planned", "规划"}},
                 {"closed", {"Closed", "已停用"}}};
    const char *const *fields = fm_page_expression_fields(division->asked->by);
    gboolean is_status = fields[0] && !fields[1] && strcmp(fields[0], "status") == 0;
    for (gsize i = 0; is_status && i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i].value, value) == 0)
            return words[i].title;
    return (Title){NULL, value}; /* the same in both languages */
}

static Title value_title(const Division *division, const Value *value)
{
    const FmPageText *given = g_hash_table_lookup(division->asked->titles, value->value);
    if (!given && value->entry)
        given = &value->entry->label;
    return given ? (Title){given->en, given->zh} : status_title(division, value->value);
}

/* The number of places stands once, in the language that is read first. */
static void name_pane(const Division *division, const Value *value, FmRenderJob *pane)
{
    Title title = value_title(division, value);
    g_autofree char *count = fm_format_count((gint64)value->n_rows);
    g_autofree char *n = division->places ? g_strdup_printf(" (%s)", count) : g_strdup("");
    gboolean both = title.zh && pane->options->language == FM_LANGUAGE_BOTH;
    if (title.zh)
        pane->title_zh = g_strconcat(title.zh, n, NULL);
    if (title.en)
        pane->title_en = g_strconcat(title.en, both ? "" : n, NULL);
}

/* ---- panes ------------------------------------------------------------------------------ */

static void hide_others(const Division *division, FmRenderJob *pane, const char *value)
{
    for (guint i = 0; i < division->layers->len; i++) {
        FmMapLayer *layer = fm__map_layers_edit(pane->layers, division->layers->pdata[i]);
        gsize n = fm_table_n_rows(layer->table);
        layer->hidden = g_new0(guint8, MAX(n, 1));
        for (gsize row = 0; row < n; row++) {
            g_autofree char *own = value_of(division, layer->table, row);
            layer->hidden[row] = g_strcmp0(own, value) != 0;
        }
    }
}

gboolean fm__multiples_make(FmRenderJob *job, GError **error)
{
    g_auto(Division) division = {.job = job,
                                 .asked = job->page->multiples,
                                 .places = TRUE,
                                 .layers = g_ptr_array_new(),
                                 .values = g_ptr_array_new_with_free_func(value_free)};
    const GPtrArray *wanted = division.asked->values;
    if (!find_layers(&division, error))
        return FALSE;
    for (guint i = 0; i < wanted->len; i++)
        add_value(&division, wanted->pdata[i]);
    for (guint i = 0; i < division.layers->len; i++)
        count_values(&division, division.layers->pdata[i]);
    for (guint i = 0; i < division.values->len; i++)
        find_entry(&division, division.values->pdata[i]);
    if (wanted->len == 0)
        g_ptr_array_sort(division.values, compare_values);
    for (guint i = 0; i < division.values->len; i++) {
        const Value *value = division.values->pdata[i];
        FmRenderJob *pane = fm__child_new(job);
        g_ptr_array_add(job->panes, pane);
        fm__child_view(pane);
        name_pane(&division, value, pane);
        hide_others(&division, pane, value->value);
    }
    if (job->page->insets->len > 0)
        g_ptr_array_add(job->report->warnings,
                        g_strdup("the document's inset is left out beside small multiples"));
    if (division.n_without > 0)
        g_ptr_array_add(job->report->warnings,
                        g_strdup_printf("%" G_GSIZE_FORMAT
                                        " drawn features have no value and are in none of the "
                                        "small multiples",
                                        division.n_without));
    return TRUE;
}
