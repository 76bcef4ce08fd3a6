/* "facmap:bivariate": areas coloured by the classes of two values at once, with a square legend
 * (after Trumbo 1981, doi:10.1080/00031305.1981.10479360). */
#include "bivariate-palette.h"
#include "classes.h"
#include "theme.h"

#include <math.h>

#define N FM_BIVARIATE_CLASSES

typedef struct {
    FmClassesSpec *axes[2]; /* x, y */
    FmPageText titles[2];
    FmColor colors[FM_BIVARIATE_CELLS];
    char *group;
    gboolean turned, has_no_data;
    FmPageText no_data;
} BivariateSpec;

static void spec_free(BivariateSpec *spec)
{
    if (spec == NULL) {
        return;
    }
    for (gsize a = 0; a < 2; a++) {
        fm__classes_spec_free(spec->axes[a]);
        fm__page_text_clear(&spec->titles[a]);
    }
    fm__page_text_clear(&spec->no_data);
    g_free(spec->group);
    g_free(spec);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BivariateSpec, spec_free)

static void read_axis(FmPageReader *reader, JsonObject *parent, const char *path, const char *key,
                      FmClassesSpec **axis, FmPageText *title)
{
    static const char *const keys[] = {"value",  "title",  "method",   "classes",
                                       "limits", "format", "decimals", NULL};
    JsonNode *node = json_object_get_member(parent, key);
    g_autofree char *place = g_strconcat(path, ".", key, NULL);

    *axis = g_new0(FmClassesSpec, 1);
    if (node == NULL) {
        fm__page_fail(reader, path, FM_ERROR_PARSE, "'%s' is missing", key);
        return;
    }
    JsonObject *object = fm__page_object(reader, node, place, keys);
    if (object == NULL) {
        return;
    }
    fm__classes_spec_read_scale(reader, object, place, N, N, *axis);
    if ((*axis)->n_classes > N) {
        fm__page_fail(reader, place, FM_ERROR_PARSE, "'limits' must be %d numbers at most", N + 1);
    }
    if (json_object_has_member(object, "title")) {
        *title = fm__page_text(reader, json_object_get_member(object, "title"), place);
    } else {
        fm__page_fail(reader, place, FM_ERROR_PARSE, "'title' is missing");
    }
}

static void read_colors(FmPageReader *reader, JsonObject *object, const char *path,
                        BivariateSpec *spec)
{
    JsonNode *node = json_object_get_member(object, "palette");

    if (node == NULL || !JSON_NODE_HOLDS_ARRAY(node)) {
        g_autofree char *name =
            fm__page_string(reader, object, path, "palette", fm__bivariate_palette_names()[0]);
        if (name != NULL && !fm__bivariate_palette(name, spec->colors)) {
            g_autofree char *names =
                g_strjoinv(", ", (char **)(guintptr)fm__bivariate_palette_names());
            fm__page_fail(reader, path, FM_ERROR_PARSE, "there is no palette '%s'; there are %s",
                          name, names);
        }
        return;
    }
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    fm__page_strings(reader, node, path, texts);
    if (texts->len != FM_BIVARIATE_CELLS) {
        fm__page_fail(reader, path, FM_ERROR_PARSE, "'palette' must have %d colours",
                      FM_BIVARIATE_CELLS);
    }
    for (guint i = 0; i < MIN(texts->len, FM_BIVARIATE_CELLS); i++) {
        if (!fm__color_parse(texts->pdata[i], &spec->colors[i])) {
            fm__page_fail(reader, path, FM_ERROR_PARSE, "'palette': '%s' is no colour",
                          (const char *)texts->pdata[i]);
        }
    }
}

static BivariateSpec *read_spec(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *node,
                                const char *path)
{
    static const char *const keys[] = {"x", "y", "palette", "group", "no-data", "turned", NULL};
    JsonObject *object = fm__page_object(reader, node, path, keys);

    if (fm_style_layer_type(layer) != FM_STYLE_FILL) {
        fm__page_fail(reader, path, FM_ERROR_PARSE, "only a fill layer has colours of two values");
    }
    if (object == NULL) {
        return NULL;
    }
    BivariateSpec *spec = g_new0(BivariateSpec, 1);
    read_axis(reader, object, path, "x", &spec->axes[0], &spec->titles[0]);
    read_axis(reader, object, path, "y", &spec->axes[1], &spec->titles[1]);
    read_colors(reader, object, path, spec);
    spec->group = fm__page_required_string(reader, object, path, "group");
    spec->turned = fm__page_boolean(reader, object, path, "turned", FALSE);
    spec->has_no_data = fm__classes_no_data(reader, object, path, &spec->no_data);
    return spec;
}

