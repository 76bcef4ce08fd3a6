/* Placing labels.  Icons first, since a symbol says where a thing is and its name only what it
 * is called; then names by priority, each at its cheapest free place; one that finds none asks
 * its neighbours to move (ejection chains, Glover 1996, doi:10.1016/0166-218X(94)00037-E) or,
 * when all of them matter less, takes their place.  Last, everyone looks for a better place.
 * All orders are total, so the result is the same on every run.
 *
 * Preference among positions around a point is the style's; Imhof (1975,
 * doi:10.1559/152304075784313304) puts right of and above the point first.  Cost model after
 * Christensen, Marks & Shieber (1995, doi:10.1145/212332.212334). */

#include "label.h"

#include "label-place.h"
#include "text-internal.h"

#include <math.h>

#define LEADER_WIDTH_PX 0.6
#define LEADER_DOT_PX 1.3

enum { CHAIN_DEPTH = 3, IMPROVEMENT_ROUNDS = 3 };

/* What a placed label keeps to be drawn. */
typedef struct {
    FmShapedText *shaped;
    gboolean has_leader, has_dot;
    FmPagePoint leader_from, leader_to;
    FmColor color; /* of the leader */
    gsize n_pieces;
    FmLabelPiece pieces[];
} Glyphs;

void fm__label_placed_free(FmLabelPlaced *placed)
{
    if (placed == NULL)
        return;
    Glyphs *glyphs = placed->glyphs;
    if (glyphs != NULL)
        fm__shaped_text_unref(glyphs->shaped);
    g_free(glyphs);
    g_free(placed);
}

/* ---- order ------------------------------------------------------------------------------ */

typedef struct {
    const FmLabelRequest *request;
    gsize index; /* of the request or of the unit */
} Ordered;

