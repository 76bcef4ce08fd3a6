/* A QGIS style for a layer: a rule-based renderer with one rule a look of each style layer, rule-based
 * labels, and aliases in both languages.  The form is what QGIS 3.22 writes itself. */

#include "qml.h"

#include "looks.h"

#include <math.h>

double fm__qml_zoom(void)
{
    /* Metres a CSS px at 1:500 000 against those of zoom 0: an equator in 512 px. */
    const double equator_m = 2 * G_PI * 6378137.0;
    const double metres_per_px = 500000.0 * 0.0254 / 96.0;
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

/* ---- the document ----------------------------------------------------------------------- */

typedef struct {
    const FmExportLayer *layer;
    const FmStyle *style;
    const char *icons_dir;
    guint dimension;
    GString *rules, *symbols, *labels;
    guint n_symbols, n_rules;
    GPtrArray *warnings;
} Document;

static guint dimension_of(FmGeometryType type)
{
    switch (type) {
    case FM_GEOMETRY_LINESTRING:
    case FM_GEOMETRY_MULTILINESTRING:
        return 1;
    case FM_GEOMETRY_POLYGON:
    case FM_GEOMETRY_MULTIPOLYGON:
        return 2;
    default:
        return 0;
    }
}

/* Keys tie rules together inside one document: any that are distinct will do. */
static void append_rule(Document *document, const FmStyleLayer *layer, const FmLook *look)
{
    g_autofree char *label = look->label != NULL
                                 ? g_strdup_printf("%s: %s", fm_style_layer_id(layer), look->label)
                                 : g_strdup(fm_style_layer_id(layer));
    g_autofree char *shown = fm__qml_escape(label);
    g_string_append_printf(document->rules, "<rule key=\"{facmap-%u}\" symbol=\"%u\" label=\"%s\"",
                           document->n_rules++, document->n_symbols++, shown);
    if (look->condition != NULL) {
        g_autofree char *filter = fm__qml_escape(look->condition);
        g_string_append_printf(document->rules, " filter=\"%s\"", filter);
    }
    g_string_append(document->rules, "/>\n");
}

static gboolean add_look(Document *document, const FmStyleLayer *layer, const FmLook *look,
                         GError **error)
{
    const FmStyleContext context = {
        .table = document->layer->table, .row = look->row, .zoom = fm__qml_zoom()};
    g_autofree char *name = g_strdup_printf("%u", document->n_symbols);
    GError *local = NULL;
    if (fm__qml_symbol(document->symbols, layer, &context, name, document->dimension,
                       document->icons_dir, &local))
        append_rule(document, layer, look);
    if (local != NULL) {
        g_propagate_error(error, local);
        return FALSE;
    }
    (void)fm__qml_label_rule(document->labels, layer, document->layer->table, &context,
                             look->condition, document->dimension);
    return TRUE;
}

static gboolean add_style_layer(Document *document, const FmStyleLayer *layer, GError **error)
{
    gboolean exact = TRUE;
    g_autoptr(GPtrArray) looks =
        fm__looks_new(layer, document->layer->table, fm__qml_zoom(), &exact);
    if (looks == NULL || !exact)
        g_ptr_array_add(document->warnings,
                        g_strdup_printf("style layer '%s' of '%s': %s", fm_style_layer_id(layer),
                                        document->layer->info->name,
                                        looks == NULL ? "its looks are too many for QGIS rules, "
                                                        "left out of the GeoPackage's style"
                                                      : "drawn in classes in QGIS"));
    for (guint i = 0; looks != NULL && i < looks->len; i++) {
        if (!add_look(document, layer, g_ptr_array_index(looks, i), error))
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
                               "<renderer-v2 type=\"RuleRenderer\" symbollevels=\"0\" "
                               "enableorderby=\"0\" forceraster=\"0\">\n"
                               "<rules key=\"{facmap}\">\n%s</rules>\n<symbols>\n%s</symbols>\n"
                               "</renderer-v2>\n",
                               document->rules->str, document->symbols->str);
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
        .dimension = dimension_of(fm_table_geometry_type(layer->table)),
        .rules = rules,
        .symbols = symbols,
        .labels = labels,
        .warnings = warnings,
    };
    if (!add_style(&document, error))
        return NULL;
    return assemble(&document);
}