void fm__bivariate_check(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *node,
                         const char *path)
{
    spec_free(read_spec(reader, layer, node, path));
}

/* ---- written out ---- */

typedef struct {
    const BivariateSpec *spec;
    FmClassLimits limits[2];
    char *values[2]; /* the expressions as text */
} Bivariate;

static void bivariate_clear(Bivariate *b)
{
    g_free(b->values[0]);
    g_free(b->values[1]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Bivariate, bivariate_clear)

/* Fewer classes than three take the palette's evenly: the ends, or the middle. */
static gsize palette_place(gsize c, gsize n)
{
    return n == 1 ? N / 2 : c * (N - 1) / (n - 1);
}

static FmColor color_of(const Bivariate *b, gsize x, gsize y)
{
    return b->spec->colors[palette_place(y, b->limits[1].n_classes) * N +
                           palette_place(x, b->limits[0].n_classes)];
}

/* Append "step" over one value; `inner` appends what stands for a class. */
static char *step_text(const Bivariate *b, gsize axis, char **classes)
{
    const FmClassLimits *limits = &b->limits[axis];
    GString *text = g_string_new(NULL);

    if (limits->n_classes == 1) {
        g_string_append(text, classes[0]);
        return g_string_free(text, FALSE);
    }
    g_string_append_printf(text, "[\"step\", %s, %s", b->values[axis], classes[0]);
    for (gsize c = 1; c < limits->n_classes; c++) {
        g_autofree char *limit = fm_format_double(limits->steps[c - 1]);
        g_string_append_printf(text, ", %s, %s", limit, classes[c]);
    }
    g_string_append_c(text, ']');
    return g_string_free(text, FALSE);
}

static char *color_expression(const Bivariate *b)
{
    char *columns[N + 1] = {NULL};

    for (gsize x = 0; x < b->limits[0].n_classes; x++) {
        char *cells[N + 1] = {NULL};
        for (gsize y = 0; y < b->limits[1].n_classes; y++) {
            cells[y] = fm__layer_hex(color_of(b, x, y));
        }
        columns[x] = step_text(b, 1, cells);
        for (gsize y = 0; y < N; y++) {
            g_free(cells[y]);
        }
    }
    char *text = step_text(b, 0, columns);
    for (gsize x = 0; x < N; x++) {
        g_free(columns[x]);
    }
    return text;
}

static char *axis_text(const Bivariate *b, gsize axis)
{
    const FmClassesSpec *spec = b->spec->axes[axis];
    g_autofree char *title = fm__layer_words(&b->spec->titles[axis]);
    GString *text = g_string_new(NULL);

    g_string_append_printf(text, "{\"title\": %s, \"limits\": [", title);
    for (gsize c = 0; c <= b->limits[axis].n_classes; c++) {
        g_autofree char *en = fm__class_limit_text(spec, &b->limits[axis], c, FALSE);
        g_autofree char *zh = fm__class_limit_text(spec, &b->limits[axis], c, TRUE);
        const FmPageText words = {en, zh};
        g_autofree char *limit = fm__layer_words(&words);
        g_string_append_printf(text, "%s%s", c > 0 ? ", " : "", limit);
    }
    g_string_append(text, "]}");
    return g_string_free(text, FALSE);
}

static JsonNode *legend_entry(const Bivariate *b)
{
    g_autofree char *group = fm__layer_quote(b->spec->group);
    g_autofree char *x_axis = axis_text(b, 0), *y_axis = axis_text(b, 1);
    g_autoptr(GString) cells = g_string_new(NULL);

    for (gsize y = 0; y < b->limits[1].n_classes; y++) {
        for (gsize x = 0; x < b->limits[0].n_classes; x++) {
            g_autofree char *color = fm__layer_hex(color_of(b, x, y));
            g_autofree char *in_x = fm__class_condition(b->values[0], &b->limits[0], x);
            g_autofree char *in_y = fm__class_condition(b->values[1], &b->limits[1], y);
            g_string_append_printf(cells, "%s{\"color\": %s, \"filter\": [\"all\", %s, %s]}",
                                   cells->len > 0 ? ", " : "", color, in_x, in_y);
        }
    }
    g_autofree char *text =
        g_strdup_printf("{\"group\": %s, \"square\": {\"x\": %s, \"y\": %s, \"cells\": [%s], "
                        "\"turned\": %s}}",
                        group, x_axis, y_axis, cells->str, b->spec->turned ? "true" : "false");
    return fm__layer_json(text);
}

static JsonNode *no_data_entry(const BivariateSpec *spec)
{
    g_autofree char *group = fm__layer_quote(spec->group);
    g_autofree char *words = fm__layer_words(&spec->no_data);
    g_autofree char *text =
        g_strdup_printf("{\"group\": %s, \"label\": %s, \"count\": true}", group, words);

    return fm__layer_json(text);
}

/* The classes of both values, over the features that have both. */
static gboolean find_limits(Bivariate *b, const FmThemed *themed, gsize *n_missing, GError **error)
{
    static const char *const names[] = {"x", "y"};
    gsize n = fm_table_n_rows(themed->table), lacking = 0, first = 0;
    g_autofree double *xs = fm__layer_values(themed->layer, themed->table,
                                             b->spec->axes[0]->expression, &lacking, &first);
    g_autofree double *ys = fm__layer_values(themed->layer, themed->table,
                                             b->spec->axes[1]->expression, n_missing, &first);

    for (gsize row = 0; row < n; row++) {
        *n_missing += !isfinite(xs[row]) && isfinite(ys[row]) ? 1 : 0;
        if (!isfinite(xs[row]) || !isfinite(ys[row])) {
            xs[row] = ys[row] = NAN;
        }
    }
    for (gsize a = 0; a < 2; a++) {
        if (!fm__class_limits_find(b->spec->axes[a], a == 0 ? xs : ys, n, &b->limits[a], error)) {
            g_prefix_error(error, "%s: ", names[a]);
            return FALSE;
        }
        if (b->limits[a].n_classes > N) {
            g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                        "%s: this method gives %" G_GSIZE_FORMAT
                        " classes, not %d: take quantile, or fixed limits",
                        names[a], b->limits[a].n_classes, N);
            return FALSE;
        }
    }
    return TRUE;
}

