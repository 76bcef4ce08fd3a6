/* The engine as a whole: crowds, rank, icons and their names, obstacles, and the same answer each
 * time. */
#include "fm-unit.h"
#include "label-fixture.h"
#include "label-shape.h"

#include <math.h>
#include <string.h>

static const FmPageRect small = {0, 0, 300, 200};

static GPtrArray *place(const FmLabelRequest *requests, gsize n, FmPageRect frame)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    return fm__labels_place(context, requests, n, NULL, 0, frame);
}

static const FmLabelPlaced *placed_at(const GPtrArray *placed, guint i)
{
    return placed->pdata[i];
}

/* The only answer for a request that has one. */
static const FmLabelPlaced *answer(const GPtrArray *placed, gsize request)
{
    const FmLabelPlaced *found = NULL;
    for (guint i = 0; i < placed->len; i++) {
        if (placed_at(placed, i)->request == request) {
            g_assert_null(found);
            found = placed_at(placed, i);
        }
    }
    g_assert_nonnull(found);
    return found;
}

/* ---- a crowd ---------------------------------------------------------------------------- */

enum { N_SYMBOLS = 2000, N_NAMED = 500, LINES = 20, N_PATH = 100 };

static const FmPageRect page = {40, 30, 1500, 1000};

/* Symbols, names, and rivers between them. */
typedef struct {
    FixtureCrowd *crowd;
    FmPagePoint paths[LINES][N_PATH];
    FixtureText text;
    FmLabelRequest requests[N_SYMBOLS + LINES];
} Town;

static Town *town_new(void)
{
    Town *town = g_new0(Town, 1);
    town->crowd = fixture_crowd_new(1, N_SYMBOLS, N_NAMED, page);
    memcpy(town->requests, town->crowd->requests, N_SYMBOLS * sizeof *town->requests);
    town->text = fixture_text("永定河 Yongding");
    for (gsize i = 0; i < LINES; i++) {
        for (gsize k = 0; k < N_PATH; k++) {
            double t = (double)k / (N_PATH - 1);
            town->paths[i][k] = (FmPagePoint){
                page.x_px + page.width_px * t,
                page.y_px + page.height_px * ((double)i + 0.5) / LINES + 25 * sin(15 * t)};
        }
        town->requests[N_SYMBOLS + i] = fixture_line(town->paths[i], N_PATH, &town->text);
        town->requests[N_SYMBOLS + i].layer_rank = 2;
        town->requests[N_SYMBOLS + i].row = i;
    }
    return town;
}

static void town_free(Town *town)
{
    fixture_crowd_free(town->crowd);
    g_free(town);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Town, town_free)

/* Pixels of the page and what is on them: 0, or request + 1. */
typedef struct {
    guint *owner;
    int width, height;
} Ink;

static void ink_icon(Ink *ink, const FmLabelRequest *request, guint owner)
{
    const FmPageRect *b = &request->icon;
    for (int y = (int)ceil(b->y_px - page.y_px); y < floor(fm__rect_bottom_px(b) - page.y_px);
         y++) {
        for (int x = (int)ceil(b->x_px - page.x_px); x < floor(fm__rect_right_px(b) - page.x_px);
             x++) {
            if (x >= 0 && y >= 0 && x < ink->width && y < ink->height)
                ink->owner[y * ink->width + x] = owner;
        }
    }
}

/* Every dark pixel of the label is free, and then its own. */
static guint ink_label(Ink *ink, const FmLabelPlaced *placed, guint owner)
{
    const FmPageRect box = fm__rect_grow(placed->box, 1);
    const FmPageRect around = {floor(box.x_px), floor(box.y_px), ceil(box.width_px) + 1,
                               ceil(box.height_px) + 1};
    cairo_t *cr = fixture_canvas(around, 1);
    fm__label_draw(cr, placed);
    guint n = 0;
    for (int y = 0; y < (int)around.height_px; y++) {
        for (int x = 0; x < (int)around.width_px; x++) {
            if (fixture_alpha(cr, x, y) < 50)
                continue;
            int column = x + (int)(around.x_px - page.x_px),
                row = y + (int)(around.y_px - page.y_px);
            g_assert_true(column >= 0 && row >= 0 && column < ink->width && row < ink->height);
            guint *pixel = &ink->owner[row * ink->width + column];
            g_assert_true(*pixel == 0 || *pixel == owner);
            *pixel = owner;
            n++;
        }
    }
    cairo_destroy(cr);
    return n;
}

