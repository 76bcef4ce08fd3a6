/* The scale bar and the north arrow.  The bar is as long as the geodesic that it names, laid
 * through the centre of the frame; the arrow shows true north there, not the grid's. */
#include "furniture.h"

#include <math.h>

gboolean fm__scale_choose(const FmFrame *frame, double max_px, double *distance_m,
                          double *length_px, GError **error)
{
    static const double steps[] = {5, 2, 1};
    double most_m = max_px * frame->ground_m_per_px;
    double power = pow(10, floor(log10(most_m)));
    double chosen = power;
    for (gsize i = G_N_ELEMENTS(steps); i-- > 0;)
        if (steps[i] * power <= most_m)
            chosen = steps[i] * power;
    FmPagePoint ends[2];
    for (int i = 0; i < 2; i++) {
        FmLonLat end = fm_geodesic_direct(frame->centre_deg, i == 0 ? 270 : 90, chosen / 2);
        if (!fm__frame_project(frame, end, &ends[i], error))
            return FALSE;
    }
    *distance_m = chosen;
    *length_px = hypot(ends[1].x_px - ends[0].x_px, ends[1].y_px - ends[0].y_px);
    return TRUE;
}

static void draw_arrow(FmFurniture *f, double x_px, double y_px, double size_px)
{
    cairo_t *cr = f->cr;
    cairo_save(cr);
    cairo_translate(cr, x_px, y_px + size_px / 2);
    cairo_rotate(cr, f->frame->convergence_deg * G_PI / 180);
    for (int side = -1; side <= 1; side += 2) {
        cairo_move_to(cr, 0, -size_px / 2);
        cairo_line_to(cr, side * size_px * 0.26, size_px / 2);
        cairo_line_to(cr, 0, size_px * 0.3);
        cairo_close_path(cr);
        if (side < 0) {
            fm__set_source(cr, FM_INK, 1);
            cairo_fill(cr);
        } else {
            fm__set_source(cr, FM_INK, 1);
            cairo_set_line_width(cr, 0.6);
            cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
            cairo_stroke(cr);
        }
    }
    cairo_restore(cr);
}

/* Four fields, dark and light in turn. */
static void draw_bar(FmFurniture *f, FmPageRect bar)
{
    const int fields = 4;
    cairo_t *cr = f->cr;
    for (int i = 0; i < fields; i++) {
        cairo_rectangle(cr, bar.x_px + bar.width_px * i / fields, bar.y_px, bar.width_px / fields,
                        bar.height_px);
        if (i % 2 == 0)
            fm__set_source(cr, FM_INK, 1);
        else
            cairo_set_source_rgb(cr, 1, 1, 1);
        cairo_fill(cr);
    }
    cairo_rectangle(cr, bar.x_px, bar.y_px, bar.width_px, bar.height_px);
    fm__set_source(cr, FM_INK, 1);
    cairo_set_line_width(cr, 0.5);
    cairo_stroke(cr);
}

/* "km" is read in both languages, so a bilingual page needs it once. */
static char *bar_text(double distance_m, double share, gboolean unit, FmLanguage language)
{
    gboolean km = distance_m >= 1000;
    g_autofree char *number = fm_format_double(distance_m * share / (km ? 1000 : 1));
    const char *name = language == FM_LANGUAGE_ZH ? (km ? " 公里" : " 米") : (km ? " km" : " m");
    return g_strconcat(number, unit ? name : "", NULL);
}

double fm__scale_draw_bar(FmFurniture *f, double x_px, double y_px, double width_px)
{
    const FmTextLook number = {6.5, FALSE, FM_INK, FM_JUSTIFY_CENTER};
    const FmTextLook words = {6.5, FALSE, FM_INK_SOFT, FM_JUSTIFY_LEFT};
    const double bar_height_px = 4;
    double gap = f->sheet->gap_px / 2, y = y_px;
    double distance_m = 0, length_px = 0;
    /* The panel may be drawn smaller than the map; the bar must not be. */
    g_autoptr(GError) ignored = NULL;
    if (!fm__scale_choose(f->frame, width_px * 0.8 * f->scale, &distance_m, &length_px, &ignored))
        return 0;
    length_px /= f->scale;
    double text_px = 0, inset = 4;
    for (int i = 0; i <= 2; i++) {
        g_autofree char *text = bar_text(distance_m, i / 2.0, i == 2, f->language);
        FmTextLook look = number;
        look.justify = i == 0 ? FM_JUSTIFY_LEFT : FM_JUSTIFY_CENTER;
        double at = x_px + length_px * i / 2;
        text_px = fm__furniture_draw_text(f, text, &look, i == 0 ? x_px : at + (i == 2 ? inset : 0),
                                          y, 0);
    }
    y += text_px;
    FmPageRect bar = {x_px, y, length_px, bar_height_px};
    if (f->cr)
        draw_bar(f, bar);
    g_autofree char *metres = fm_format_double(distance_m);
    fm__furniture_list(f, "scale-bar", bar, metres);
    y += bar_height_px + gap / 2;
    g_autofree char *denominator = fm_format_count((gint64)llround(f->frame->scale_denominator));
    g_autofree char *ratio = g_strconcat("1 : ", denominator, NULL);
    y += fm__furniture_draw_text(f, ratio, &words, x_px, y, width_px);
    return y - y_px;
}

/* How far the grid's north is from true north, when an eye would see it.  Positive when the grid's
 * lies east of it, as surveyors count. */
static double draw_convergence(FmFurniture *f, double x_px, double y_px, double width_px)
{
    const FmTextLook look = {6.5, FALSE, FM_INK_SOFT, FM_JUSTIFY_LEFT};
    const double least_deg = 0.5;
    double grid_deg = -f->frame->convergence_deg;
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    if (fabs(grid_deg) < least_deg)
        return 0;
    g_ascii_formatd(number, sizeof number, "%+.1f", grid_deg);
    g_autofree char *zh = g_strdup_printf("子午线收敛角 %s°", number);
    g_autofree char *en = g_strdup_printf("Grid convergence %s°", number);
    const FmPageText text = {en, zh};
    return fm__furniture_draw_words(f, &text, &look, NULL, x_px, y_px, width_px);
}

/* North, and the bar unless each of several maps has its own. */
double fm__scale_draw(FmFurniture *f, double x_px, double y_px, double width_px)
{
    const FmTextLook north = {8, TRUE, FM_INK, FM_JUSTIFY_LEFT};
    const double arrow_px = 24;
    double gap = f->sheet->gap_px / 2, y = y_px;
    FmLanguage languages[2];
    fm__furniture_languages(f, languages);
    if (f->cr)
        draw_arrow(f, x_px + arrow_px * 0.26, y, arrow_px);
    fm__furniture_list(f, "north", (FmPageRect){x_px, y, arrow_px * 0.52, arrow_px}, "arrow");
    fm__furniture_draw_text(f, languages[0] == FM_LANGUAGE_ZH ? "北 N" : "N", &north,
                            x_px + arrow_px * 0.8, y + arrow_px * 0.2, 0);
    y += arrow_px;
    double noted = draw_convergence(f, x_px, y + gap / 2, width_px);
    y += noted > 0 ? noted + gap / 2 : 0;
    if (fm__furniture_one_scale(f))
        y += gap + fm__scale_draw_bar(f, x_px, y + gap, width_px);
    return y - y_px;
}
