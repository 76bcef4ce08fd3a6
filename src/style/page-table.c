/* Tables beside the map or below it. */
#include "page-read.h"

#define LIMIT 40
#define MOST_ROWS 200
#define MOST_COLUMNS 12
#define MOST_BLOCKS 6

static void column_free(gpointer data)
{
    FmPageColumn *column = data;
    fm__page_text_clear(&column->title);
    fm__page_expression_free(column->value);
    fm__page_expression_free(column->rank);
    fm__page_expression_free(column->text_en);
    fm__page_expression_free(column->text_zh);
    g_free(column);
}

void fm__page_table_free(gpointer data)
{
    FmPageTable *table = data;
    fm__page_text_clear(&table->title);
    g_free(table->layer);
    fm__page_expression_free(table->filter);
    g_ptr_array_unref(table->columns);
    fm__page_text_clear(&table->total);
    g_free(table);
}

/* A table is ordered by one column, the one that says so. */
static void read_order(FmPageReader *reader, JsonObject *object, const char *path,
                       FmPageTable *table)
{
    static const char *const orders[] = {"stored", "ascending", "descending", NULL};
    FmPageOrder order =
        (FmPageOrder)fm__page_choice(reader, object, path, "order", orders, FM_PAGE_ORDER_STORED);
    if (order == FM_PAGE_ORDER_STORED)
        return;
    if (table->order != FM_PAGE_ORDER_STORED)
        fm__page_fail(reader, path, FM_ERROR_PARSE, "another column has an 'order' already");
    table->order = order;
    table->order_by = table->columns->len - 1;
}

static void read_column(FmPageReader *reader, JsonNode *node, const char *path, FmPageTable *table)
{
    static const char *const keys[] = {"title", "value", "format", "text_en", "text_zh",
                                       "total", "order", "rank",   NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    if (!object)
        return;
    FmPageColumn *column = g_new0(FmPageColumn, 1);
    g_ptr_array_add(table->columns, column);
    if (json_object_has_member(object, "title"))
        column->title = fm__page_text(reader, json_object_get_member(object, "title"), path);
    column->value = fm__page_expression(reader, object, path, "value", FM_EXPR_NUMBER);
    column->format = fm__page_format(reader, object, path);
    column->text_en = fm__page_expression(reader, object, path, "text_en", FM_EXPR_STRING);
    column->text_zh = fm__page_expression(reader, object, path, "text_zh", FM_EXPR_STRING);
    column->rank = fm__page_expression(reader, object, path, "rank", FM_EXPR_NUMBER);
    column->has_total = json_object_has_member(object, "total");
    column->total = fm__page_reduce(reader, object, path, "total");
    gboolean text = column->text_en || column->text_zh;
    if (text ? column->value != NULL : column->value == NULL)
        fm__page_fail(reader, path, FM_ERROR_PARSE,
                      "needs either 'value' or 'text_en' and 'text_zh'");
    if (text && column->has_total && column->total != FM_PAGE_ROWS)
        fm__page_fail(reader, path, FM_ERROR_PARSE, "the 'total' of texts is \"rows\"");
    read_order(reader, object, path, table);
}

static void read_columns(FmPageReader *reader, JsonNode *node, const char *path, FmPageTable *table)
{
    JsonArray *array = node ? fm__page_array(reader, node, path) : NULL;
    for (guint i = 0; array && i < json_array_get_length(array); i++) {
        g_autofree char *element = g_strdup_printf("%s[%u]", path, i);
        read_column(reader, json_array_get_element(array, i), element, table);
    }
    if (table->columns->len == 0 || table->columns->len > MOST_COLUMNS)
        fm__page_fail(reader, path, FM_ERROR_PARSE, "must have 1 to %d columns", MOST_COLUMNS);
}

static void read_table(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    static const char *const keys[] = {"title", "layer", "filter", "of_area", "columns",
                                       "limit", "total", "place",  "blocks",  NULL};
    static const char *const places[] = {"panel", "below", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);
    if (!object)
        return;
    FmPageTable *table = g_new0(FmPageTable, 1);
    g_ptr_array_add(page->tables, table);
    table->columns = g_ptr_array_new_with_free_func(column_free);
    g_autofree char *columns = g_strconcat(path, ".columns", NULL);
    if (json_object_has_member(object, "title"))
        table->title = fm__page_text(reader, json_object_get_member(object, "title"), path);
    table->layer = fm__page_required_string(reader, object, path, "layer");
    table->filter = fm__page_filter(reader, object, path, "filter");
    table->of_area = fm__page_boolean(reader, object, path, "of_area", FALSE);
    read_columns(reader, json_object_get_member(object, "columns"), columns, table);
    table->limit = (guint)fm__page_number(reader, object, path, "limit", LIMIT, 1, MOST_ROWS);
    if (json_object_has_member(object, "total"))
        table->total = fm__page_text(reader, json_object_get_member(object, "total"), path);
    table->below = fm__page_choice(reader, object, path, "place", places, 0) == 1;
    table->blocks = (guint)fm__page_number(reader, object, path, "blocks", 0, 1, MOST_BLOCKS);
}

void fm__page_tables_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page)
{
    fm__page_each(reader, node, path, page, read_table);
}
