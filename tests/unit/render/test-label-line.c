/* Names along lines: upright, not too bent, repeated, on the path. */
#include "fm-unit.h"
#include "label-fixture.h"
#include "label-line.h"

#include <math.h>

static const FmPageRect frame = {0, 0, 1000, 1000};

typedef FmPagePoint (*Curve)(double t);

static FmPagePoint rightwards(double t)
{
    return (FmPagePoint){50 + 900 * t, 500};
}

static FmPagePoint leftwards(double t)
{
    return rightwards(1 - t);
}

static FmPagePoint upwards(double t)
{
    return (FmPagePoint){500, 950 - 900 * t};
}

static FmPagePoint downwards(double t)
{
    return upwards(1 - t);
}

static FmPagePoint circle(double t)
{
    return (FmPagePoint){500 + 200 * cos(2 * G_PI * t), 500 + 200 * sin(2 * G_PI * t)};
}

static FmPagePoint zigzag(double t)
{
    double teeth = 100 * t, rest = fabs(remainder(teeth, 2));
    return (FmPagePoint){100 + 6 * teeth, 500 + 12 * rest};
}

/* Zigzag but for a straight piece near its end. */
static FmPagePoint calm_at_the_end(double t)
{
    return t < 0.7 ? zigzag(t / 0.7 * 0.7) : (FmPagePoint){520 + 400 * (t - 0.7) / 0.3, 500};
}

enum { N_PATH = 501 };

static GArray *units_on(FmTextContext *context, Curve curve, FmLabelRequest request)
{
    FmPagePoint path[N_PATH];
    for (gsize i = 0; i < N_PATH; i++)
        path[i] = curve((double)i / (N_PATH - 1));
    request.path = path;
    request.n_path = N_PATH;
    GArray *units = g_array_new(FALSE, FALSE, sizeof(FmLabelUnit));
    g_array_set_clear_func(units, (GDestroyNotify)fm__label_unit_clear);
    fm__label_shape(context, &request, 0, frame, units);
    return units;
}

static const FmLabelCandidate *candidate_of(GArray *units, guint unit, guint i)
{
    return g_ptr_array_index(g_array_index(units, FmLabelUnit, unit).candidates, i);
}

static guint n_candidates(GArray *units, guint unit)
{
    return g_array_index(units, FmLabelUnit, unit).candidates->len;
}

static const FmLabelPiece *piece_of(const FmLabelCandidate *candidate, guint i)
{
    return &g_array_index(candidate->pieces, FmLabelPiece, i);
}

static void test_upright(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("长安街 Avenue");
    const struct {
        Curve curve;
        gboolean keep_upright;
        double angle_deg;
    } table[] = {{rightwards, TRUE, 0},  {leftwards, TRUE, 0},   {leftwards, FALSE, 180},
                 {upwards, TRUE, -90},   {downwards, TRUE, -90}, {downwards, FALSE, 90},
                 {rightwards, FALSE, 0}, {upwards, FALSE, -90}};
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        FmLabelRequest request = fixture_line(NULL, 0, &text);
        request.kind = FM_LABEL_LINE_CENTER;
        request.keep_upright = table[i].keep_upright;
        g_autoptr(GArray) units = units_on(context, table[i].curve, request);
        g_assert_cmpuint(units->len, ==, 1);
        const FmLabelCandidate *best = candidate_of(units, 0, 0);
        g_assert_cmpfloat_with_epsilon(best->angle_deg, table[i].angle_deg, 1e-6);
        g_assert_cmpuint(best->pieces->len, ==, 9);
        /* The first character is where reading starts, the name in the middle of the line. */
        const FmPagePoint a = piece_of(best, 0)->pivot, b = piece_of(best, 8)->pivot;
        double turn_rad = table[i].angle_deg * G_PI / 180;
        g_assert_cmpfloat((b.x_px - a.x_px) * cos(turn_rad) + (b.y_px - a.y_px) * sin(turn_rad), >,
                          50);
        g_assert_cmpfloat_with_epsilon((a.x_px + b.x_px) / 2, 500, 4);
        g_assert_cmpfloat_with_epsilon((a.y_px + b.y_px) / 2, 500, 4);
    }
}

