/* Contrast of texts with what is under them: the page without texts, seen pixel by pixel through
 * the text's boxes, with the halo over it. */
#include "lint.h"

#include "label-box.h"

#include <facmap/contrast.h>
#include <math.h>

/* WCAG 2.1, 1.4.11: what large text and graphics need. */
#define LEAST_RATIO 3.0
/* A line that a name crosses does not make it illegible; a quarter of it on a dark ground does. */
#define MOST_SHARE 0.25

static FmColor pixel(cairo_surface_t *surface, int x, int y)
{
    const guint8 *data = cairo_image_surface_get_data(surface);
    const guint32 *row =
        (const guint32 *)(const void *)(data +
                                        (gsize)y * (gsize)cairo_image_surface_get_stride(surface));
    const guint32 rgb = row[x];
    return (FmColor){(rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0,
                     1};
}

static gboolean is_inside(const FmTurnedBox *box, double x, double y)
{
    const double dx = x - box->cx_px, dy = y - box->cy_px;
    return fabs(dx * box->cos_angle + dy * box->sin_angle) <= box->half_width_px &&
           fabs(dy * box->cos_angle - dx * box->sin_angle) <= box->half_height_px;
}

/* Counts of pixels under one text. */
typedef struct {
    guint64 all, poor;
    double least;
} Looked;

static void look(const FmLint *lint, const FmLintText *text, const FmTurnedBox *box, Looked *seen)
{
    const FmPageRect bounds = fm__turned_box_bounds(box);
    const int width = cairo_image_surface_get_width(lint->ground);
    const int height = cairo_image_surface_get_height(lint->ground);
    const int right = MIN((int)ceil(fm__rect_right_px(&bounds)), width);
    const int bottom = MIN((int)ceil(fm__rect_bottom_px(&bounds)), height);
    for (int y = MAX((int)floor(bounds.y_px), 0); y < bottom; y++)
        for (int x = MAX((int)floor(bounds.x_px), 0); x < right; x++) {
            if (!is_inside(box, x + 0.5, y + 0.5))
                continue;
            const FmColor under = fm_color_over(text->halo, pixel(lint->ground, x, y));
            const double ratio = fm_color_contrast(fm_color_over(text->color, under), under);
            seen->all++;
            seen->poor += ratio < LEAST_RATIO;
            seen->least = MIN(seen->least, ratio);
        }
}

void fm__lint_contrast(FmLint *lint)
{
    for (guint i = 0; i < lint->texts->len; i++) {
        const FmLintText *text = &g_array_index(lint->texts, FmLintText, i);
        Looked seen = {0, 0, G_MAXDOUBLE};
        for (guint b = 0; !text->wordless && b < text->boxes->len; b++)
            look(lint, text, &g_array_index(text->boxes, FmTurnedBox, b), &seen);
        if (seen.all == 0 || (double)seen.poor <= MOST_SHARE * (double)seen.all)
            continue;
        const FmTurnedBox *box = &g_array_index(text->boxes, FmTurnedBox, text->boxes->len / 2);
        const FmPagePoint at = {box->cx_px, box->cy_px};
        char ratio[G_ASCII_DTOSTR_BUF_SIZE];
        fm__lint_add(lint, FM_LINT_CONTRAST, &at, text->layer,
                     text->layer ? "paint.text-color" : NULL,
                     "'%s': %.0f %% of it has less than 3:1, down to %s:1", text->words,
                     100 * (double)seen.poor / (double)seen.all,
                     g_ascii_formatd(ratio, sizeof ratio, "%.1f", seen.least));
    }
}
