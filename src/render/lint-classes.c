/* Classes of a layer that some eyes cannot tell apart, or nobody on a grey print. */
#include "lint.h"

#include <facmap/contrast.h>
#include <math.h>

/* Half of what is safe between neighbours (contrast.h): below it two colours pass for one. */
#define LEAST_DIFFERENCE 5.0

static const FmVision VISIONS[] = {FM_VISION_NORMAL, FM_VISION_DEUTERANOPIA, FM_VISION_PROTANOPIA,
                                   FM_VISION_GREY};

/* The look of a legend entry, on paper. */
typedef struct {
    FmColor color;
    double size_px; /* another size, or another pattern, tells it apart */
    char *form;     /* of icons and patterns */
} Look;

static void look_clear(Look *look)
{
    g_free(look->form);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Look, look_clear)

static void look_at(const FmLint *lint, const FmPageLegendEntry *entry, Look *out)
{
    static const struct {
        FmStyleProperty color, opacity, size, form;
    } by_type[] = {
        [FM_STYLE_FILL] = {FM_PROP_FILL_COLOR, FM_PROP_FILL_OPACITY, FM_N_PROPS,
                           FM_PROP_FILL_PATTERN},
        [FM_STYLE_LINE] = {FM_PROP_LINE_COLOR, FM_PROP_LINE_OPACITY, FM_PROP_LINE_WIDTH,
                           FM_N_PROPS},
        [FM_STYLE_CIRCLE] = {FM_PROP_CIRCLE_COLOR, FM_PROP_CIRCLE_OPACITY, FM_PROP_CIRCLE_RADIUS,
                             FM_N_PROPS},
        [FM_STYLE_SYMBOL] = {FM_PROP_ICON_COLOR, FM_PROP_ICON_OPACITY, FM_PROP_ICON_SIZE,
                             FM_PROP_ICON_IMAGE},
    };
    const FmStyleLayerType type = fm_style_layer_type(entry->layer);
    const FmStyleContext context = {entry->sample, 0, lint->job->frame->zoom, NULL};
    const FmColor paper = {1, 1, 1, 1};
    *out = (Look){0};
    out->color = fm_style_layer_color(entry->layer, by_type[type].color, &context);
    out->color.a *= fm_style_layer_number(entry->layer, by_type[type].opacity, &context);
    out->color = fm_color_over(out->color, paper);
    if (by_type[type].size != FM_N_PROPS)
        out->size_px = fm_style_layer_number(entry->layer, by_type[type].size, &context);
    if (by_type[type].form != FM_N_PROPS)
        out->form = fm_style_layer_string(entry->layer, by_type[type].form, &context);
}

/* Tell of the first way of seeing in which they are one. */
static void compare(FmLint *lint, const FmStyleLayer *layer, FmColor a, FmColor b,
                    const char *first, const char *second)
{
    for (gsize v = 0; v < G_N_ELEMENTS(VISIONS); v++) {
        const double apart =
            fm_color_difference(fm_color_as_seen(a, VISIONS[v]), fm_color_as_seen(b, VISIONS[v]));
        if (apart >= LEAST_DIFFERENCE)
            continue;
        char number[G_ASCII_DTOSTR_BUF_SIZE];
        fm__lint_add(lint, FM_LINT_CLASSES, NULL, layer, "metadata.facmap:legend",
                     "'%s' and '%s' look alike (%s, ΔE00 %s)", first, second,
                     fm_vision_name(VISIONS[v]),
                     g_ascii_formatd(number, sizeof number, "%.1f", apart));
        return;
    }
}

static const char *label_of(const FmPageLegendEntry *entry)
{
    return entry->label.en ? entry->label.en : entry->label.zh;
}

static void compare_entries(FmLint *lint, const FmPageLegendEntry *a, const FmPageLegendEntry *b)
{
    g_auto(Look) first = {0}, second = {0};
    look_at(lint, a, &first);
    look_at(lint, b, &second);
    if (first.size_px == second.size_px && g_strcmp0(first.form, second.form) == 0 &&
        a->n_layers == b->n_layers)
        compare(lint, a->layer, first.color, second.color, label_of(a), label_of(b));
}

static char *cell_name(const FmPageLegendSquare *square, gsize i)
{
    const FmPageText *x = &square->x.limits[i % square->x.n_classes];
    const FmPageText *y = &square->y.limits[i / square->x.n_classes];
    return g_strdup_printf("from %s, from %s", x->en ? x->en : x->zh, y->en ? y->en : y->zh);
}

static void compare_cells(FmLint *lint, const FmPageLegendEntry *entry)
{
    const FmPageLegendSquare *square = entry->square;
    const gsize n = square->x.n_classes * square->y.n_classes;
    for (gsize i = 0; i < n; i++)
        for (gsize j = i + 1; j < n; j++) {
            g_autofree char *first = cell_name(square, i);
            g_autofree char *second = cell_name(square, j);
            compare(lint, entry->layer, square->colors[i], square->colors[j], first, second);
        }
}

void fm__lint_classes(FmLint *lint)
{
    const GPtrArray *legend = lint->job->page->legend;
    for (guint i = 0; i < legend->len; i++) {
        const FmPageLegendEntry *a = legend->pdata[i];
        if (a->kind == FM_LEGEND_SQUARE)
            compare_cells(lint, a);
        for (guint j = i + 1; a->kind == FM_LEGEND_SWATCH && j < legend->len; j++) {
            const FmPageLegendEntry *b = legend->pdata[j];
            if (b->kind == FM_LEGEND_SWATCH && a->layer == b->layer)
                compare_entries(lint, a, b);
        }
    }
}
