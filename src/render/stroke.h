/* The outline of a line drawn with a pen, as polygons for a coverage. */
#ifndef FACMAP_RENDER_STROKE_H
#define FACMAP_RENDER_STROKE_H

#include "coverage.h"
#include "page-space.h"

typedef enum {
    FM_STROKE_BUTT,
    FM_STROKE_SQUARE,
    FM_STROKE_ROUND_CAP,
} FmStrokeCap;

typedef enum {
    FM_STROKE_MITER,
    FM_STROKE_BEVEL,
    FM_STROKE_ROUND_JOIN,
} FmStrokeJoin;

/* In device pixels. */
typedef struct {
    double width_dev;
    double miter_limit;
    FmStrokeCap cap;
    FmStrokeJoin join;
} FmPen;

/* Where outlines are made, one a thread. */
typedef struct {
    FmSubpixel *outline;
    gsize n, capacity;
    GArray *pieces; /* of the line, without those of no length */
    /* Of the pen that was used last. */
    double half;        /* of its width */
    double step_rad;    /* of arcs */
    double step_cosine; /* corners that turn less have no arc */
    double blunt2;      /* corners that reach out less, in half widths squared, need no rounding */
    int cap_n;          /* steps of a round end */
    double cap_cosine, cap_sine; /* of each */
} FmStroker;

void fm__stroker_init(FmStroker *stroker);
void fm__stroker_clear(FmStroker *stroker);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmStroker, fm__stroker_clear)

/* From page to device: x_dev = x_px * scale + x. */
typedef struct {
    double scale, x_dev, y_dev;
} FmDevice;

/* Add the stroke of one path.  A closed path has its first point once. */
void fm__stroke_add(FmStroker *stroker, FmCoverage *coverage, const FmPen *pen,
                    const FmDevice *device, const FmPagePoint *points, gsize n, gboolean closed);

#endif
