/* Symbols that pile up.
 *
 * Displaced, they are discs that are pushed apart until they touch, each pair by half of what they
 * share, again and again in a fixed order (relaxation of distance constraints, Jakobsen 2001,
 * "Advanced character physics", Game Developers Conference), and never farther from their places
 * than the layer allows.  Displacement and aggregation as remedies for crowded maps: McMaster &
 * Shea 1992, "Generalization in digital cartography", chapter 3.
 *
 * Clustered, the first of those left takes all that look like it and lie near (the leader
 * algorithm, Hartigan 1975, "Clustering algorithms", chapter 3), in the layer's order. */
#include "symbols-crowd.h"

#include <math.h>
#include <string.h>

enum { ROUNDS = 80 };
#define LEADER_WIDTH_PX 0.35
/* Names avoid these lines, but do not give up their places for one. */
#define LEADER_WEIGHT 0.5
/* Symbols at one point part in directions that differ by the golden angle. */
#define GOLDEN_ANGLE_RAD (G_PI * 0.76393202250021030359)

static FmLabelRequest *request_at(const FmSymbols *symbols, guint i)
{
    return &g_array_index(symbols->requests, FmLabelRequest, i);
}

static FmSymbolData *data_at(const FmSymbols *symbols, guint i)
{
    return symbols->data->pdata[i];
}

static FmPagePoint middle_of(const FmPageRect *box)
{
    return (FmPagePoint){box->x_px + box->width_px / 2, box->y_px + box->height_px / 2};
}

static double distance_px(FmPagePoint a, FmPagePoint b)
{
    return hypot(b.x_px - a.x_px, b.y_px - a.y_px);
}

/* ---- displacing ------------------------------------------------------------------------- */

typedef struct {
    guint index; /* of the request */
    FmPagePoint home, at;
    double radius_px;
} Disc;

typedef struct {
    guint a, b; /* of the discs */
} Pair;

static gint compare_discs(gconstpointer a, gconstpointer b)
{
    const Disc *p = a, *q = b;
    if (p->home.x_px != q->home.x_px)
        return p->home.x_px < q->home.x_px ? -1 : 1;
    return (p->index > q->index) - (p->index < q->index);
}

static GArray *discs_of(const FmSymbols *symbols, guint first)
{
    GArray *discs = g_array_new(FALSE, FALSE, sizeof(Disc));
    for (guint i = first; i < symbols->requests->len; i++) {
        const FmLabelRequest *request = request_at(symbols, i);
        if (!request->has_icon)
            continue;
        const FmPagePoint middle = middle_of(&request->icon);
        const Disc disc = {i, middle, middle,
                           MAX(request->icon.width_px, request->icon.height_px) / 2};
        g_array_append_val(discs, disc);
    }
    g_array_sort(discs, compare_discs);
    return discs;
}

/* Those who can ever meet: a sweep from left to right. */
static GArray *pairs_of(const GArray *discs, double most_px)
{
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    double widest_px = 0;
    for (guint i = 0; i < discs->len; i++)
        widest_px = MAX(widest_px, g_array_index(discs, Disc, i).radius_px);
    for (guint i = 0; i < discs->len; i++) {
        const Disc *a = &g_array_index(discs, Disc, i);
        const double reach_px = a->radius_px + widest_px + 2 * most_px;
        for (guint k = i + 1; k < discs->len; k++) {
            const Disc *b = &g_array_index(discs, Disc, k);
            if (b->home.x_px - a->home.x_px > reach_px)
                break;
            const Pair pair = {i, k};
            if (distance_px(a->home, b->home) < a->radius_px + b->radius_px + 2 * most_px)
                g_array_append_val(pairs, pair);
        }
    }
    return pairs;
}

/* Back to within the allowed shift, and wholly into the frame. */
static FmPagePoint held(const Disc *disc, FmPagePoint at, double most_px, const FmPageRect *frame)
{
    double shift_px = distance_px(disc->home, at);
    double share = shift_px > most_px ? most_px / shift_px : 1;
    at.x_px = disc->home.x_px + (at.x_px - disc->home.x_px) * share;
    at.y_px = disc->home.y_px + (at.y_px - disc->home.y_px) * share;
    const FmPageRect box = {at.x_px - disc->radius_px, at.y_px - disc->radius_px,
                            2 * disc->radius_px, 2 * disc->radius_px};
    return fm__rect_contains(frame, &box) ? at : disc->at;
}