/* What is drawn, not what the engine believes. */
static void test_nothing_overlaps(void)
{
    g_autoptr(Town) town = town_new();
    g_autoptr(GPtrArray) placed = place(town->requests, G_N_ELEMENTS(town->requests), page);
    Ink ink = {.width = (int)page.width_px, .height = (int)page.height_px};
    g_autofree guint *owner = ink.owner = g_new0(guint, (gsize)ink.width * (gsize)ink.height);
    for (guint i = 0; i < N_SYMBOLS; i++)
        ink_icon(&ink, &town->requests[i], i + 1);
    guint n_points = 0, n_along = 0, n_told[N_SYMBOLS + LINES] = {0};
    for (guint i = 0; i < placed->len; i++) {
        const FmLabelPlaced *one = placed_at(placed, i);
        n_told[one->request]++;
        g_assert_true(one->icon == town->requests[one->request].has_icon);
        if (!one->text)
            continue;
        g_assert_true(fm__rect_contains(&page, &one->box));
        /* Repeats of one name must not touch either: each label is an owner of its own. */
        guint label = N_SYMBOLS + 1 + i;
        g_assert_cmpuint(ink_label(&ink, one, label), >, 20);
        n_points += one->request < N_SYMBOLS;
        n_along += one->request >= N_SYMBOLS;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(n_told); i++) {
        g_assert_cmpuint(n_told[i], >=, 1);
        g_assert_true(i >= N_SYMBOLS || n_told[i] == 1);
    }
    g_test_message("%u names of points, %u along lines", n_points, n_along);
    g_assert_cmpuint(n_points, >, 50);
    g_assert_cmpuint(n_points, <, N_NAMED);
    g_assert_cmpuint(n_along, >, 10);
}

static void test_same_each_time(void)
{
    g_autoptr(Town) town = town_new();
    g_autoptr(GPtrArray) one = place(town->requests, G_N_ELEMENTS(town->requests), page);
    g_autoptr(GPtrArray) two = place(town->requests, G_N_ELEMENTS(town->requests), page);
    g_assert_cmpuint(one->len, ==, two->len);
    for (guint i = 0; i < one->len; i++) {
        const FmLabelPlaced *a = placed_at(one, i), *b = placed_at(two, i);
        g_assert_true(a->request == b->request && a->text == b->text && a->icon == b->icon &&
                      a->anchor == b->anchor && a->angle_deg == b->angle_deg);
        g_assert_true(memcmp(&a->box, &b->box, sizeof a->box) == 0);
        g_assert_true(memcmp(&a->position, &b->position, sizeof a->position) == 0);
    }
}

/* ---- rank ------------------------------------------------------------------------------- */

static gboolean matters_less(const FmLabelRequest *a, const FmLabelRequest *b)
{
    return a->layer_rank != b->layer_rank ? a->layer_rank < b->layer_rank
                                          : a->sort_key > b->sort_key;
}

static gboolean boxes_meet(const GArray *a, const GArray *b)
{
    for (guint i = 0; i < a->len; i++) {
        for (guint k = 0; k < b->len; k++) {
            if (fm__turned_boxes_overlap(&g_array_index(a, FmTurnedBox, i),
                                         &g_array_index(b, FmTurnedBox, k)))
                return TRUE;
        }
    }
    return FALSE;
}

static const FmLabelCandidate *candidate_with(const FmLabelUnit *unit, FmAnchor anchor)
{
    for (guint i = 0; i < unit->candidates->len; i++) {
        const FmLabelCandidate *candidate = g_ptr_array_index(unit->candidates, i);
        if (candidate->anchor == anchor)
            return candidate;
    }
    g_assert_not_reached();
}

/* Is something in the candidate's way that does not have to yield to the request? */
static gboolean rightly_blocked(const FixtureCrowd *crowd, const GPtrArray *placed,
                                const GArray *units, gsize request,
                                const FmLabelCandidate *candidate)
{
    for (guint i = 0; i < placed->len; i++) {
        const FmLabelPlaced *other = placed_at(placed, i);
        const FmLabelRequest *r = &crowd->requests[other->request];
        if (other->request == request)
            continue;
        g_autoptr(GArray) icon = g_array_new(FALSE, FALSE, sizeof(FmTurnedBox));
        const FmTurnedBox box = fm__turned_box(r->icon);
        g_array_append_val(icon, box);
        if (boxes_meet(icon, candidate->boxes))
            return TRUE;
        if (other->text && !matters_less(r, &crowd->requests[request]) &&
            boxes_meet(
                candidate->boxes,
                candidate_with(&g_array_index(units, FmLabelUnit, other->request), other->anchor)
                    ->boxes))
            return TRUE;
    }
    return FALSE;
}

