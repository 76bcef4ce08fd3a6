/* Texts: on each other, cut off, too small, and without a glyph. */
#include "lint.h"
#include "symbols-internal.h"

#include "label-box.h"

#include <facmap/theme.h>

#include <math.h>

#define LEAST_PT 5.0
#define ROUNDING_PT 0.005
/* Lines are as high as their spacing: what two of them share above and below is no ink. */
#define INK_RATIO 0.72
#define SLACK_PX 0.5

static const FmTurnedBox *box_of(const FmLintText *text, guint i)
{
    return &g_array_index(text->boxes, FmTurnedBox, i);
}

static FmPagePoint middle_of(const FmLintText *text)
{
    const FmTurnedBox *box = box_of(text, text->boxes->len / 2);
    return (FmPagePoint){box->cx_px, box->cy_px};
}

static FmTurnedBox ink_of(const FmLintText *text, guint i)
{
    FmTurnedBox box = *box_of(text, i);
    if (!text->layer) /* furniture's is a paragraph; a label's boxes are its glyphs' already */
        box.half_height_px *= INK_RATIO;
    box.half_width_px -= MIN(SLACK_PX, box.half_width_px / 2);
    return box;
}

static gboolean texts_overlap(const FmLintText *a, const FmLintText *b)
{
    for (guint i = 0; i < a->boxes->len; i++)
        for (guint j = 0; j < b->boxes->len; j++) {
            const FmTurnedBox x = ink_of(a, i), y = ink_of(b, j);
            if (fm__turned_boxes_overlap(&x, &y))
                return TRUE;
        }
    return FALSE;
}

/* ---- overlap ---------------------------------------------------------------------------- */

static void check_pairs(FmLint *lint)
{
    for (guint i = 0; i < lint->texts->len; i++) {
        const FmLintText *a = &g_array_index(lint->texts, FmLintText, i);
        for (guint j = i + 1; j < lint->texts->len; j++) {
            const FmLintText *b = &g_array_index(lint->texts, FmLintText, j);
            /* An inset hides the map's names that it covers. */
            if (a->map != b->map || !texts_overlap(a, b))
                continue;
            const FmPagePoint at = middle_of(a);
            fm__lint_add(lint, FM_LINT_OVERLAP, &at, a->layer, NULL, "'%s' lies on '%s'", a->words,
                         b->words);
        }
    }
}

static void check_icons(FmLint *lint, const FmRenderJob *map)
{
    const FmSymbols *symbols = map->symbols;
    for (guint i = 0; symbols && i < symbols->placed->len; i++) {
        const FmLabelPlaced *placed = symbols->placed->pdata[i];
        const FmLabelRequest *request =
            &g_array_index(symbols->requests, FmLabelRequest, placed->request);
        if (!placed->icon)
            continue;
        const FmTurnedBox icon = fm__turned_box(fm__rect_grow(request->icon, -SLACK_PX));
        for (guint t = 0; t < lint->texts->len; t++) {
            const FmLintText *text = &g_array_index(lint->texts, FmLintText, t);
            g_autofree char *own = fm__label_text(request);
            if (text->map != map || g_strcmp0(own, text->words) == 0)
                continue;
            for (guint b = 0; b < text->boxes->len; b++) {
                const FmTurnedBox ink = ink_of(text, b);
                if (!fm__turned_boxes_overlap(&icon, &ink))
                    continue;
                const FmPagePoint at = {icon.cx_px, icon.cy_px};
                fm__lint_add(lint, FM_LINT_OVERLAP, &at, text->layer, NULL,
                             "'%s' lies on a symbol of '%s'", text->words, request->layer_id);
                break;
            }
        }
    }
}

/* From the nearest point of a box; 0 inside. */
static double distance_px(const FmTurnedBox *box, FmPagePoint p)
{
    const double dx = p.x_px - box->cx_px, dy = p.y_px - box->cy_px;
    const double along = fabs(dx * box->cos_angle + dy * box->sin_angle);
    const double across = fabs(dy * box->cos_angle - dx * box->sin_angle);
    return hypot(MAX(along - box->half_width_px, 0), MAX(across - box->half_height_px, 0));
}

/* A name on the circle that it names is meant so. */
static gboolean lies_on_circle(const FmLintText *text, FmPagePoint middle, double radius_px)
{
    if (hypot(text->anchor.x_px - middle.x_px, text->anchor.y_px - middle.y_px) <= radius_px)
        return FALSE;
    for (guint b = 0; b < text->boxes->len; b++) {
        const FmTurnedBox ink = ink_of(text, b);
        if (distance_px(&ink, middle) < radius_px - SLACK_PX)
            return TRUE;
    }
    return FALSE;
}