static void test_on_the_circle(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("二环路 Second Ring Road");
    FmLabelRequest request = fixture_line(NULL, 0, &text);
    request.kind = FM_LABEL_LINE_CENTER;
    g_autoptr(GArray) units = units_on(context, circle, request);
    g_assert_cmpuint(n_candidates(units, 0), >, 5);
    for (guint c = 0; c < n_candidates(units, 0); c++) {
        const FmLabelCandidate *candidate = candidate_of(units, 0, c);
        for (guint i = 0; i < candidate->pieces->len; i++) {
            const FmLabelPiece *piece = piece_of(candidate, i);
            double dx = piece->pivot.x_px - 500, dy = piece->pivot.y_px - 500;
            g_assert_cmpfloat_with_epsilon(hypot(dx, dy), 200, 0.1);
            /* Along the tangent. */
            double radial = (dx * cos(piece->angle_rad) + dy * sin(piece->angle_rad)) / 200;
            g_assert_cmpfloat_with_epsilon(radial, 0, 0.02);
            if (i > 0) {
                const FmPagePoint before = piece_of(candidate, i - 1)->pivot;
                double step_px =
                    hypot(piece->pivot.x_px - before.x_px, piece->pivot.y_px - before.y_px);
                g_assert_cmpfloat(step_px, >, 2);
                g_assert_cmpfloat(step_px, <, 14);
            }
        }
    }
}

static void test_offset(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("长安街");
    FmLabelRequest request = fixture_line(NULL, 0, &text);
    request.kind = FM_LABEL_LINE_CENTER;
    request.offset_y_px = -15;
    g_autoptr(GArray) right = units_on(context, rightwards, request);
    const FmPageRect above = candidate_of(right, 0, 0)->bounds;
    g_assert_cmpfloat_with_epsilon(above.y_px + above.height_px / 2, 485, 1e-6);
    g_autoptr(GArray) up = units_on(context, upwards, request);
    const FmPageRect beside = candidate_of(up, 0, 0)->bounds;
    g_assert_cmpfloat_with_epsilon(beside.x_px + beside.width_px / 2, 485, 1e-6);
}

static void test_bends(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("永定河永定河");
    FmLabelRequest request = fixture_line(NULL, 0, &text);
    request.kind = FM_LABEL_LINE_CENTER;
    request.max_angle_deg = 20;
    /* Nowhere on the zigzag; on the straight piece of the other, far from its middle. */
    g_autoptr(GArray) nowhere = units_on(context, zigzag, request);
    g_assert_cmpuint(nowhere->len, ==, 1);
    g_assert_cmpuint(n_candidates(nowhere, 0), ==, 0);
    g_autoptr(GArray) calm = units_on(context, calm_at_the_end, request);
    g_assert_cmpuint(n_candidates(calm, 0), >, 0);
    for (guint i = 0; i < n_candidates(calm, 0); i++)
        g_assert_cmpfloat(candidate_of(calm, 0, i)->bounds.x_px, >, 510);
    /* Allowed to, it bends, but the straight place stays the cheapest. */
    request.max_angle_deg = 180;
    g_autoptr(GArray) any = units_on(context, calm_at_the_end, request);
    double bent = 0, straight = (double)INFINITY;
    for (guint i = 0; i < n_candidates(any, 0); i++) {
        const FmLabelCandidate *candidate = candidate_of(any, 0, i);
        if (candidate->bounds.x_px > 530)
            straight = MIN(straight, candidate->cost);
        else if (fm__rect_right_px(&candidate->bounds) < 500)
            bent = bent == 0 ? candidate->cost : MIN(bent, candidate->cost);
    }
    g_assert_cmpfloat(straight, <, bent);
}

