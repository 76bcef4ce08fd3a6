/* Labels as QGIS writes them.  The text of a map document is an expression; QGIS needs one of its
 * own.  Where a row's text consists of the row's values and fixed text between them, that template
 * is tried on the other rows; when it does not hold, a few rows are told one by one. */

#include "looks.h"
#include "qml.h"

#include <math.h>
#include <string.h>

enum {
    ROWS_TRIED = 8,     /* rows that a template is taken from */
    ROWS_TOLD_MAX = 64, /* rows told one by one */
};

/* ---- the expression --------------------------------------------------------------------- */

static char *text_of(const FmQmlItem *item, gsize row)
{
    FmStyleContext at = *item->context;
    at.row = row;
    g_autoptr(GArray) sections = fm_style_layer_text(item->layer, &at);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < sections->len; i++) {
        const FmTextSection *section = &g_array_index(sections, FmTextSection, i);
        g_string_append(text, section->text != NULL ? section->text : "");
    }
    return g_string_free(text, FALSE);
}

/* The rows that the style layer draws, and what it writes there. */
typedef struct {
    gsize row;
    char *text;
} Written;

static void written_free(Written *written)
{
    g_free(written->text);
    g_free(written);
}

static GPtrArray *written_rows(const FmQmlItem *item)
{
    const FmTable *table = item->context->table;
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)written_free);
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        FmStyleContext at = *item->context;
        const FmGeometry *geometry = fm_table_geometry(table, row);
        at.row = row;
        if (geometry == NULL || fm_geometry_dimension(geometry) != item->dimension ||
            !fm_style_layer_accepts(item->layer, &at))
            continue;
        Written *written = g_new0(Written, 1);
        *written = (Written){.row = row, .text = text_of(item, row)};
        g_ptr_array_add(rows, written);
    }
    return rows;
}

/* A column, or a fixed text. */
typedef struct {
    gsize column;
    GString *fixed;
} Piece;

static void piece_clear(Piece *piece)
{
    if (piece->fixed != NULL)
        g_string_free(piece->fixed, TRUE);
}

/* The column that the style layer reads whose value begins `text` and is longest. */
static gsize column_at(const FmQmlItem *item, gsize row, const char *text, gsize *length)
{
    const FmTable *table = item->context->table;
    gsize best = FM_COLUMN_NONE;
    *length = 0;
    for (const char *const *field = fm_style_layer_fields(item->layer); *field != NULL; field++) {
        gsize column = fm_table_find_column(table, *field);
        if (column == FM_COLUMN_NONE)
            continue;
        g_autofree char *value = fm_table_dup_as_text(table, column, row);
        if (value != NULL && strlen(value) > *length && g_str_has_prefix(text, value)) {
            *length = strlen(value);
            best = column;
        }
    }
    return best;
}

static GArray *template_of(const FmQmlItem *item, const Written *written)
{
    GArray *pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    g_array_set_clear_func(pieces, (GDestroyNotify)piece_clear);
    for (const char *text = written->text; *text != '\0';) {
        gsize length = 0;
        gsize column = column_at(item, written->row, text, &length);
        Piece *last = pieces->len > 0 ? &g_array_index(pieces, Piece, pieces->len - 1) : NULL;
        if (column == FM_COLUMN_NONE)
            length = (gsize)(g_utf8_next_char(text) - text);
        if (column != FM_COLUMN_NONE || last == NULL || last->fixed == NULL) {
            Piece piece = {.column = column};
            piece.fixed = column == FM_COLUMN_NONE ? g_string_new_len(text, (gssize)length) : NULL;
            g_array_append_val(pieces, piece);
        } else {
            g_string_append_len(last->fixed, text, (gssize)length);
        }
        text += length;
    }
    return pieces;
}

/* As QGIS's concat() does it: NULL is no text. */
static gboolean template_gives(const GArray *pieces, const FmTable *table, const Written *written)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < pieces->len; i++) {
        const Piece *piece = &g_array_index(pieces, Piece, i);
        g_autofree char *value = piece->fixed == NULL
                                     ? fm_table_dup_as_text(table, piece->column, written->row)
                                     : g_strdup(piece->fixed->str);
        g_string_append(text, value != NULL ? value : "");
    }
    return strcmp(text->str, written->text) == 0;
}

/* concat("name_zh", '\n', "name_en") */
static char *template_expression(const GArray *pieces, const FmTable *table)
{
    g_autoptr(GString) expression = g_string_new("concat(");
    for (guint i = 0; i < pieces->len; i++) {
        const Piece *piece = &g_array_index(pieces, Piece, i);
        g_autofree char *part =
            piece->fixed == NULL ? fm__expression_name(fm_table_column_name(table, piece->column))
                                 : fm__expression_literal(piece->fixed->str);
        g_string_append_printf(expression, "%s%s", i > 0 ? ", " : "", part);
    }
    g_string_append_c(expression, ')');
    return g_strdup(expression->str);
}