static void test_rank(void)
{
    const FmPageRect frame = {0, 0, 700, 500};
    g_autoptr(FmTextContext) context = fm__text_context_new();
    for (guint32 seed = 1; seed <= 4; seed++) {
        g_autoptr(FixtureCrowd) crowd = fixture_crowd_new(seed, 260, 260, frame);
        g_autoptr(GPtrArray) placed =
            fm__labels_place(context, crowd->requests, crowd->n, NULL, 0, frame);
        g_autoptr(GArray) units = g_array_new(FALSE, FALSE, sizeof(FmLabelUnit));
        g_array_set_clear_func(units, (GDestroyNotify)fm__label_unit_clear);
        for (gsize i = 0; i < crowd->n; i++)
            fm__label_shape(context, &crowd->requests[i], i, frame, units);
        guint n_unplaced = 0;
        for (gsize i = 0; i < crowd->n; i++) {
            const GPtrArray *candidates = g_array_index(units, FmLabelUnit, i).candidates;
            if (answer(placed, i)->text)
                continue;
            n_unplaced++;
            for (guint c = 0; c < candidates->len; c++)
                g_assert_true(rightly_blocked(crowd, placed, units, i, candidates->pdata[c]));
        }
        g_assert_cmpuint(n_unplaced, >, 20);
        /* Drawn in order of rank, what matters most last. */
        for (guint i = 1; i < placed->len; i++)
            g_assert_false(matters_less(&crowd->requests[placed_at(placed, i)->request],
                                        &crowd->requests[placed_at(placed, i - 1)->request]));
    }
}

static void test_order_of_ties(void)
{
    const FixtureText text = fixture_text("北京四中");
    FmLabelRequest requests[3];
    for (gsize i = 0; i < 3; i++) {
        requests[i] = fixture_point(150, 100, &text);
        requests[i].n_anchors = 1;
        requests[i].row = 2 - i;
    }
    g_autoptr(GPtrArray) by_row = place(requests, 3, small);
    g_assert_true(answer(by_row, 2)->text);
    requests[1].sort_key = -1;
    g_autoptr(GPtrArray) by_key = place(requests, 3, small);
    g_assert_true(answer(by_key, 1)->text);
    requests[0].layer_rank = 1;
    g_autoptr(GPtrArray) by_rank = place(requests, 3, small);
    g_assert_true(answer(by_rank, 0)->text);
    g_assert_false(answer(by_rank, 1)->text);
    g_assert_cmpuint(by_rank->len, ==, 3);
}

/* ---- icons and their names -------------------------------------------------------------- */

typedef struct {
    gboolean icon, text;
} Outcome;

/* Two symbols on one spot whose names have one place each; the first matters more. */
static void rivals(FmLabelRequest *requests, const FixtureText *text)
{
    for (gsize i = 0; i < 2; i++) {
        requests[i] = fixture_point(150, 100, text);
        requests[i].row = i;
        requests[i].has_icon = TRUE;
        requests[i].icon = (FmPageRect){145, 95, 10, 10};
        requests[i].radial_offset_px = 8;
        requests[i].n_anchors = 1;
    }
    requests[1].anchors[0] = FM_ANCHOR_RIGHT;
}

static void check_rivals(const FmLabelRequest *requests, Outcome first, Outcome second)
{
    g_autoptr(GPtrArray) placed = place(requests, 2, small);
    g_assert_true(answer(placed, 0)->icon == first.icon && answer(placed, 0)->text == first.text);
    g_assert_true(answer(placed, 1)->icon == second.icon && answer(placed, 1)->text == second.text);
}

