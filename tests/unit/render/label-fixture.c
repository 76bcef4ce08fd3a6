#include "label-fixture.h"

#include <string.h>

static FmTextSection section(const char *text, double scale)
{
    /* The field is not const, but nothing writes to it. */
    return (FmTextSection){.text = (char *)(gsize)text, .font_scale = scale};
}

FixtureText fixture_text(const char *first)
{
    return (FixtureText){.sections = {section(first, 1)}, .n = 1};
}

FixtureText fixture_bilingual(const char *chinese, const char *english)
{
    return (FixtureText){.sections = {section(chinese, 1), section(english, 0.85)}, .n = 2};
}

FmTextStyle fixture_style(void)
{
    return (FmTextStyle){.size_px = 10, .color = {0, 0, 0, 1}, .justify = FM_JUSTIFY_LEFT};
}

FmLabelRequest fixture_point(double x_px, double y_px, const FixtureText *text)
{
    return (FmLabelRequest){
        .layer_id = "names",
        .kind = FM_LABEL_POINT,
        .anchor = {x_px, y_px},
        .sections = text->sections,
        .n_sections = text->n,
        .style = fixture_style(),
        .anchors = {FM_ANCHOR_LEFT, FM_ANCHOR_RIGHT, FM_ANCHOR_BOTTOM, FM_ANCHOR_TOP},
        .n_anchors = 4,
        .radial_offset_px = 4,
        .padding_px = 1,
    };
}

FmLabelRequest fixture_line(const FmPagePoint *path, gsize n, const FixtureText *text)
{
    FmLabelRequest request = fixture_point(0, 0, text);
    request.kind = FM_LABEL_LINE;
    request.path = path;
    request.n_path = n;
    request.spacing_px = 250;
    request.max_angle_deg = 45;
    request.keep_upright = TRUE;
    return request;
}

FixtureCrowd *fixture_crowd_new(guint32 seed, gsize n, gsize n_named, FmPageRect frame)
{
    static const char *const chinese[] = {"北京市第四中学", "协和医院", "望京社区",
                                          "亦庄经济技术开发区", "回龙观"};
    FixtureCrowd *crowd = g_new0(FixtureCrowd, 1);
    crowd->n = n;
    crowd->requests = g_new0(FmLabelRequest, n);
    crowd->texts = g_new0(FixtureText, n);
    crowd->english = g_new0(char *, n + 1);
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    for (gsize i = 0; i < n; i++) {
        crowd->english[i] = g_strdup_printf("\nPlace %" G_GSIZE_FORMAT, i);
        if (i < n_named)
            crowd->texts[i] =
                fixture_bilingual(chinese[i % G_N_ELEMENTS(chinese)], crowd->english[i]);
        FmLabelRequest *r = &crowd->requests[i];
        *r = fixture_point(frame.x_px + g_rand_double(random) * frame.width_px,
                           frame.y_px + g_rand_double(random) * frame.height_px, &crowd->texts[i]);
        r->row = i;
        r->layer_rank = (guint)g_rand_int_range(random, 1, 3);
        r->sort_key = g_rand_int_range(random, 0, 5);
        r->style.justify = FM_JUSTIFY_AUTO;
        r->style.max_width_px = 60;
        r->has_icon = TRUE;
        r->icon = (FmPageRect){r->anchor.x_px - 2, r->anchor.y_px - 2, 4, 4};
        r->icon_allow_overlap = TRUE;
        r->text_optional = TRUE;
    }
    return crowd;
}

void fixture_crowd_free(FixtureCrowd *crowd)
{
    g_free(crowd->requests);
    g_free(crowd->texts);
    g_strfreev(crowd->english);
    g_free(crowd);
}

cairo_t *fixture_canvas(FmPageRect frame, double scale)
{
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_A8, (int)(frame.width_px * scale), (int)(frame.height_px * scale));
    cairo_t *cr = cairo_create(surface);
    cairo_surface_destroy(surface);
    cairo_scale(cr, scale, scale);
    cairo_translate(cr, -frame.x_px, -frame.y_px);
    return cr;
}

guint fixture_alpha(cairo_t *cr, int x, int y)
{
    cairo_surface_t *surface = cairo_get_target(cr);
    cairo_surface_flush(surface);
    g_assert_cmpint(x, >=, 0);
    g_assert_cmpint(y, >=, 0);
    g_assert_cmpint(x, <, cairo_image_surface_get_width(surface));
    g_assert_cmpint(y, <, cairo_image_surface_get_height(surface));
    return cairo_image_surface_get_data(
        surface)[(gsize)y * (gsize)cairo_image_surface_get_stride(surface) + (gsize)x];
}

guint fixture_max_alpha(cairo_t *cr, FmPageRect pixels)
{
    guint most = 0;
    for (int y = (int)pixels.y_px; y < (int)fm__rect_bottom_px(&pixels); y++) {
        for (int x = (int)pixels.x_px; x < (int)fm__rect_right_px(&pixels); x++)
            most = MAX(most, fixture_alpha(cr, x, y));
    }
    return most;
}
