/* Reading the scales that themes write into the legend. */
#include "page-legend-scale.h"

#include "style-document.h"

gboolean fm__page_legend_has_scale(const FmPageReader *reader, JsonNode *entry)
{
    if (!reader->style->is_written || !JSON_NODE_HOLDS_OBJECT(entry)) {
        return FALSE;
    }
    JsonObject *object = json_node_get_object(entry);
    return json_object_has_member(object, "nested") || json_object_has_member(object, "widths") ||
           json_object_has_member(object, "square");
}

const char *const *fm__page_legend_scale_keys(void)
{
    static const char *const keys[] = {"group", "nested", "widths", "square", NULL};
    return keys;
}

static void read_sizes(FmPageReader *reader, JsonNode *node, const char *path,
                       FmPageLegendEntry *entry)
{
    static const char *const keys[] = {"sizes", "format", NULL};
    static const char *const formats[] = {"count", "number", "percent", "km", "millions", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);

    entry->sizes = g_array_new(FALSE, FALSE, sizeof(FmPageLegendSize));
    if (object == NULL) {
        return;
    }
    entry->format =
        (FmPageFormat)fm__page_choice(reader, object, path, "format", formats, FM_PAGE_COUNT);
    JsonArray *sizes = json_object_get_array_member(object, "sizes");
    for (guint i = 0; i < json_array_get_length(sizes); i++) {
        JsonArray *pair = json_array_get_array_element(sizes, i);
        const FmPageLegendSize size = {json_array_get_double_element(pair, 0),
                                       json_array_get_double_element(pair, 1)};
        g_array_append_val(entry->sizes, size);
    }
}

static void read_axis(FmPageReader *reader, JsonObject *object, const char *path,
                      FmPageLegendAxis *axis)
{
    JsonArray *limits = json_object_get_array_member(object, "limits");

    axis->title = fm__page_text(reader, json_object_get_member(object, "title"), path);
    axis->n_classes = json_array_get_length(limits) - 1;
    axis->limits = g_new0(FmPageText, axis->n_classes + 1);
    for (gsize c = 0; c <= axis->n_classes; c++) {
        axis->limits[c] = fm__page_text(reader, json_array_get_element(limits, (guint)c), path);
    }
}

static void read_square(FmPageReader *reader, JsonObject *object, const char *path,
                        FmPageLegendEntry *entry)
{
    FmPageLegendSquare *square = entry->square = g_new0(FmPageLegendSquare, 1);
    JsonArray *cells = json_object_get_array_member(object, "cells");
    guint n = json_array_get_length(cells);

    read_axis(reader, json_object_get_object_member(object, "x"), path, &square->x);
    read_axis(reader, json_object_get_object_member(object, "y"), path, &square->y);
    square->turned = json_object_get_boolean_member(object, "turned");
    square->colors = g_new0(FmColor, n);
    square->filters = g_new0(FmPageExpression *, n);
    for (guint i = 0; i < n; i++) {
        JsonObject *cell = json_array_get_object_element(cells, i);
        square->colors[i] = fm__page_color(reader, cell, path, "color", (FmColor){0, 0, 0, 1});
        square->filters[i] = fm__page_filter(reader, cell, path, "filter");
    }
}

void fm__page_legend_scale(FmPageReader *reader, JsonObject *object, const char *path,
                           FmPageLegendEntry *entry)
{
    if (json_object_has_member(object, "square")) {
        entry->kind = FM_LEGEND_SQUARE;
        read_square(reader, json_object_get_object_member(object, "square"), path, entry);
        return;
    }
    gboolean nested = json_object_has_member(object, "nested");
    entry->kind = nested ? FM_LEGEND_NESTED : FM_LEGEND_WIDTHS;
    read_sizes(reader, json_object_get_member(object, nested ? "nested" : "widths"), path, entry);
}

static void axis_clear(FmPageLegendAxis *axis)
{
    for (gsize c = 0; axis->limits != NULL && c <= axis->n_classes; c++) {
        fm__page_text_clear(&axis->limits[c]);
    }
    g_free(axis->limits);
    fm__page_text_clear(&axis->title);
}

void fm__page_legend_scale_clear(FmPageLegendEntry *entry)
{
    FmPageLegendSquare *square = entry->square;

    g_clear_pointer(&entry->sizes, g_array_unref);
    if (square == NULL) {
        return;
    }
    for (gsize i = 0; i < square->x.n_classes * square->y.n_classes; i++) {
        fm__page_expression_free(square->filters[i]);
    }
    axis_clear(&square->x);
    axis_clear(&square->y);
    g_free(square->filters);
    g_free(square->colors);
    g_free(square);
}