gboolean fm__bivariate_write(const FmThemed *themed, GError **error)
{
    g_autoptr(BivariateSpec) spec =
        read_spec(themed->reader, themed->layer, themed->spec, themed->path);
    JsonObject *layer = json_node_get_object(themed->node);
    JsonObject *metadata = fm__layer_member(layer, "metadata");
    gsize n_missing = 0;
    g_auto(Bivariate) b = {.spec = spec};

    if (themed->reader->error != NULL || !find_limits(&b, themed, &n_missing, error)) {
        return FALSE;
    }
    b.values[0] = fm__json_to_text(spec->axes[0]->value);
    b.values[1] = fm__json_to_text(spec->axes[1]->value);
    g_autofree char *has_x = fm__layer_is_number(b.values[0], TRUE);
    g_autofree char *has_y = fm__layer_is_number(b.values[1], TRUE);
    g_autofree char *has_both = g_strdup_printf("[\"all\", %s, %s]", has_x, has_y);
    g_autofree char *lacks_one = g_strdup_printf("[\"!\", %s]", has_both);
    g_autofree char *color = color_expression(&b);
    g_autoptr(JsonArray) entries = json_array_new();

    if (n_missing > 0 && spec->has_no_data) {
        json_array_add_element(themed->after, fm__layer_no_data(themed->node, FM_STYLE_FILL,
                                                                lacks_one, FM_KEY_BIVARIATE,
                                                                "fill-color", no_data_entry(spec)));
    }
    json_object_set_member(fm__layer_member(layer, "paint"), "fill-color", fm__layer_json(color));
    fm__layer_add_filter(layer, has_both);
    json_object_remove_member(metadata, FM_KEY_BIVARIATE);
    json_array_add_element(entries, legend_entry(&b));
    fm__layer_add_legend(metadata, entries);
    return TRUE;
}