/* A template that holds in every row; NULL when none is found. */
static char *expression_of_columns(const FmQmlItem *item, const GPtrArray *rows)
{
    const FmTable *table = item->context->table;
    guint n_tried = 0;
    for (guint i = 0; i < rows->len && n_tried < ROWS_TRIED; i++) {
        const Written *written = g_ptr_array_index(rows, i);
        if (*written->text == '\0')
            continue;
        g_autoptr(GArray) pieces = template_of(item, written);
        gboolean holds = TRUE;
        for (guint k = 0; holds && k < rows->len; k++)
            holds = template_gives(pieces, table, g_ptr_array_index(rows, k));
        if (holds)
            return template_expression(pieces, table);
        n_tried++;
    }
    return NULL;
}

/* The first text column that has a value of its own in each of the rows. */
static gsize key_column(const FmTable *table, const GPtrArray *rows)
{
    for (gsize column = 0; column < fm_table_n_columns(table); column++) {
        if (fm_table_column_type(table, column) != FM_COLUMN_TEXT)
            continue;
        g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
        gboolean is_key = TRUE;
        for (guint i = 0; is_key && i < rows->len; i++) {
            const Written *written = g_ptr_array_index(rows, i);
            const char *value = fm_table_text(table, column, written->row);
            is_key = value != NULL && g_hash_table_add(seen, (gpointer)(guintptr)value);
        }
        if (is_key)
            return column;
    }
    return FM_COLUMN_NONE;
}

/* CASE WHEN "id" = 'a' THEN '…' … END; NULL when there are many rows or no key. */
static char *expression_of_rows(const FmQmlItem *item, const GPtrArray *rows)
{
    const FmTable *table = item->context->table;
    gsize key = rows->len <= ROWS_TOLD_MAX ? key_column(table, rows) : FM_COLUMN_NONE;
    if (key == FM_COLUMN_NONE)
        return NULL;
    g_autofree char *name = fm__expression_name(fm_table_column_name(table, key));
    g_autoptr(GString) expression = g_string_new("CASE");
    for (guint i = 0; i < rows->len; i++) {
        const Written *written = g_ptr_array_index(rows, i);
        g_autofree char *value = fm__expression_literal(fm_table_text(table, key, written->row));
        g_autofree char *text = fm__expression_literal(written->text);
        g_string_append_printf(expression, " WHEN %s = %s THEN %s", name, value, text);
    }
    g_string_append(expression, " END");
    return g_strdup(expression->str);
}

static gboolean writes_nothing(const GPtrArray *rows)
{
    for (guint i = 0; i < rows->len; i++) {
        if (*((const Written *)g_ptr_array_index(rows, i))->text != '\0')
            return FALSE;
    }
    return TRUE;
}

/* ---- the rule --------------------------------------------------------------------------- */

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

/* QGIS's placements: 0 = around a point, 1 = over it, 3 = along curved lines, 4 = horizontal within
 * areas, 6 = around a point by preference. */
static int placement_of(const FmQmlItem *item)
{
    if (item->dimension == 1)
        return 3;
    g_autofree char *icon = fm_style_layer_string(item->layer, FM_PROP_ICON_IMAGE, item->context);
    gboolean beside = icon != NULL || fm_style_layer_has(item->layer, FM_PROP_TEXT_VARIABLE_ANCHOR);
    if (item->dimension == 2)
        return beside ? 0 : 4;
    return beside ? 6 : 1;
}

/* Em to characters: half an em is the width of a Latin letter. */
static guint wrap_length(const FmQmlItem *item)
{
    double width_em = fm_style_layer_number(item->layer, FM_PROP_TEXT_MAX_WIDTH, item->context);
    return item->dimension == 1 ? 0 : (guint)lround(2 * width_em);
}

gboolean fm__qml_label_rule(GString *xml, const FmQmlItem *item)
{
    if (fm_style_layer_type(item->layer) != FM_STYLE_SYMBOL ||
        !fm_style_layer_has(item->layer, FM_PROP_TEXT_FIELD))
        return TRUE;
    g_autoptr(GPtrArray) rows = written_rows(item);
    if (writes_nothing(rows))
        return TRUE;
    g_autofree char *expression = expression_of_columns(item, rows);
    if (expression == NULL)
        expression = expression_of_rows(item, rows);
    if (expression == NULL)
        return FALSE;
    g_autofree char *shown = fm__qml_escape(fm_style_layer_id(item->layer));
    g_string_append_printf(xml,
                           "<rule key=\"{facmap-label-%" G_GSIZE_FORMAT "}\" description=\"%s\"",
                           xml->len, shown);
    fm__qml_when(xml, item);
    g_string_append(xml, ">\n<settings calloutType=\"simple\">\n");
    text_style(xml, item->layer, item->context, expression);
    /* Only symbols keep names off: areas and lines lie under them. */
    g_string_append_printf(xml,
                           "<text-format multilineAlign=\"1\" autoWrapLength=\"%u\" "
                           "useMaxLineLengthForAutoWrap=\"1\"/>\n"
                           "<placement placement=\"%d\" placementFlags=\"9\" dist=\"1\" "
                           "distUnits=\"MM\"/>\n"
                           "<rendering obstacle=\"%d\" displayAll=\"0\"/>\n</settings>\n</rule>\n",
                           wrap_length(item), placement_of(item), item->dimension == 0);
    return TRUE;
}
