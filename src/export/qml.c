/* A QGIS style for a layer: a rule-based renderer with one rule a look of each style layer,
 * rule-based labels, and aliases in both languages.  The form is what QGIS 3.22 writes itself. */

#include "qml.h"

#include "looks.h"

#include <math.h>

static const double PAGE_SCALE = 500000; /* what the zoom expressions are evaluated for */
static const double ZOOM_MAX = 24;       /* a style layer's own when it names none */

double fm__qml_zoom(void)
{
    /* Metres a CSS px at that scale against those of zoom 0: an equator in 512 px. */
    const double equator_m = 2 * G_PI * 6378137.0;
    const double metres_per_px = PAGE_SCALE * 0.0254 / 96.0;
    return log2(equator_m / 512.0 / metres_per_px);
}

char *fm__qml_escape(const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_auto(GStrv) lines = g_strsplit(escaped, "\n", -1);
    return g_strjoinv("&#xa;", lines);
}

void fm__qml_option(GString *xml, const char *name, const char *value)
{
    g_autofree char *escaped = fm__qml_escape(value);
    g_string_append_printf(xml, "<Option name=\"%s\" value=\"%s\" type=\"QString\"/>\n", name,
                           escaped);
}

void fm__qml_number(GString *xml, const char *name, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(text, sizeof text, "%.4g", value);
    fm__qml_option(xml, name, text);
}

void fm__qml_px(GString *xml, const char *name, double value_px)
{
    fm__qml_number(xml, name, value_px * 25.4 / 96.0);
    g_autofree char *unit = g_strconcat(name, "_unit", NULL);
    fm__qml_option(xml, unit, "MM");
}

void fm__qml_color(GString *xml, const char *name, FmColor color, double opacity)
{
    g_autofree char *text =
        g_strdup_printf("%d,%d,%d,%d", (int)lround(color.r * 255), (int)lround(color.g * 255),
                        (int)lround(color.b * 255), (int)lround(color.a * opacity * 255));
    fm__qml_option(xml, name, text);
}

/* The denominator of the scale at which a zoom is reached, on the equator. */
static double denominator(double zoom)
{
    return PAGE_SCALE * exp2(fm__qml_zoom() - zoom);
}

void fm__qml_when(GString *xml, const FmQmlItem *item)
{
    if (item->condition != NULL) {
        g_autofree char *filter = fm__qml_escape(item->condition);
        g_string_append_printf(xml, " filter=\"%s\"", filter);
    }
    if (fm_style_layer_min_zoom(item->layer) > 0)
        g_string_append_printf(xml, " scalemaxdenom=\"%.0f\"",
                               denominator(fm_style_layer_min_zoom(item->layer)));
    if (fm_style_layer_max_zoom(item->layer) < ZOOM_MAX)
        g_string_append_printf(xml, " scalemindenom=\"%.0f\"",
                               denominator(fm_style_layer_max_zoom(item->layer)));
}

/* ---- the document ----------------------------------------------------------------------- */

typedef struct {
    const FmExportLayer *layer;
    const FmStyle *style;
    const char *icons_dir;
    GString *rules, *symbols, *labels;
    guint n_symbols, n_passes;
    GPtrArray *warnings;
} Document;

static void warn(Document *document, const FmStyleLayer *layer, const char *what)
{
    g_ptr_array_add(document->warnings,
                    g_strdup_printf("style layer '%s' of '%s': %s", fm_style_layer_id(layer),
                                    document->layer->info->name, what));
}

/* Keys tie rules together inside one document: any that are distinct will do. */
static void append_rule(Document *document, const FmQmlItem *item, const FmLook *look)
{
    const char *id = fm_style_layer_id(item->layer);
    g_autofree char *label =
        look->label != NULL ? g_strdup_printf("%s: %s", id, look->label) : g_strdup(id);
    g_autofree char *shown = fm__qml_escape(label);
    g_string_append_printf(document->rules, "<rule key=\"{facmap-%u}\" symbol=\"%s\" label=\"%s\"",
                           document->n_symbols++, item->name, shown);
    fm__qml_when(document->rules, item);
    g_string_append(document->rules, "/>\n");
}

/* QGIS tries every rule on every geometry of a layer that mixes them. */
static char *with_dimension(const Document *document, const char *condition, guint dimension)
{
    static const char *const names[] = {"Point", "Line", "Polygon"};
    if (fm_table_geometry_type(document->layer->table) != FM_GEOMETRY_ANY)
        return g_strdup(condition);
    g_autofree char *test = g_strdup_printf("geometry_type($geometry) = '%s'", names[dimension]);
    return condition == NULL ? g_steal_pointer(&test)
                             : g_strdup_printf("%s AND (%s)", test, condition);
}

static gboolean add_look(Document *document, const FmStyleLayer *layer, const FmLook *look,
                         guint dimension, gboolean *labelled, GError **error)
{
    const FmStyleContext context = {
        .table = document->layer->table, .row = look->row, .zoom = fm__qml_zoom()};
    g_autofree char *name = g_strdup_printf("%u", document->n_symbols);
    g_autofree char *condition = with_dimension(document, look->condition, dimension);
    const FmQmlItem item = {
        .layer = layer,
        .context = &context,
        .dimension = dimension,
        .name = name,
        .pass = document->n_passes,
        .icons_dir = document->icons_dir,
        .condition = condition,
    };
    GError *local = NULL;
    if (fm__qml_symbol(document->symbols, &item, &local))
        append_rule(document, &item, look);
    if (local != NULL) {
        g_propagate_error(error, local);
        return FALSE;
    }
    *labelled = fm__qml_label_rule(document->labels, &item) && *labelled;
    return TRUE;
}

