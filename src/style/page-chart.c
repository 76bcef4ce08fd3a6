/* Bar charts beside the map. */
#include "page-read.h"

#define COLOR ((FmColor){0.35, 0.35, 0.35, 1})

static void series_free(gpointer data)
{
    FmPageSeries *series = data;
    fm__page_text_clear(&series->title);
    fm__page_expression_free(series->value);
    g_free(series);
}

void fm__page_chart_free(gpointer data)
{
    FmPageChart *chart = data;
    fm__page_text_clear(&chart->title);
    g_free(chart->layer);
    fm__page_expression_free(chart->filter);
    fm__page_expression_free(chart->label_en);
    fm__page_expression_free(chart->label_zh);
    g_ptr_array_unref(chart->series);
    g_free(chart);
}

/* The members of one series, which stand in the chart itself when it has one only. */
static void read_members(FmPageReader *reader, JsonObject *object, const char *path,
                         FmPageChart *chart)
{
    FmPageSeries *series = g_new0(FmPageSeries, 1);
    g_ptr_array_add(chart->series, series);
    series->value = fm__page_expression(reader, object, path, "value", FM_EXPR_NUMBER);
    series->color = fm__page_color(reader, object, path, "color", COLOR);
    if (!series->value)
        fm__page_fail(reader, path, FM_ERROR_PARSE, "'value' is missing");
}

static void read_series(FmPageReader *reader, JsonNode *node, const char *path, FmPageChart *chart)
{
    static const char *const keys[] = {"title", "value", "color", NULL};
    JsonArray *array = fm__page_array(reader, node, path);
    for (guint i = 0; array && i < json_array_get_length(array); i++) {
        g_autofree char *element = g_strdup_printf("%s[%u]", path, i);
        JsonObject *object =
            fm__page_object(reader, json_array_get_element(array, i), element, keys);
        if (!object)
            return;
        read_members(reader, object, element, chart);
        FmPageSeries *series = chart->series->pdata[chart->series->len - 1];
        if (json_object_has_member(object, "title"))
            series->title = fm__page_text(reader, json_object_get_member(object, "title"), element);
    }
    if (chart->series->len == 0)
        fm__page_fail(reader, path, FM_ERROR_PARSE, "must have a series");
}

static void read_chart(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    static const char *const keys[] = {"title",   "layer",   "filter", "label_en", "label_zh",
                                       "value",   "format",  "color",  "series",   "order",
                                       "maximum", "of_area", NULL};
    static const char *const orders[] = {"descending", "ascending", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    if (!object)
        return;
    FmPageChart *chart = g_new0(FmPageChart, 1);
    g_ptr_array_add(page->charts, chart);
    chart->series = g_ptr_array_new_with_free_func(series_free);
    if (json_object_has_member(object, "title"))
        chart->title = fm__page_text(reader, json_object_get_member(object, "title"), path);
    chart->layer = fm__page_required_string(reader, object, path, "layer");
    chart->filter = fm__page_filter(reader, object, path, "filter");
    chart->label_en = fm__page_expression(reader, object, path, "label_en", FM_EXPR_STRING);
    chart->label_zh = fm__page_expression(reader, object, path, "label_zh", FM_EXPR_STRING);
    chart->format = fm__page_format(reader, object, path);
    chart->ascending = fm__page_choice(reader, object, path, "order", orders, 0) == 1;
    chart->has_maximum = json_object_has_member(object, "maximum");
    chart->maximum = fm__page_number(reader, object, path, "maximum", 0, G_MINDOUBLE, G_MAXDOUBLE);
    chart->of_area = fm__page_boolean(reader, object, path, "of_area", FALSE);
    g_autofree char *series = g_strconcat(path, ".series", NULL);
    gboolean has_series = json_object_has_member(object, "series");
    if (!chart->label_en && !chart->label_zh)
        fm__page_fail(reader, path, FM_ERROR_PARSE, "needs 'label_en' or 'label_zh'");
    if (has_series &&
        (json_object_has_member(object, "value") || json_object_has_member(object, "color")))
        fm__page_fail(reader, path, FM_ERROR_PARSE,
                      "'value' and 'color' stand in the 'series' when there are some");
    if (has_series)
        read_series(reader, json_object_get_member(object, "series"), series, chart);
    else
        read_members(reader, object, path, chart);
}

void fm__page_charts_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    fm__page_each(reader, node, path, page, read_chart);
}
