/* The legend against the map: entries without a feature, features without an entry. */
#include "lint.h"

/* A feature that a map shows. */
static gboolean is_visible(const FmRenderJob *map, const FmMapLayer *layer, gsize row)
{
    const FmShape *shape = layer->shapes ? layer->shapes[row] : NULL;
    if (!shape || shape->n_paths == 0)
        return FALSE;
    g_autoptr(FmShape) inside = fm__shape_clip(shape, &map->frame->rect);
    return inside->n_paths > 0;
}

static gboolean means(const FmPageLegendEntry *entry, const FmStyleContext *context)
{
    return !entry->filter || fm_page_expression_boolean(entry->filter, context);
}

/* ---- entries ---------------------------------------------------------------------------- */

static gboolean has_feature(const FmRenderJob *map, const FmPageLegendEntry *entry)
{
    const char *source = fm_style_layer_source_layer(entry->layer);
    const FmMapLayer *layer = source ? fm__map_layers_find(map->layers, source) : NULL;
    for (gsize row = 0; layer && row < fm_table_n_rows(layer->table); row++) {
        const FmStyleContext context = {layer->table, row, map->frame->zoom, NULL};
        if (fm__map_layer_accepts(layer, entry->layer, &context) && means(entry, &context) &&
            is_visible(map, layer, row))
            return TRUE;
    }
    return FALSE;
}

/* Entries without a feature are left out, unless the document keeps them; one with a count says
 * "(0)" itself. */
static void check_entries(FmLint *lint)
{
    const FmRenderJob *job = lint->job;
    for (guint i = 0; i < job->page->legend->len; i++) {
        const FmPageLegendEntry *entry = job->page->legend->pdata[i];
        gboolean found = job->panes->len == 0 && has_feature(job, entry);
        for (guint p = 0; p < job->panes->len && !found; p++)
            found = has_feature(job->panes->pdata[p], entry);
        if (entry->keep_empty && !entry->count && !found)
            fm__lint_add(lint, FM_LINT_LEGEND_EMPTY, NULL, entry->layer, "metadata.facmap:legend",
                         "'%s' is in the legend, and no feature of it on the map",
                         entry->label.en ? entry->label.en : entry->label.zh);
    }
}

/* ---- features --------------------------------------------------------------------------- */

/* Does the layer draw the row itself, rather than its name? */
static gboolean draws(const FmStyleLayer *style_layer, const FmStyleContext *context)
{
    if (fm_style_layer_type(style_layer) != FM_STYLE_SYMBOL)
        return TRUE;
    g_autofree char *icon = fm_style_layer_string(style_layer, FM_PROP_ICON_IMAGE, context);
    return icon != NULL;
}

/* Has the legend an entry for it?  A layer that another's entry is drawn with belongs to that. */
static gboolean is_listed(const FmPage *page, const FmStyleLayer *style_layer,
                          const FmStyleContext *context)
{
    for (guint i = 0; i < page->legend->len; i++) {
        const FmPageLegendEntry *entry = page->legend->pdata[i];
        for (gsize l = 0; l < entry->n_layers; l++)
            if (entry->layers[l] == style_layer &&
                (entry->layer != style_layer || means(entry, context)))
                return TRUE;
    }
    return FALSE;
}

static void check_layer(FmLint *lint, const FmRenderJob *map, const FmStyleLayer *style_layer)
{
    const char *source = fm_style_layer_source_layer(style_layer);
    const FmMapLayer *layer = source ? fm__map_layers_find(map->layers, source) : NULL;
    gsize n = 0, first = 0;
    for (gsize row = 0; layer && row < fm_table_n_rows(layer->table); row++) {
        const FmStyleContext context = {layer->table, row, map->frame->zoom, NULL};
        if (!fm__map_layer_accepts(layer, style_layer, &context) || !draws(style_layer, &context) ||
            is_listed(map->page, style_layer, &context) || !is_visible(map, layer, row))
            continue;
        first = n++ == 0 ? row : first;
    }
    if (n == 0)
        return;
    g_autoptr(FmShape) shape = fm__shape_clip(layer->shapes[first], &map->frame->rect);
    fm__lint_add(lint, FM_LINT_LEGEND_ABSENT, &shape->points[0], style_layer,
                 "metadata.facmap:legend",
                 "%" G_GSIZE_FORMAT " %s of '%s' %s no entry in the legend; false says that "
                 "%s none",
                 n, n == 1 ? "feature" : "features", source, n == 1 ? "has" : "have",
                 n == 1 ? "it needs" : "they need");
}

static void check_map(FmLint *lint, const FmRenderJob *map)
{
    for (gsize i = 0; i < fm_style_n_layers(map->style); i++) {
        const FmStyleLayer *style_layer = fm_style_layer(map->style, i);
        if (!fm_page_layer_is_unlisted(style_layer) && fm__lint_is_drawn(map, style_layer))
            check_layer(lint, map, style_layer);
    }
}

void fm__lint_legend(FmLint *lint)
{
    const FmRenderJob *job = lint->job;
    check_entries(lint);
    if (job->panes->len == 0)
        check_map(lint, job);
    for (guint i = 0; i < job->panes->len; i++)
        check_map(lint, job->panes->pdata[i]);
}
