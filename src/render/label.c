/* Placing labels.  Icons first, since a symbol says where a thing is and its name only what it
 * is called; then names by priority, each at its cheapest free place; one that finds none asks
 * its neighbours to move (ejection chains, Glover 1996, doi:10.1016/0166-218X(94)00037-E) or,
 * when all of them matter less, takes their place.  Names left over may stand farther off, with a
 * line.  A local search over all of them follows (label-search.h), and last everyone looks for a
 * better place.  All orders are total and the search is seeded, so the result is the same on every
 * run.
 *
 * Preference among positions around a point is the style's; Imhof (1975,
 * doi:10.1559/152304075784313304) puts right of and above the point first.  Cost model after
 * Christensen, Marks & Shieber (1995, doi:10.1145/212332.212334). */

#include "label.h"

#include "label-draw.h"
#include "label-leader.h"
#include "label-search.h"

#include <math.h>

enum {
    CHAIN_DEPTH = 3,
    IMPROVEMENT_ROUNDS = 3,
    /* The search's budget: moves for each name, and for all. */
    MOVES_PER_UNIT = 60,
    MOVES_MAX = 200000,
    BLOCKERS_MAX = 32, /* that are given leaders for one name's place */
    SEED = 1995,       /* any will do; it is fixed so that a map stays as it is */
    RANKS_MAX = 12,
};
/* The price of a name that is left out, where a place of less preference costs 1, for the layer
 * that matters least; a layer above counts so many times as much, and within a layer the sort key
 * decides up to a half. */
#define UNPLACED_COST 60.0
#define LAYER_FACTOR 3.0
#define SORT_KEY_SHARE 0.5

void fm__label_placed_free(FmLabelPlaced *placed)
{
    if (placed == NULL)
        return;
    fm__label_glyphs_free(placed->glyphs);
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
    FmTextContext *context;
    FmPageRect frame;
    FmSeating *seating;
    const FmLabelRequest *requests;
    GArray *units;       /* FmLabelUnit */
    const GArray *order; /* Ordered, of units */
    gboolean *icons;     /* per request: the icon stands */
} Page;

/* May the name stand, given what became of the icon? */
static gboolean text_wanted(const Page *page, const FmLabelUnit *unit)
{
    const FmLabelRequest *request = &page->requests[unit->request];
    return !unit->blank &&
           (!request->has_icon || page->icons[unit->request] || request->icon_optional);
}

/* Seat whoever can be, until nobody can: whoever is left stands behind others of his rank or
 * above.  Long chains are tried once, since they are dear.  Each round that changes anything seats
 * somebody for the loss of lower ones only, so it ends. */
static void seat_all(const Page *page, guint depth)
{
    for (gboolean changed = TRUE; changed; depth = MIN(depth, 1)) {
        changed = FALSE;
        for (guint i = 0; i < page->order->len; i++) {
            gsize unit = g_array_index(page->order, Ordered, i).index;
            if (fm__seating_of(page->seating, unit) == NULL &&
                text_wanted(page, &g_array_index(page->units, FmLabelUnit, unit)))
                changed |= fm__seating_seat(page->seating, unit, depth) ||
                           fm__seating_oust(page->seating, unit);
        }
    }
}

/* ---- leaders ---------------------------------------------------------------------------- */

/* Who stands where the unit would: they may have to go farther off too. */
static void mark_blockers(const FmSeating *seating, gsize unit, gboolean *wanted)
{
    gsize blockers[BLOCKERS_MAX];
    for (gsize i = 0; i < fm__seating_n_candidates(seating, unit); i++) {
        int n = fm__seating_blockers(seating, unit, i, BLOCKERS_MAX, blockers);
        for (int k = 0; k < n; k++)
            wanted[blockers[k]] = TRUE;
    }
}