/* Each by half of what they share. */
static void push_apart(Disc *a, Disc *b, double most_px, const FmPageRect *frame)
{
    const double touching_px = a->radius_px + b->radius_px;
    const double apart_px = distance_px(a->at, b->at);
    if (apart_px >= touching_px)
        return;
    const double angle_rad = b->index * GOLDEN_ANGLE_RAD;
    const double x = apart_px > 0 ? (b->at.x_px - a->at.x_px) / apart_px : cos(angle_rad);
    const double y = apart_px > 0 ? (b->at.y_px - a->at.y_px) / apart_px : sin(angle_rad);
    const double half_px = (touching_px - apart_px) / 2;
    a->at =
        held(a, (FmPagePoint){a->at.x_px - x * half_px, a->at.y_px - y * half_px}, most_px, frame);
    b->at =
        held(b, (FmPagePoint){b->at.x_px + x * half_px, b->at.y_px + y * half_px}, most_px, frame);
}

static gboolean is_covered(const FmSymbols *symbols, FmPagePoint at)
{
    const FmPageRect point = {at.x_px, at.y_px, 0, 0};
    for (guint i = 0; i < symbols->covers->len; i++)
        if (fm__rect_contains(&g_array_index(symbols->covers, FmPageRect, i), &point))
            return TRUE;
    return FALSE;
}

/* Move the symbol and its name. */
static void shift(FmSymbols *symbols, const Disc *disc)
{
    FmLabelRequest *request = request_at(symbols, disc->index);
    FmSymbolData *data = data_at(symbols, disc->index);
    const double dx = disc->at.x_px - disc->home.x_px, dy = disc->at.y_px - disc->home.y_px;
    if ((dx == 0 && dy == 0) || is_covered(symbols, disc->at))
        return;
    data->leader[0] = request->anchor;
    request->anchor.x_px += dx;
    request->anchor.y_px += dy;
    request->icon.x_px += dx;
    request->icon.y_px += dy;
    data->leader[1] = request->anchor;
    const FmLabelObstacle line = {data->leader, G_N_ELEMENTS(data->leader), FALSE,
                                  LEADER_WIDTH_PX / 2, LEADER_WEIGHT};
    g_array_append_val(symbols->obstacles, line);
}

static void displace(FmSymbols *symbols, double most_px, const FmPageRect *frame, guint first)
{
    g_autoptr(GArray) discs = discs_of(symbols, first);
    g_autoptr(GArray) pairs = pairs_of(discs, most_px);
    for (guint round = 0; round < ROUNDS; round++)
        for (guint i = 0; i < pairs->len; i++) {
            const Pair *pair = &g_array_index(pairs, Pair, i);
            push_apart(&g_array_index(discs, Disc, pair->a), &g_array_index(discs, Disc, pair->b),
                       most_px, frame);
        }
    for (guint i = 0; i < discs->len; i++)
        shift(symbols, &g_array_index(discs, Disc, i));
}

gboolean fm__symbol_is_shifted(const FmSymbolData *data)
{
    return data->leader[0].x_px != data->leader[1].x_px ||
           data->leader[0].y_px != data->leader[1].y_px;
}

void fm__symbol_draw_leader(cairo_t *cr, const FmLabelRequest *request, const FmSymbolData *data)
{
    const FmColor *color = &request->style.color;
    cairo_set_source_rgba(cr, color->r, color->g, color->b, color->a);
    cairo_set_line_width(cr, LEADER_WIDTH_PX);
    cairo_move_to(cr, data->leader[0].x_px, data->leader[0].y_px);
    cairo_line_to(cr, data->leader[1].x_px, data->leader[1].y_px);
    cairo_stroke(cr);
}

/* ---- clustering ------------------------------------------------------------------------- */

static gint compare_sort_keys(gconstpointer a, gconstpointer b, gpointer symbols)
{
    const guint i = *(const guint *)a, k = *(const guint *)b;
    const double p = request_at(symbols, i)->sort_key, q = request_at(symbols, k)->sort_key;
    return p != q ? (p > q) - (p < q) : (i > k) - (i < k);
}