/* What a style layer draws first has the lower key. */
static double sort_key(const FmStyleLayer *layer, const FmTable *table, gsize row)
{
    const FmStyleContext context = {.table = table, .row = row, .zoom = fm__qml_zoom()};
    static const FmStyleProperty keys[] = {FM_PROP_FILL_SORT_KEY, FM_PROP_LINE_SORT_KEY,
                                           FM_PROP_CIRCLE_SORT_KEY};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (fm_style_layer_has(layer, keys[i]))
            return fm_style_layer_number(layer, keys[i], &context);
    }
    return 0;
}

typedef struct {
    const FmStyleLayer *layer;
    const FmTable *table;
} Order;

static gint by_sort_key(gconstpointer a, gconstpointer b, gpointer user)
{
    const Order *order = user;
    double x = sort_key(order->layer, order->table, (*(const FmLook *const *)a)->row);
    double y = sort_key(order->layer, order->table, (*(const FmLook *const *)b)->row);
    return (x > y) - (x < y);
}

static gboolean add_dimension(Document *document, const FmStyleLayer *layer, guint dimension,
                              GError **error)
{
    gboolean exact = TRUE, labelled = TRUE;
    g_autoptr(GPtrArray) looks =
        fm__looks_new(layer, document->layer->table, dimension, fm__qml_zoom(), &exact);
    Order order = {.layer = layer, .table = document->layer->table};
    if (looks != NULL)
        g_ptr_array_sort_with_data(looks, by_sort_key, &order);
    for (guint i = 0; looks != NULL && i < looks->len; i++) {
        const FmLook *look = g_ptr_array_index(looks, i);
        /* A pass for each sort key of each style layer. */
        if (i > 0 && by_sort_key(&looks->pdata[i - 1], &looks->pdata[i], &order) != 0)
            document->n_passes++;
        if (!add_look(document, layer, look, dimension, &labelled, error))
            return FALSE;
    }
    document->n_passes += looks != NULL && looks->len > 0;
    if (looks == NULL)
        warn(document, layer,
             "its looks are too many for QGIS rules, left out of the GeoPackage's style");
    else if (!exact)
        warn(document, layer, "drawn in classes in QGIS");
    if (!labelled)
        warn(document, layer, "its labels are no QGIS expression, left out");
    return TRUE;
}

static gboolean add_style_layer(Document *document, const FmStyleLayer *layer, GError **error)
{
    for (guint dimension = 0; dimension <= 2; dimension++) {
        if (!add_dimension(document, layer, dimension, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean add_style(Document *document, GError **error)
{
    for (gsize i = 0; document->style != NULL && i < fm_style_n_layers(document->style); i++) {
        const FmStyleLayer *layer = fm_style_layer(document->style, i);
        const char *source = fm_style_layer_source_layer(layer);
        if (source == NULL || strcmp(source, document->layer->info->name) != 0)
            continue;
        if (!add_style_layer(document, layer, error))
            return FALSE;
    }
    return TRUE;
}

static void append_aliases(GString *xml, const FmTable *table)
{
    g_string_append(xml, "<aliases>\n");
    for (gsize c = 0; c < fm_table_n_columns(table); c++) {
        const char *zh = fm_table_column_title_zh(table, c),
                   *en = fm_table_column_title_en(table, c);
        g_autofree char *title =
            g_strdup_printf("%s%s%s", zh != NULL ? zh : "", zh != NULL && en != NULL ? " " : "",
                            en != NULL ? en : "");
        g_autofree char *field = fm__qml_escape(fm_table_column_name(table, c));
        g_autofree char *shown = fm__qml_escape(title);
        /* Index 0 is the fid. */
        g_string_append_printf(xml,
                               "<alias index=\"%" G_GSIZE_FORMAT "\" field=\"%s\" name=\"%s\"/>\n",
                               c + 1, field, shown);
    }
    g_string_append(xml, "</aliases>\n");
}

static char *assemble(const Document *document)
{
    GString *xml = g_string_new("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n");
    g_string_append_printf(xml,
                           "<qgis version=\"3.22.0\" styleCategories=\"Symbology|Labeling|Fields\" "
                           "labelsEnabled=\"%d\">\n",
                           document->labels->len > 0 ? 1 : 0);
    if (document->rules->len > 0)
        g_string_append_printf(xml,
                               "<renderer-v2 type=\"RuleRenderer\" symbollevels=\"1\" "
                               "enableorderby=\"0\" forceraster=\"0\">\n"
                               "<rules key=\"{facmap}\">\n%s</rules>\n<symbols>\n%s</symbols>\n"
                               "</renderer-v2>\n",
                               document->rules->str, document->symbols->str);
    else if (document->labels->len > 0) /* names alone: no symbol of QGIS's own choice */
        g_string_append(xml, "<renderer-v2 type=\"nullSymbol\"/>\n");
    if (document->labels->len > 0)
        g_string_append_printf(xml,
                               "<labeling type=\"rule-based\">\n<rules key=\"{facmap-labels}\">\n"
                               "%s</rules>\n</labeling>\n",
                               document->labels->str);
    append_aliases(xml, document->layer->table);
    g_string_append(xml, "</qgis>\n");
    return g_string_free(xml, FALSE);
}

char *fm__qml_new(const FmExportLayer *layer, const FmStyle *style, const char *icons_dir,
                  GPtrArray *warnings, GError **error)
{
    g_autoptr(GString) rules = g_string_new(NULL);
    g_autoptr(GString) symbols = g_string_new(NULL);
    g_autoptr(GString) labels = g_string_new(NULL);
    Document document = {
        .layer = layer,
        .style = style,
        .icons_dir = icons_dir,
        .rules = rules,
        .symbols = symbols,
        .labels = labels,
        .warnings = warnings,
    };
    if (!add_style(&document, error))
        return NULL;
    return assemble(&document);
}
