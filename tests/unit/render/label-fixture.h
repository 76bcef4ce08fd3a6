/* Requests and pictures for the tests of text and labels. */
#ifndef LABEL_FIXTURE_H
#define LABEL_FIXTURE_H

#include "label.h"

#include <cairo.h>

/* A text in one section, or two. */
typedef struct {
    FmTextSection sections[2];
    gsize n;
} FixtureText;

FixtureText fixture_text(const char *first);
/* Chinese above English, the second line at 85 %. */
FixtureText fixture_bilingual(const char *chinese, const char *english);

/* 10 px, black, no halo, set left. */
FmTextStyle fixture_style(void);
/* A point's label right of it or left, above or below; borrows the text. */
FmLabelRequest fixture_point(double x_px, double y_px, const FixtureText *text);
FmLabelRequest fixture_line(const FmPagePoint *path, gsize n, const FixtureText *text);

/* `n` random bilingual points in the frame, their icons 4 px wide; the first `n_named` have names.
 * Two layers and five sort keys, mixed. */
typedef struct {
    FmLabelRequest *requests;
    FixtureText *texts;
    char **english;
    gsize n;
} FixtureCrowd;

FixtureCrowd *fixture_crowd_new(guint32 seed, gsize n, gsize n_named, FmPageRect frame);
void fixture_crowd_free(FixtureCrowd *crowd);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FixtureCrowd, fixture_crowd_free)

/* A transparent picture at `scale` pixels a px, to draw on; cairo_destroy frees it. */
cairo_t *fixture_canvas(FmPageRect frame, double scale);
/* Coverage of a pixel, 0 … 255. */
guint fixture_alpha(cairo_t *cr, int x, int y);
/* Largest coverage in a rectangle of pixels. */
guint fixture_max_alpha(cairo_t *cr, FmPageRect pixels);

#endif
