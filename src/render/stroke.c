/* The outline runs along one side of the line and back along the other; corners and ends are put
 * between.  All outlines have one sense, so that those of many lines can be summed.  Arcs keep
 * within an eighth of a pixel. */
#include "stroke.h"

#include <math.h>

#define TOLERANCE_DEV 0.125
#define WIDEST_DEV 65536.0 /* beyond any page; keeps whole numbers whole */

/* A stretch of the line, its direction and the way to its left, as long as half the pen. */
typedef struct {
    double x, y; /* its beginning */
    double length;
    double ux, uy; /* unit direction */
} Piece;

typedef struct {
    FmStroker *stroker;
    const FmPen *pen;
    double half;
} Outline;

void fm__stroker_init(FmStroker *stroker)
{
    *stroker = (FmStroker){.capacity = 64};
    stroker->outline = g_new(FmSubpixel, stroker->capacity);
    stroker->pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
}

void fm__stroker_clear(FmStroker *stroker)
{
    g_clear_pointer(&stroker->outline, g_free);
    g_clear_pointer(&stroker->pieces, g_array_unref);
}

/* The nearest subpixel.  A positive number is cut to a whole one in one instruction, which floor()
 * takes a call for; the page is far within the shift. */
static inline gint32 to_subpixels(double dev)
{
    const gint64 shift = (gint64)1 << 32;
    return (gint32)((gint64)(dev * FM_SUBPIXELS + 0.5 + (double)shift) - shift);
}

static void put(const Outline *o, double x, double y)
{
    FmStroker *stroker = o->stroker;
    if (stroker->n == stroker->capacity) {
        stroker->capacity *= 2;
        stroker->outline = g_renew(FmSubpixel, stroker->outline, stroker->capacity);
    }
    stroker->outline[stroker->n++] = (FmSubpixel){to_subpixels(x), to_subpixels(y)};
}

/* n turns by the angle of the given cosine and sine, from direction (ax, ay) around (x, y); both
 * ends are put. */
static void put_turns(const Outline *o, double x, double y, double ax, double ay, int n, double c,
                      double s)
{
    for (int i = 0; i <= n; i++) {
        put(o, x + ax, y + ay);
        double turned = ax * c - ay * s;
        ay = ax * s + ay * c;
        ax = turned;
    }
}

static void put_arc(const Outline *o, double x, double y, double ax, double ay, double angle_rad)
{
    int n = MAX(1, (int)ceil(angle_rad / o->stroker->step_rad));
    put_turns(o, x, y, ax, ay, n, cos(angle_rad / n), sin(angle_rad / n));
}

/* The outline's left side turns from piece a into piece b. */
static void put_corner(const Outline *o, const Piece *a, const Piece *b, double x, double y)
{
    const double h = o->half;
    const double ax = a->uy * h, ay = -a->ux * h, bx = b->uy * h, by = -b->ux * h;
    const double gap = (ax - bx) * (ax - bx) + (ay - by) * (ay - by);
    if (gap < TOLERANCE_DEV * TOLERANCE_DEV) {
        put(o, x + (ax + bx) / 2, y + (ay + by) / 2);
        return;
    }
    const double cosine = a->ux * b->ux + a->uy * b->uy;
    const double sine = a->ux * b->uy - a->uy * b->ux;
    const gboolean inner = sine < 0;
    /* How far along the pieces the sides meet, in half widths: tan of half the turn, squared. */
    const double tan2 = cosine > -1 ? (1 - cosine) / (1 + cosine) : HUGE_VAL;
    const double shorter = MIN(a->length, b->length) / o->half;
    const double miter2 = 1 + tan2; /* the corner's distance in half widths, squared */
    if (inner ? tan2 <= shorter * shorter
              : (o->pen->join == FM_STROKE_MITER &&
                 miter2 <= o->pen->miter_limit * o->pen->miter_limit) ||
                    (o->pen->join == FM_STROKE_ROUND_JOIN && miter2 <= o->stroker->blunt2)) {
        const double t = 1 / (1 + cosine);
        put(o, x + (ax + bx) * t, y + (ay + by) * t);
    } else if (inner) {
        /* Through the middle: then the stroke is the sum of its pieces, whatever their length. */
        put(o, x + ax, y + ay);
        put(o, x, y);
        put(o, x + bx, y + by);
    } else if (o->pen->join == FM_STROKE_ROUND_JOIN && cosine < o->stroker->step_cosine) {
        put_arc(o, x, y, ax, ay, fabs(atan2(sine, cosine)));
    } else {
        put(o, x + ax, y + ay);
        put(o, x + bx, y + by);
    }
}

