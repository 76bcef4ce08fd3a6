/* Halo, leader and glyphs of placed labels. */
#include "fm-unit.h"
#include "label-fixture.h"

#include <math.h>

static const FmPageRect frame = {0, 0, 300, 200};
enum { N_PATH = 40 };

static GPtrArray *place(FmTextContext *context, const FmLabelRequest *request)
{
    GPtrArray *placed = fm__labels_place(context, request, 1, NULL, 0, frame);
    g_assert_cmpuint(placed->len, ==, 1);
    return placed;
}

/* A halo is under all glyphs of the name, also of a curved one, and painted once. */
static void halo_once(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    FixtureText text = fixture_text("永定河 Yongding");
    FmPagePoint path[N_PATH];
    for (gsize i = 0; i < N_PATH; i++) {
        double t = G_PI * (double)i / (N_PATH - 1);
        path[i] = (FmPagePoint){150 - 60 * cos(t), 120 - 60 * sin(t)};
    }
    FmLabelRequest r = fixture_line(path, N_PATH, &text);
    r.kind = FM_LABEL_LINE_CENTER;
    r.style.color.a = 0;
    r.style.halo_color = (FmColor){1, 1, 1, 0.5};
    r.style.halo_width_px = 2;
    g_autoptr(GPtrArray) placed = place(context, &r);
    cairo_t *cr = fixture_canvas(frame, 1);
    fm__label_draw(cr, placed->pdata[0]);
    guint most = fixture_max_alpha(cr, frame);
    g_assert_cmpuint(most, >=, 127);
    g_assert_cmpuint(most, <=, 129);
    cairo_destroy(cr);
}

static void nothing_of_an_icon(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    FmLabelRequest r = fixture_point(150, 100, &(FixtureText){.n = 0});
    g_autoptr(GPtrArray) placed = place(context, &r);
    cairo_t *cr = fixture_canvas(frame, 1);
    fm__label_draw(cr, placed->pdata[0]);
    g_assert_cmpuint(fixture_max_alpha(cr, frame), ==, 0);
    cairo_destroy(cr);
}

/* A name that stands farther off has a line to its point, and a dot there. */
static void leader(void)
{
    g_autoptr(FmTextContext) context = fm__text_context_new();
    const FixtureText text = fixture_text("City");
    FmLabelRequest r = fixture_point(100, 100, &text);
    r.leader_px = 40;
    r.leader_always = TRUE;
    r.anchors[0] = FM_ANCHOR_LEFT;
    r.n_anchors = 1;
    r.style.color = (FmColor){0, 0, 0, 1};
    g_autoptr(GPtrArray) placed = place(context, &r);
    const FmLabelPlaced *label = placed->pdata[0];
    g_assert_true(label->text);
    cairo_t *cr = fixture_canvas(frame, 4);
    fm__label_draw(cr, label);
    double middle_px = (100 + label->box.x_px) / 2;
    const FmPageRect point = {4 * 99.5, 4 * 99.5, 4, 4};
    const FmPageRect line = {4 * middle_px - 4, 4 * 99, 8, 8};
    const FmPageRect beyond = {4 * 90, 4 * 90, 4 * 8, 4 * 20};
    g_assert_cmpuint(fixture_max_alpha(cr, point), ==, 255);
    g_assert_cmpuint(fixture_max_alpha(cr, line), >, 200);
    g_assert_cmpuint(fixture_max_alpha(cr, beyond), ==, 0);
    cairo_destroy(cr);
}

void test_label_draw(void)
{
    g_test_add_func("/render/label-draw/halo-once", halo_once);
    g_test_add_func("/render/label-draw/icon", nothing_of_an_icon);
    g_test_add_func("/render/label-draw/leader", leader);
}