/* Higher priority first. */
static gint compare_priority(gconstpointer a, gconstpointer b)
{
    const Ordered *x = a, *y = b;
    if (x->request->layer_rank != y->request->layer_rank)
        return x->request->layer_rank > y->request->layer_rank ? -1 : 1;
    if (x->request->sort_key < y->request->sort_key)
        return -1;
    if (x->request->sort_key > y->request->sort_key)
        return 1;
    if (x->request->row != y->request->row)
        return x->request->row < y->request->row ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static GArray *order_requests(const FmLabelRequest *requests, gsize n)
{
    GArray *order = g_array_sized_new(FALSE, FALSE, sizeof(Ordered), (guint)n);
    for (gsize i = 0; i < n; i++) {
        const Ordered one = {.request = &requests[i], .index = i};
        g_array_append_val(order, one);
    }
    g_array_sort(order, compare_priority);
    return order;
}

static GArray *order_units(const FmLabelRequest *requests, const GArray *units)
{
    GArray *order = g_array_sized_new(FALSE, FALSE, sizeof(Ordered), units->len);
    for (guint i = 0; i < units->len; i++) {
        const Ordered one = {.request = &requests[g_array_index(units, FmLabelUnit, i).request],
                             .index = i};
        g_array_append_val(order, one);
    }
    g_array_sort(order, compare_priority);
    return order;
}

/* ---- placement -------------------------------------------------------------------------- */

/* Icons that stand whatever happens go before those that need room. */
static gboolean *place_icons(FmSeating *seating, const GArray *order)
{
    gboolean *icons = g_new0(gboolean, order->len);
    for (int overlap = 1; overlap >= 0; overlap--) {
        for (guint i = 0; i < order->len; i++) {
            const Ordered *one = &g_array_index(order, Ordered, i);
            if (one->request->has_icon && (one->request->icon_allow_overlap != 0) == (overlap != 0))
                icons[one->index] = fm__seating_add_icon(seating, one->index);
        }
    }
    return icons;
}

/* The placement of one page. */
typedef struct {
    FmSeating *seating;
    const FmLabelRequest *requests;
    const GArray *units, *order; /* FmLabelUnit; Ordered, of units */
    gboolean *icons;             /* per request: the icon stands */
} Page;

/* May the name stand, given what became of the icon? */
static gboolean text_wanted(const Page *page, const FmLabelUnit *unit)
{
    const FmLabelRequest *request = &page->requests[unit->request];
    return !unit->blank &&
           (!request->has_icon || page->icons[unit->request] || request->icon_optional);
}

/* Seat whoever can be, until nobody can: whoever is left stands behind others of his rank or
 * above.  Each round that changes anything seats somebody for the loss of lower ones only, so it
 * ends. */
static void seat_all(const Page *page)
{
    for (gboolean changed = TRUE; changed;) {
        changed = FALSE;
        for (guint i = 0; i < page->order->len; i++) {
            gsize unit = g_array_index(page->order, Ordered, i).index;
            if (fm__seating_of(page->seating, unit) == NULL &&
                text_wanted(page, &g_array_index(page->units, FmLabelUnit, unit)))
                changed |= fm__seating_seat(page->seating, unit, CHAIN_DEPTH) ||
                           fm__seating_oust(page->seating, unit);
        }
    }
}

static void place_texts(const Page *page)
{
    seat_all(page);
    for (guint round = 0; round < IMPROVEMENT_ROUNDS; round++) {
        gboolean moved = FALSE;
        for (guint i = 0; i < page->order->len; i++)
            moved |=
                fm__seating_improve(page->seating, g_array_index(page->order, Ordered, i).index);
        if (!moved)
            break;
        seat_all(page);
    }
}

/* An icon whose name found no place goes too, unless the style calls the name optional.  Returns
 * whether there was one. */
static gboolean drop_nameless_icons(const Page *page)
{
    gboolean dropped = FALSE;
    for (guint i = 0; i < page->units->len; i++) {
        const FmLabelUnit *unit = &g_array_index(page->units, FmLabelUnit, i);
        if (unit->blank || page->requests[unit->request].text_optional ||
            !page->icons[unit->request] || fm__seating_of(page->seating, i) != NULL)
            continue;
        fm__seating_remove_icon(page->seating, unit->request);
        page->icons[unit->request] = FALSE;
        dropped = TRUE;
    }
    return dropped;
}

/* ---- result ----------------------------------------------------------------------------- */

static Glyphs *glyphs_of(const FmLabelRequest *request, const FmLabelUnit *unit,
                         const FmLabelCandidate *candidate)
{
    gsize n = candidate->pieces->len;
    Glyphs *glyphs = g_malloc0(sizeof *glyphs + n * sizeof glyphs->pieces[0]);
    glyphs->shaped = fm__shaped_text_ref(unit->shaped);
    glyphs->has_leader = candidate->has_leader;
    glyphs->has_dot = !request->has_icon;
    glyphs->leader_from = candidate->leader_from;
    glyphs->leader_to = candidate->leader_to;
    glyphs->color = request->style.color;
    glyphs->n_pieces = n;
    for (gsize i = 0; i < n; i++)
        glyphs->pieces[i] = g_array_index(candidate->pieces, FmLabelPiece, i);
    return glyphs;
}

static FmLabelPlaced *placed_new(const FmLabelRequest *request, const FmLabelUnit *unit,
                                 const FmLabelCandidate *candidate, gboolean icon)
{
    FmLabelPlaced *placed = g_new0(FmLabelPlaced, 1);
    placed->request = unit->request;
    placed->icon = icon;
    if (candidate == NULL)
        return placed;
    placed->text = TRUE;
    placed->anchor = candidate->anchor;
    placed->box = candidate->bounds;
    placed->position = candidate->position;
    placed->angle_deg = candidate->angle_deg;
    placed->glyphs = glyphs_of(request, unit, candidate);
    return placed;
}

/* Lowest priority first: what matters most is drawn last. */
static GPtrArray *collect(const Page *page, gsize n_requests)
{
    GPtrArray *placed = g_ptr_array_new_with_free_func((GDestroyNotify)fm__label_placed_free);
    /* Of a line's repeats only those that sit are told, and one when none does. */
    g_autofree gboolean *told = g_new0(gboolean, n_requests);
    for (guint u = 0; u < page->units->len; u++) {
        if (fm__seating_of(page->seating, u) != NULL)
            told[g_array_index(page->units, FmLabelUnit, u).request] = TRUE;
    }
    for (guint i = page->order->len; i > 0; i--) {
        gsize u = g_array_index(page->order, Ordered, i - 1).index;
        const FmLabelUnit *unit = &g_array_index(page->units, FmLabelUnit, u);
        const FmLabelCandidate *candidate = fm__seating_of(page->seating, u);
        if (candidate == NULL && told[unit->request])
            continue;
        told[unit->request] = TRUE;
        g_ptr_array_add(placed, placed_new(&page->requests[unit->request], unit, candidate,
                                           page->icons[unit->request]));
    }
    return placed;
}

GPtrArray *fm__labels_place(FmTextContext *context, const FmLabelRequest *requests,
                            gsize n_requests, const FmLabelObstacle *obstacles, gsize n_obstacles,
                            FmPageRect frame)
{
    g_autoptr(GArray) units = g_array_new(FALSE, FALSE, sizeof(FmLabelUnit));
    g_array_set_clear_func(units, (GDestroyNotify)fm__label_unit_clear);
    for (gsize i = 0; i < n_requests; i++)
        fm__label_shape(context, &requests[i], i, frame, units);

    g_autoptr(FmObstacleSet) set = fm__obstacle_set_new(obstacles, n_obstacles, frame);
    g_autoptr(FmSeating) seating = fm__seating_new(requests, n_requests, units, set, frame);
    g_autoptr(GArray) request_order = order_requests(requests, n_requests);
    g_autoptr(GArray) unit_order = order_units(requests, units);
    g_autofree gboolean *icons = place_icons(seating, request_order);
    const Page page = {seating, requests, units, unit_order, icons};
    do
        place_texts(&page);
    while (drop_nameless_icons(&page));
    return collect(&page, n_requests);
}

/* ---- drawing ---------------------------------------------------------------------------- */

static void draw_piece(cairo_t *cr, const FmLabelPiece *piece,
                       void (*draw)(cairo_t *, const FmTextBlock *, double, double))
{
    cairo_save(cr);
    cairo_translate(cr, piece->pivot.x_px, piece->pivot.y_px);
    cairo_rotate(cr, piece->angle_rad);
    draw(cr, piece->block, piece->offset.x_px, piece->offset.y_px);
    cairo_restore(cr);
}

static void trace_leader(cairo_t *cr, const Glyphs *glyphs)
{
    cairo_move_to(cr, glyphs->leader_from.x_px, glyphs->leader_from.y_px);
    cairo_line_to(cr, glyphs->leader_to.x_px, glyphs->leader_to.y_px);
}

static void draw_leader(cairo_t *cr, const Glyphs *glyphs)
{
    const FmColor *c = &glyphs->color;
    cairo_save(cr);
    cairo_new_path(cr);
    trace_leader(cr, glyphs);
    cairo_set_source_rgba(cr, c->r, c->g, c->b, c->a);
    cairo_set_line_width(cr, LEADER_WIDTH_PX);
    cairo_stroke(cr);
    if (glyphs->has_dot) {
        cairo_arc(cr, glyphs->leader_from.x_px, glyphs->leader_from.y_px, LEADER_DOT_PX, 0,
                  2 * G_PI);
        cairo_fill(cr);
    }
    cairo_restore(cr);
}

void fm__label_draw(cairo_t *cr, const FmLabelPlaced *placed)
{
    const Glyphs *glyphs = placed->glyphs;
    if (glyphs == NULL)
        return;
    const FmTextBlock *first = glyphs->pieces[0].block;
    if (fm__text_block_has_halo(first)) {
        cairo_new_path(cr);
        for (gsize i = 0; i < glyphs->n_pieces; i++)
            draw_piece(cr, &glyphs->pieces[i], fm__text_block_path);
        if (glyphs->has_leader)
            trace_leader(cr, glyphs);
        fm__text_block_stroke_halo(cr, first);
    }
    if (glyphs->has_leader)
        draw_leader(cr, glyphs);
    for (gsize i = 0; i < glyphs->n_pieces; i++)
        draw_piece(cr, &glyphs->pieces[i], fm__text_block_draw_glyphs);
}

char *fm__label_text(const FmLabelRequest *request)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < request->n_sections; i++) {
        if (request->sections[i].text != NULL)
            g_string_append(text, request->sections[i].text);
    }
    return g_strstrip(g_strdelimit(g_strdup(text->str), "\n", ' '));
}