/* From the left side to the right at an end of the line, which goes on in direction (ux, uy). */
static void put_end(const Outline *o, double x, double y, double ux, double uy)
{
    const double ax = uy * o->half, ay = -ux * o->half;
    switch (o->pen->cap) {
    case FM_STROKE_ROUND_CAP:
        put_turns(o, x, y, ax, ay, o->stroker->cap_n, o->stroker->cap_cosine, o->stroker->cap_sine);
        return;
    case FM_STROKE_SQUARE:
        x += ux * o->half;
        y += uy * o->half;
        break;
    case FM_STROKE_BUTT:
        break;
    }
    put(o, x + ax, y + ay);
    put(o, x - ax, y - ay);
}

static void flush(const Outline *o, FmCoverage *coverage)
{
    fm__coverage_add(coverage, o->stroker->outline, o->stroker->n);
    o->stroker->n = 0;
}

static void outline_open(const Outline *o, const Piece *pieces, gsize n, FmCoverage *coverage)
{
    const Piece *last = &pieces[n - 1];
    for (gsize i = 1; i < n; i++)
        put_corner(o, &pieces[i - 1], &pieces[i], pieces[i].x, pieces[i].y);
    put_end(o, last->x + last->ux * last->length, last->y + last->uy * last->length, last->ux,
            last->uy);
    for (gsize i = n; i-- > 1;) {
        /* Seen from the way back, the line turns from the later piece into the earlier. */
        const Piece from = {0, 0, pieces[i].length, -pieces[i].ux, -pieces[i].uy};
        const Piece to = {0, 0, pieces[i - 1].length, -pieces[i - 1].ux, -pieces[i - 1].uy};
        put_corner(o, &from, &to, pieces[i].x, pieces[i].y);
    }
    put_end(o, pieces[0].x, pieces[0].y, -pieces[0].ux, -pieces[0].uy);
    flush(o, coverage);
}

static void outline_closed(const Outline *o, const Piece *pieces, gsize n, FmCoverage *coverage)
{
    for (gsize i = 0; i < n; i++)
        put_corner(o, &pieces[(i + n - 1) % n], &pieces[i], pieces[i].x, pieces[i].y);
    flush(o, coverage);
    for (gsize i = n; i-- > 0;) {
        const Piece *a = &pieces[i], *b = &pieces[(i + n - 1) % n];
        const Piece from = {0, 0, a->length, -a->ux, -a->uy};
        const Piece to = {0, 0, b->length, -b->ux, -b->uy};
        put_corner(o, &from, &to, a->x, a->y);
    }
    flush(o, coverage);
}

/* The directions from a point of the line in which it may go on in one straight piece: all points
 * since then are within TOLERANCE_DEV of it (Williams 1978). */
typedef struct {
    double x, y;             /* the point */
    double far;              /* how far the last point was */
    double left_x, left_y;   /* unit directions, */
    double right_x, right_y; /* open to everywhere until the first point */
    gboolean open;
} Cone;

/* Narrow the cone by a point at (dx, dy) from its own, `length` away.  Returns FALSE, and leaves
 * the cone, when that is outside of it or nearer than the point before: the line turned there. */