/* A number on the symbol itself would hide it: where the style says nothing else, beside it. */
static void put_beside(FmLabelRequest *request)
{
    static const FmAnchor beside[] = {FM_ANCHOR_LEFT, FM_ANCHOR_RIGHT, FM_ANCHOR_TOP,
                                      FM_ANCHOR_BOTTOM};
    if (request->n_anchors != 1 || request->anchors[0] != FM_ANCHOR_CENTER ||
        request->offset_x_px != 0 || request->offset_y_px != 0)
        return;
    memcpy(request->anchors, beside, sizeof beside);
    request->n_anchors = G_N_ELEMENTS(beside);
    request->radial_offset_px = MAX(request->icon.width_px, request->icon.height_px) / 2 + 1;
}

/* The symbol stands for `n`: at their middle, with their number in place of its name. */
static void count(FmSymbols *symbols, guint i, guint n, FmPagePoint sum)
{
    FmLabelRequest *request = request_at(symbols, i);
    FmSymbolData *data = data_at(symbols, i);
    const FmPagePoint at = {sum.x_px / n, sum.y_px / n};
    request->icon.x_px += at.x_px - request->anchor.x_px;
    request->icon.y_px += at.y_px - request->anchor.y_px;
    request->anchor = at;
    g_array_set_size(data->sections, 0);
    const FmTextSection section = {.text = g_strdup_printf("×%u", n), .font_scale = 1};
    g_array_append_val(data->sections, section);
    request->sections = (const FmTextSection *)(const void *)data->sections->data;
    request->n_sections = 1;
    request->text_optional = TRUE; /* without room for its number the symbol still stands */
    put_beside(request);
}

/* Take those not yet taken that look like the leader and lie near. */
static void gather(FmSymbols *symbols, const GArray *order, guint leader, double near_px,
                   gboolean *taken, guint first)
{
    const guint i = g_array_index(order, guint, leader);
    const FmPagePoint home = request_at(symbols, i)->anchor;
    FmPagePoint sum = home;
    guint n = 1;
    for (guint k = leader + 1; k < order->len; k++) {
        const guint other = g_array_index(order, guint, k);
        const FmPagePoint at = request_at(symbols, other)->anchor;
        if (taken[other - first] || distance_px(home, at) >= near_px ||
            g_strcmp0(data_at(symbols, i)->look.name, data_at(symbols, other)->look.name) != 0)
            continue;
        taken[other - first] = TRUE;
        sum = (FmPagePoint){sum.x_px + at.x_px, sum.y_px + at.y_px};
        n++;
    }
    if (n > 1)
        count(symbols, i, n, sum);
}

/* Drop the requests that were taken; the others keep their order. */
static void drop_taken(FmSymbols *symbols, const gboolean *taken, guint first)
{
    guint kept = first;
    for (guint i = first; i < symbols->requests->len; i++) {
        if (taken[i - first])
            continue;
        *request_at(symbols, kept) = *request_at(symbols, i);
        gpointer data = symbols->data->pdata[kept];
        symbols->data->pdata[kept++] = symbols->data->pdata[i];
        symbols->data->pdata[i] = data;
    }
    g_array_set_size(symbols->requests, kept);
    g_ptr_array_set_size(symbols->data, (gint)kept);
}

static void cluster(FmSymbols *symbols, double near_px, guint first)
{
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = first; i < symbols->requests->len; i++)
        if (request_at(symbols, i)->has_icon)
            g_array_append_val(order, i);
    g_array_sort_with_data(order, compare_sort_keys, symbols);
    g_autofree gboolean *taken = g_new0(gboolean, MAX(symbols->requests->len - first, 1));
    for (guint leader = 0; leader < order->len; leader++)
        if (!taken[g_array_index(order, guint, leader) - first])
            gather(symbols, order, leader, near_px, taken, first);
    drop_taken(symbols, taken, first);
}

void fm__symbols_crowd(FmSymbols *symbols, const FmStyleLayer *layer, FmPageRect frame, guint first)
{
    const double near_mm = fm_page_layer_cluster_mm(layer);
    const double most_mm = fm_page_layer_displace_mm(layer);
    if (near_mm > 0)
        cluster(symbols, near_mm * FM_PX_PER_MM, first);
    if (most_mm > 0)
        displace(symbols, most_mm * FM_PX_PER_MM, &frame, first);
}