static void test_repeats(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("永定河");
    const struct {
        FmLabelKind kind;
        double spacing_px;
        guint n;
    } table[] = {{FM_LABEL_LINE, 250, 3},  {FM_LABEL_LINE, 100, 9},        {FM_LABEL_LINE, 900, 1},
                 {FM_LABEL_LINE, 5000, 1}, {FM_LABEL_LINE_CENTER, 100, 1}, {FM_LABEL_LINE, 0, 30}};
    for (gsize t = 0; t < G_N_ELEMENTS(table); t++) {
        FmLabelRequest request = fixture_line(NULL, 0, &text);
        request.kind = table[t].kind;
        request.spacing_px = table[t].spacing_px;
        g_autoptr(GArray) units = units_on(context, rightwards, request);
        if (table[t].spacing_px == 0)
            g_assert_cmpuint(units->len, <=, table[t].n); /* as many as there is room for */
        else
            g_assert_cmpuint(units->len, ==, table[t].n);
        double stretch_px = 900.0 / units->len;
        for (guint u = 0; u < units->len; u++) {
            const FmPageRect box = candidate_of(units, u, 0)->bounds;
            g_assert_cmpfloat_with_epsilon(box.x_px + box.width_px / 2, 50 + stretch_px * (u + 0.5),
                                           0.1);
        }
    }
}

/* A request always has a unit, whatever its path. */
static void test_no_room(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("永定河永定河永定河");
    const FmPagePoint path[] = {{100, 100}, {150, 100}}, point[] = {{100, 100}, {100, 100}};
    const FmPagePoint border[] = {{0, 2}, {900, 2}};
    const struct {
        const FmPagePoint *path;
        gsize n;
    } table[] = {{path, 2}, {point, 2}, {border, 2}, {path, 1}, {NULL, 0}};
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        FmLabelRequest request = fixture_line(table[i].path, table[i].n, &text);
        request.spacing_px = 20;
        g_autoptr(GArray) units = g_array_new(FALSE, FALSE, sizeof(FmLabelUnit));
        g_array_set_clear_func(units, (GDestroyNotify)fm__label_unit_clear);
        fm__label_shape(context, &request, 7, frame, units);
        g_assert_cmpuint(units->len, >=, 1);
        g_assert_cmpuint(g_array_index(units, FmLabelUnit, 0).request, ==, 7);
        for (guint u = 0; u < units->len; u++)
            g_assert_cmpuint(n_candidates(units, u), ==, 0);
    }
}

/* viewport-glyph: the row follows the line, the characters stand. */
static void test_upright_glyphs(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("长安街 Avenue");
    for (int upright = 0; upright <= 1; upright++) {
        FmLabelRequest request = fixture_line(NULL, 0, &text);
        request.kind = FM_LABEL_LINE_CENTER;
        request.upright_glyphs = upright;
        g_autoptr(GArray) units = units_on(context, upwards, request);
        const FmLabelCandidate *best = candidate_of(units, 0, 0);
        const double turned_rad = upright ? 0 : -G_PI / 2;
        for (guint i = 0; i < best->pieces->len; i++)
            g_assert_cmpfloat_with_epsilon(piece_of(best, i)->angle_rad, turned_rad, 1e-6);
        const FmPagePoint a = piece_of(best, 0)->pivot, b = piece_of(best, 8)->pivot;
        g_assert_cmpfloat(a.y_px - b.y_px, >, 50);
        g_assert_cmpfloat_with_epsilon(a.x_px, b.x_px, 1);
    }
}

void test_label_line(void)
{
    g_test_add_func("/render/label-line/upright-glyphs", test_upright_glyphs);
    g_test_add_func("/render/label-line/upright", test_upright);
    g_test_add_func("/render/label-line/circle", test_on_the_circle);
    g_test_add_func("/render/label-line/offset", test_offset);
    g_test_add_func("/render/label-line/bends", test_bends);
    g_test_add_func("/render/label-line/repeats", test_repeats);
    g_test_add_func("/render/label-line/no-room", test_no_room);
}