static void test_icon_and_name(void)
{
    const FixtureText text = fixture_text("北京四中");
    const Outcome all = {TRUE, TRUE}, none = {FALSE, FALSE};
    FmLabelRequest r[2];
    rivals(r, &text);
    check_rivals(r, all, none);
    r[1].icon_optional = TRUE;
    check_rivals(r, all, (Outcome){FALSE, TRUE});
    rivals(r, &text);
    r[1].icon_allow_overlap = TRUE;
    check_rivals(r, none, all); /* it stands whatever happens, so the other cannot */
    r[0].icon_allow_overlap = TRUE;
    check_rivals(r, all, all);
    rivals(r, &text);
    r[0].icon_ignore_placement = TRUE;
    check_rivals(r, all, all);
    /* Both want the right. */
    rivals(r, &text);
    r[0].icon_allow_overlap = r[1].icon_allow_overlap = TRUE;
    r[1].anchors[0] = FM_ANCHOR_LEFT;
    check_rivals(r, all, none);
    r[1].text_optional = TRUE;
    check_rivals(r, all, (Outcome){TRUE, FALSE});
    r[1].text_allow_overlap = TRUE;
    check_rivals(r, all, all);
    r[1].text_allow_overlap = FALSE;
    r[0].text_ignore_placement = TRUE;
    check_rivals(r, all, all);
}

static void test_blank_name(void)
{
    const FixtureText texts[] = {fixture_text(""), fixture_text(" \n"), {.n = 0}};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        FmLabelRequest r[2];
        rivals(r, &texts[i]);
        check_rivals(r, (Outcome){TRUE, FALSE}, (Outcome){FALSE, FALSE});
    }
}

/* The room of an icon that goes is used by a name that was in its way. */
static void test_room_of_dropped_icon(void)
{
    const FixtureText text = fixture_text("北京四中");
    FmLabelRequest r[2] = {fixture_point(150, 100, &text), fixture_point(130, 100, &text)};
    r[0].layer_rank = 1;
    r[0].style.size_px = 100; /* wider than the page */
    r[0].has_icon = TRUE;
    r[0].icon = (FmPageRect){145, 95, 10, 10};
    r[1].n_anchors = 1;
    g_autoptr(GPtrArray) placed = place(r, 2, small);
    g_assert_false(answer(placed, 0)->icon);
    g_assert_false(answer(placed, 0)->text);
    g_assert_true(answer(placed, 1)->text);
    r[0].text_optional = TRUE;
    g_autoptr(GPtrArray) kept = place(r, 2, small);
    g_assert_true(answer(kept, 0)->icon);
    g_assert_false(answer(kept, 1)->text);
}

/* ---- obstacles -------------------------------------------------------------------------- */

static void corners_of(const FmPageRect *r, FmPagePoint corners[4])
{
    const double right_px = fm__rect_right_px(r), bottom_px = fm__rect_bottom_px(r);
    corners[0] = (FmPagePoint){r->x_px, r->y_px};
    corners[1] = (FmPagePoint){right_px, r->y_px};
    corners[2] = (FmPagePoint){right_px, bottom_px};
    corners[3] = (FmPagePoint){r->x_px, bottom_px};
}

static void test_obstacles(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("北京四中");
    /* A box over everything right of the point; a line along everything left of it. */
    const FmPagePoint box[] = {{152, 50}, {290, 50}, {290, 150}, {152, 150}};
    const FmPagePoint line[] = {{10, 100}, {145, 100}};
    const struct {
        double box_weight, line_weight;
        gboolean allow_overlap, text;
        FmAnchor anchor;
    } table[] = {
        {0, 0, FALSE, TRUE, FM_ANCHOR_LEFT},     {0.5, 0, FALSE, TRUE, FM_ANCHOR_RIGHT},
        {1, 0.5, FALSE, TRUE, FM_ANCHOR_RIGHT},  {0.1, 1, FALSE, TRUE, FM_ANCHOR_LEFT},
        {1, 1, FALSE, FALSE, FM_ANCHOR_CENTER},  {1, 1, TRUE, FALSE, FM_ANCHOR_CENTER},
        {0.5, 0.5, FALSE, TRUE, FM_ANCHOR_LEFT},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        FmLabelRequest request = fixture_point(150, 100, &text);
        request.n_anchors = 2;
        request.text_allow_overlap = table[i].allow_overlap;
        const FmLabelObstacle obstacles[] = {{box, 4, TRUE, 0, table[i].box_weight},
                                             {line, 2, FALSE, 3, table[i].line_weight}};
        g_autoptr(GPtrArray) placed = fm__labels_place(context, &request, 1, obstacles, 2, small);
        g_assert_true(answer(placed, 0)->text == table[i].text);
        if (table[i].text)
            g_assert_cmpint(answer(placed, 0)->anchor, ==, table[i].anchor);
    }
    /* A symbol under the furniture is gone as well. */
    FmLabelRequest icon = fixture_point(200, 100, &text);
    icon.n_sections = 0;
    icon.has_icon = TRUE;
    icon.icon = (FmPageRect){195, 95, 10, 10};
    const FmLabelObstacle furniture = {box, 4, TRUE, 0, 1};
    g_autoptr(GPtrArray) placed = fm__labels_place(context, &icon, 1, &furniture, 1, small);
    g_assert_false(answer(placed, 0)->icon);
}