static gboolean cone_take(Cone *cone, double dx, double dy, double length)
{
    if (!cone->open && (length < cone->far || cone->left_x * dy - cone->left_y * dx > 0 ||
                        dx * cone->right_y - dy * cone->right_x > 0))
        return FALSE;
    cone->far = length;
    if (length <= TOLERANCE_DEV)
        return TRUE;
    const double sine = TOLERANCE_DEV / length, cosine = sqrt(1 - sine * sine);
    const double ux = dx / length, uy = dy / length;
    const double left_x = ux * cosine - uy * sine, left_y = uy * cosine + ux * sine;
    const double right_x = ux * cosine + uy * sine, right_y = uy * cosine - ux * sine;
    if (cone->open || cone->left_x * left_y - cone->left_y * left_x < 0) {
        cone->left_x = left_x;
        cone->left_y = left_y;
    }
    if (cone->open || cone->right_x * right_y - cone->right_y * right_x > 0) {
        cone->right_x = right_x;
        cone->right_y = right_y;
    }
    cone->open = FALSE;
    return TRUE;
}

static void add_piece(GArray *pieces, const Cone *from, double dx, double dy)
{
    const double length = sqrt(dx * dx + dy * dy);
    if (length < 1.0 / FM_SUBPIXELS)
        return; /* the next one begins where this one did */
    const Piece piece = {from->x, from->y, length, dx / length, dy / length};
    g_array_append_val(pieces, piece);
}

/* The path's pieces in device pixels, without the points that make no difference to be seen.  What
 * is kept depends neither on the pen, so that a casing fits its line, nor on the band. */
static void cut(GArray *pieces, const FmDevice *device, const FmPagePoint *points, gsize n,
                gboolean closed)
{
    g_array_set_size(pieces, 0);
    Cone cone = {.x = points[0].x_px * device->scale + device->x_dev,
                 .y = points[0].y_px * device->scale + device->y_dev,
                 .open = TRUE};
    double dx = 0, dy = 0; /* the last point, from the cone's */
    for (gsize i = 1; i < n + (closed ? 1 : 0); i++) {
        const FmPagePoint *p = &points[i % n];
        const double x = p->x_px * device->scale + device->x_dev;
        const double y = p->y_px * device->scale + device->y_dev;
        double to_x = x - cone.x, to_y = y - cone.y;
        if (!cone_take(&cone, to_x, to_y, sqrt(to_x * to_x + to_y * to_y))) {
            add_piece(pieces, &cone, dx, dy);
            cone = (Cone){.x = cone.x + dx, .y = cone.y + dy, .open = TRUE};
            to_x = x - cone.x;
            to_y = y - cone.y;
            cone_take(&cone, to_x, to_y, sqrt(to_x * to_x + to_y * to_y));
        }
        dx = to_x;
        dy = to_y;
    }
    add_piece(pieces, &cone, dx, dy);
    if (pieces->len == 0) { /* a dot, which round and square ends show */
        const Piece piece = {cone.x, cone.y, 0, 1, 0};
        g_array_append_val(pieces, piece);
    }
}

/* What depends on the pen's width alone, for most lines are as wide as the one before. */
static void set_half(FmStroker *stroker, double half)
{
    if (stroker->half == half)
        return;
    /* A chord over the angle a is half * (1 - cos(a / 2)) below its arc. */
    const double sag = MIN(TOLERANCE_DEV / half, 1);
    stroker->half = half;
    stroker->step_rad = 2 * acos(1 - sag);
    stroker->step_cosine = cos(stroker->step_rad);
    stroker->blunt2 = (1 + sag) * (1 + sag);
    stroker->cap_n = (int)ceil(G_PI / stroker->step_rad);
    stroker->cap_cosine = cos(G_PI / stroker->cap_n);
    stroker->cap_sine = sin(G_PI / stroker->cap_n);
}

void fm__stroke_add(FmStroker *stroker, FmCoverage *coverage, const FmPen *pen,
                    const FmDevice *device, const FmPagePoint *points, gsize n, gboolean closed)
{
    if (n == 0 || !(pen->width_dev > 0)) /* nor NaN */
        return;
    const double half = MIN(pen->width_dev, WIDEST_DEV) / 2;
    const Outline o = {stroker, pen, half};
    set_half(stroker, half);
    cut(stroker->pieces, device, points, n, closed);
    const Piece *pieces = (const Piece *)(const void *)stroker->pieces->data;
    if (closed && stroker->pieces->len > 1)
        outline_closed(&o, pieces, stroker->pieces->len, coverage);
    else
        outline_open(&o, pieces, stroker->pieces->len, coverage);
}