static gboolean add_leaders_to(const Page *page, gsize unit)
{
    FmLabelUnit *its = &g_array_index(page->units, FmLabelUnit, unit);
    const FmLabelRequest *request = &page->requests[its->request];
    if (request->leader_px <= 0 || its->has_leaders || !text_wanted(page, its))
        return FALSE;
    fm__label_shape_leaders(page->context, request, page->frame, its);
    fm__seating_extend(page->seating, unit);
    return TRUE;
}

/* Names that found no place beside their symbols get leaders, and so do those in their way.
 * Returns whether there are any. */
static gboolean add_leaders(const Page *page)
{
    g_autofree gboolean *in_the_way = g_new0(gboolean, MAX(page->units->len, 1));
    gboolean added = FALSE;
    for (guint i = 0; i < page->units->len; i++) {
        if (fm__seating_of(page->seating, i) == NULL && add_leaders_to(page, i)) {
            added = TRUE;
            mark_blockers(page->seating, i, in_the_way);
        }
    }
    for (guint i = 0; i < page->units->len; i++)
        if (in_the_way[i])
            add_leaders_to(page, i);
    return added;
}

/* ---- search ----------------------------------------------------------------------------- */

/* Prices of leaving names out.  `order` has the highest rank first. */
static double *weigh_units(const Page *page)
{
    double *weights = g_new0(double, MAX(page->order->len, 1));
    double weight = UNPLACED_COST;
    const Ordered *units = (const Ordered *)(const void *)page->order->data;
    guint n_ranks = 0;
    for (guint end = page->order->len; end > 0;) {
        guint begin = end - 1;
        while (begin > 0 &&
               units[begin - 1].request->layer_rank == units[end - 1].request->layer_rank)
            begin--;
        for (guint i = begin; i < end; i++) {
            gsize unit = units[i].index;
            double share = (double)(end - i) / (double)(end - begin);
            if (text_wanted(page, &g_array_index(page->units, FmLabelUnit, unit)))
                weights[unit] = weight * (1 + SORT_KEY_SHARE * share);
        }
        weight *= ++n_ranks < RANKS_MAX ? LAYER_FACTOR : 1;
        end = begin;
    }
    return weights;
}

static void search(const Page *page)
{
    g_autofree double *weights = weigh_units(page);
    fm__label_search(page->seating, weights, MOVES_PER_UNIT, MOVES_MAX, SEED);
}

static void place_texts(const Page *page)
{
    seat_all(page, CHAIN_DEPTH);
    if (add_leaders(page))
        seat_all(page, CHAIN_DEPTH);
    search(page);
    seat_all(page, 1);
    for (guint round = 0; round < IMPROVEMENT_ROUNDS; round++) {
        gboolean moved = FALSE;
        for (guint i = 0; i < page->order->len; i++)
            moved |=
                fm__seating_improve(page->seating, g_array_index(page->order, Ordered, i).index);
        if (!moved)
            break;
        seat_all(page, 1);
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
    placed->fitted = candidate->fitted;
    placed->position = candidate->position;
    placed->angle_deg = candidate->angle_deg;
    placed->glyphs = fm__label_glyphs_new(request, unit, candidate);
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
    for (gsize i = 0; i < units->len; i++)
        fm__seating_prune(seating, i);
    const Page page = {context, frame, seating, requests, units, unit_order, icons};
    do
        place_texts(&page);
    while (drop_nameless_icons(&page));
    return collect(&page, n_requests);
}

char *fm__label_text(const FmLabelRequest *request)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < request->n_sections; i++) {
        if (request->sections[i].text != NULL)
            g_string_append(text, request->sections[i].text);
    }
    g_autofree char *words = g_strstrip(g_strdelimit(g_strdup(text->str), "\n", ' '));
    if (*words != '\0')
        return g_steal_pointer(&words);
    g_string_truncate(text, 0);
    for (gsize i = 0; i < request->n_sections; i++) {
        if (request->sections[i].image != NULL)
            g_string_append_printf(text, "[%s]", request->sections[i].image);
    }
    return g_strdup(text->str);
}