static void check_circle(FmLint *lint, const FmRenderJob *map, const FmStyleLayer *style_layer,
                         FmPagePoint middle, double radius_px)
{
    for (guint t = 0; t < lint->texts->len; t++) {
        const FmLintText *text = &g_array_index(lint->texts, FmLintText, t);
        if (text->map == map && lies_on_circle(text, middle, radius_px))
            fm__lint_add(lint, FM_LINT_OVERLAP, &middle, text->layer, NULL,
                         "'%s' lies on a circle of '%s'", text->words,
                         fm_style_layer_id(style_layer));
    }
}

static void check_circles_of(FmLint *lint, const FmRenderJob *map, const FmStyleLayer *style_layer,
                             const FmMapLayer *layer)
{
    FmShape *const *shapes = fm__map_layers_shapes(map->layers, style_layer);
    for (gsize row = 0; row < fm_table_n_rows(layer->table); row++) {
        const FmStyleContext context = {layer->table, row, map->frame->zoom, NULL};
        if (!shapes[row] || !fm__map_layer_accepts(layer, style_layer, &context))
            continue;
        const double radius_px = fm__draw_circle_radius_px(style_layer, &context);
        for (gsize i = 0; i < shapes[row]->n_points; i++)
            check_circle(lint, map, style_layer, shapes[row]->points[i], radius_px);
    }
}

/* Circles are symbols; the dots of a dot map are a texture, which names may cover. */
static void check_circles(FmLint *lint, const FmRenderJob *map)
{
    for (gsize i = 0; i < fm_style_n_layers(map->style); i++) {
        const FmStyleLayer *style_layer = fm_style_layer(map->style, i);
        const char *source = fm_style_layer_source_layer(style_layer);
        const FmMapLayer *layer = source ? fm__map_layers_find(map->layers, source) : NULL;
        if (!layer || fm_style_layer_type(style_layer) != FM_STYLE_CIRCLE ||
            !fm__lint_is_drawn(map, style_layer))
            continue;
        g_autoptr(FmDots) dots = fm_dots_new(map->style, style_layer);
        if (!dots)
            check_circles_of(lint, map, style_layer, layer);
    }
}

/* ---- the rest --------------------------------------------------------------------------- */

static void check_clipped(FmLint *lint, const FmLintText *text)
{
    const FmSheet *sheet = &lint->job->sheet;
    const FmPageRect page = {0, 0, sheet->width_px, sheet->height_px};
    const FmPageRect room = fm__rect_grow(text->map ? text->map->frame->rect : page, SLACK_PX);
    for (guint i = 0; i < text->boxes->len; i++) {
        const FmPageRect bounds = fm__turned_box_bounds(box_of(text, i));
        if (fm__rect_contains(&room, &bounds))
            continue;
        const FmPagePoint at = middle_of(text);
        fm__lint_add(lint, FM_LINT_CLIPPED, &at, text->layer, NULL, "'%s' is cut by the %s",
                     text->words, text->map ? "frame" : "page's edge");
        return;
    }
}

static void check_small(FmLint *lint, const FmLintText *text)
{
    if (text->wordless || text->size_pt >= LEAST_PT - ROUNDING_PT)
        return;
    const FmPagePoint at = middle_of(text);
    char size[G_ASCII_DTOSTR_BUF_SIZE];
    fm__lint_add(lint, FM_LINT_SMALL, &at, text->layer, text->layer ? "layout.text-size" : NULL,
                 "'%s' is set in %s pt; 5 is the least that is read", text->words,
                 g_ascii_formatd(size, sizeof size, "%.1f", text->size_pt));
}

void fm__lint_texts(FmLint *lint)
{
    const GPtrArray *missing = fm__text_context_missing(lint->job->text);
    check_pairs(lint);
    fm__lint_each_map(lint, check_icons, lint);
    fm__lint_each_map(lint, check_circles, lint);
    for (guint i = 0; i < lint->texts->len; i++) {
        check_clipped(lint, &g_array_index(lint->texts, FmLintText, i));
        check_small(lint, &g_array_index(lint->texts, FmLintText, i));
    }
    for (guint i = 0; i < missing->len; i++)
        fm__lint_add(lint, FM_LINT_GLYPH, NULL, NULL, NULL, "no font has %s",
                     (const char *)missing->pdata[i]);
}
