/* Labels as QGIS writes them.  The text of a map document is an expression; QGIS needs one of its own.
 * Each part of the text that equals a column in the rows becomes that column, the rest stays as it is. */

#include "looks.h"
#include "qml.h"

#include <math.h>

enum { ROWS_COMPARED = 64 };

/* The text column whose value is this section in every compared row; FM_COLUMN_NONE when none is. */
static gsize column_of_section(const FmStyleLayer *layer, const FmTable *table,
                               const FmStyleContext *context, guint section)
{
    for (const char *const *field = fm_style_layer_fields(layer); *field != NULL; field++) {
        gsize column = fm_table_find_column(table, *field);
        if (column == FM_COLUMN_NONE || fm_table_column_type(table, column) != FM_COLUMN_TEXT)
            continue;
        gsize n_same = 0, n_compared = 0;
        for (gsize row = 0; row < fm_table_n_rows(table) && n_compared < ROWS_COMPARED; row++) {
            FmStyleContext at = *context;
            at.row = row;
            const char *value = fm_table_text(table, column, row);
            if (value == NULL || !fm_style_layer_accepts(layer, &at))
                continue;
            g_autoptr(GArray) text = fm_style_layer_text(layer, &at);
            n_compared++;
            if (section < text->len &&
                g_strcmp0(g_array_index(text, FmTextSection, section).text, value) == 0)
                n_same++;
        }
        if (n_compared > 0 && n_same == n_compared)
            return column;
    }
    return FM_COLUMN_NONE;
}

/* concat("name_zh", '\n', "name_en"); NULL when no part is a column. */
static char *label_expression(const FmStyleLayer *layer, const FmTable *table,
                              const FmStyleContext *context)
{
    g_autoptr(GArray) sections = fm_style_layer_text(layer, context);
    g_autoptr(GString) expression = g_string_new("concat(");
    gboolean has_column = FALSE;
    for (guint i = 0; i < sections->len; i++) {
        const char *text = g_array_index(sections, FmTextSection, i).text;
        gsize column = column_of_section(layer, table, context, i);
        g_autofree char *part = NULL;
        if (column != FM_COLUMN_NONE) {
            part = fm__expression_name(fm_table_column_name(table, column));
        } else {
            g_auto(GStrv) lines = g_strsplit(text != NULL ? text : "", "\n", -1);
            g_autofree char *joined = g_strjoinv("\\n", lines);
            part = fm__expression_literal(joined);
        }
        has_column = has_column || column != FM_COLUMN_NONE;
        g_string_append_printf(expression, "%s%s", i > 0 ? ", " : "", part);
    }
    g_string_append_c(expression, ')');
    return has_column ? g_strdup(expression->str) : NULL;
}

static void attribute_color(GString *xml, const char *name, FmColor c)
{
    g_string_append_printf(xml, " %s=\"%d,%d,%d,%d\"", name, (int)lround(c.r * 255),
                           (int)lround(c.g * 255), (int)lround(c.b * 255), (int)lround(c.a * 255));
}

static void attribute_number(GString *xml, const char *name, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(text, sizeof text, "%.4g", value);
    g_string_append_printf(xml, " %s=\"%s\"", name, text);
}

static gboolean is_bold(const FmStyleLayer *layer, const FmStyleContext *context)
{
    g_auto(GStrv) fonts = fm_style_layer_strings(layer, FM_PROP_TEXT_FONT, context);
    return fonts[0] != NULL &&
           (strstr(fonts[0], "Bold") != NULL || strstr(fonts[0], "Medium") != NULL);
}

static void text_style(GString *xml, const FmStyleLayer *layer, const FmStyleContext *context,
                       const char *expression)
{
    g_autofree char *field = fm__qml_escape(expression);
    double halo_px = fm_style_layer_number(layer, FM_PROP_TEXT_HALO_WIDTH, context);
    g_string_append_printf(xml,
                           "<text-style isExpression=\"1\" fieldName=\"%s\" "
                           "fontFamily=\"Noto Sans\" fontSizeUnit=\"Point\" fontWeight=\"%d\"",
                           field, is_bold(layer, context) ? 75 : 50);
    attribute_number(xml, "fontSize",
                     fm_style_layer_number(layer, FM_PROP_TEXT_SIZE, context) * 72.0 / 96.0);
    attribute_color(xml, "textColor", fm_style_layer_color(layer, FM_PROP_TEXT_COLOR, context));
    attribute_number(xml, "textOpacity",
                     fm_style_layer_number(layer, FM_PROP_TEXT_OPACITY, context));
    g_string_append_printf(xml, ">\n<text-buffer bufferDraw=\"%d\" bufferSizeUnits=\"MM\"",
                           halo_px > 0 ? 1 : 0);
    attribute_number(xml, "bufferSize", halo_px * 25.4 / 96.0);
    attribute_color(xml, "bufferColor",
                    fm_style_layer_color(layer, FM_PROP_TEXT_HALO_COLOR, context));
    g_string_append(xml, "/>\n</text-style>\n");
}

/* QGIS's placements: 6 = around points by preference, 1 = over them, 3 = along curved lines,
 * 0 = around, 5 = free inside areas (horizontal is 4). */
static int placement_of(const FmStyleLayer *layer, const FmStyleContext *context, guint dimension)
{
    if (dimension == 1)
        return 3;
    if (dimension == 2)
        return 4;
    g_autofree char *icon = fm_style_layer_string(layer, FM_PROP_ICON_IMAGE, context);
    return icon != NULL || fm_style_layer_has(layer, FM_PROP_TEXT_VARIABLE_ANCHOR) ? 6 : 1;
}

gboolean fm__qml_label_rule(GString *xml, const FmStyleLayer *layer, const FmTable *table,
                            const FmStyleContext *context, const char *condition, guint dimension)
{
    if (fm_style_layer_type(layer) != FM_STYLE_SYMBOL ||
        !fm_style_layer_has(layer, FM_PROP_TEXT_FIELD))
        return FALSE;
    g_autofree char *expression = label_expression(layer, table, context);
    if (expression == NULL)
        return FALSE;
    g_autofree char *shown = fm__qml_escape(fm_style_layer_id(layer));
    g_string_append_printf(xml,
                           "<rule key=\"{facmap-label-%" G_GSIZE_FORMAT "}\" description=\"%s\"",
                           xml->len, shown);
    if (condition != NULL) {
        g_autofree char *filter = fm__qml_escape(condition);
        g_string_append_printf(xml, " filter=\"%s\"", filter);
    }
    g_string_append(xml, ">\n<settings calloutType=\"simple\">\n");
    text_style(xml, layer, context, expression);
    g_string_append_printf(xml,
                           "<text-format multilineAlign=\"1\"/>\n<placement placement=\"%d\" "
                           "dist=\"1\" distUnits=\"MM\"/>\n<rendering obstacle=\"1\" "
                           "displayAll=\"0\"/>\n</settings>\n</rule>\n",
                           placement_of(layer, context, dimension));
    return TRUE;
}