/* The symbol named may be nearer than the padding; a name that comes as near to another's, or would
 * be drawn on it, goes to the other side. */
static void test_own_symbol(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("北京四中");
    const FmLabelRequest request = fixture_point(150, 100, &text);
    const double radius_px = request.radial_offset_px - request.padding_px / 2;
    const FmPageRect own = fm__rect_grow((FmPageRect){150, 100, 0, 0}, radius_px);
    g_autoptr(GPtrArray) alone = fm__labels_place(context, &request, 1, NULL, 0, small);
    const double right_px = fm__rect_right_px(&answer(alone, 0)->box);
    const struct {
        double gap_px; /* from the name to the other symbol */
        FmAnchor anchor;
    } table[] = {{1.5 * request.padding_px, FM_ANCHOR_LEFT},
                 {0.5 * request.padding_px, FM_ANCHOR_RIGHT},
                 {-10, FM_ANCHOR_RIGHT}};
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        const FmPageRect other = {right_px + table[i].gap_px, 97, 6, 6};
        FmPagePoint corners[2][4];
        corners_of(&own, corners[0]);
        corners_of(&other, corners[1]);
        const FmLabelObstacle obstacles[] = {{corners[0], 4, TRUE, 0, 1},
                                             {corners[1], 4, TRUE, 0, 1}};
        g_autoptr(GPtrArray) placed = fm__labels_place(context, &request, 1, obstacles, 2, small);
        g_assert_true(answer(placed, 0)->text);
        g_assert_cmpint(answer(placed, 0)->anchor, ==, table[i].anchor);
    }
}

/* ---- the rest --------------------------------------------------------------------------- */

static void test_nothing(void)
{
    g_autoptr(GPtrArray) placed = place(NULL, 0, small);
    g_assert_cmpuint(placed->len, ==, 0);
    fm__label_placed_free(NULL);
}

static void test_text_of_request(void)
{
    const struct {
        const char *first, *second, *expected;
    } table[] = {
        {"北京", "\nBeijing", "北京 Beijing"}, {"", "\nBeijing\n", "Beijing"}, {NULL, NULL, ""}};
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        const FixtureText text = fixture_bilingual(table[i].first, table[i].second);
        const FmLabelRequest request = fixture_point(0, 0, &text);
        g_autofree char *plain = fm__label_text(&request);
        g_assert_cmpstr(plain, ==, table[i].expected);
    }
    /* Images are no words, but a label of nothing else has a name in reports. */
    FixtureText text = fixture_bilingual("", "");
    text.sections[1].image = (char[]){"bus"};
    const FmLabelRequest image = fixture_point(0, 0, &text);
    g_autofree char *named = fm__label_text(&image);
    g_assert_cmpstr(named, ==, "[bus]");
    text.sections[0].text = (char[]){"北京"};
    g_autofree char *words = fm__label_text(&image);
    g_assert_cmpstr(words, ==, "北京");
}

void test_label(void)
{
    g_test_add_func("/render/label/nothing-overlaps", test_nothing_overlaps);
    g_test_add_func("/render/label/same-each-time", test_same_each_time);
    g_test_add_func("/render/label/rank", test_rank);
    g_test_add_func("/render/label/ties", test_order_of_ties);
    g_test_add_func("/render/label/icon-and-name", test_icon_and_name);
    g_test_add_func("/render/label/blank-name", test_blank_name);
    g_test_add_func("/render/label/dropped-icon", test_room_of_dropped_icon);
    g_test_add_func("/render/label/obstacles", test_obstacles);
    g_test_add_func("/render/label/own-symbol", test_own_symbol);
    g_test_add_func("/render/label/nothing", test_nothing);
    g_test_add_func("/render/label/text", test_text_of_request);
}
