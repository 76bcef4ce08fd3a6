/* Names along lines.  The text is shaped as a whole and cut into characters; each sits on the
 * path with its middle and is turned by the path's direction there.  Of the places on the path
 * the straight ones near the wanted one are best; where neighbours would turn by more than the
 * style allows is none. */

#include "label-line.h"
#include "label-candidate.h"
#include "text-internal.h"

#include <math.h>

/* Places tried on either side of the wanted one, at most, and how far apart at least. */
enum { SHIFTS_MAX = 24 };
#define SHIFT_EM 0.5
/* A name that bends by a half circle in all costs as much as this many times the whole way to
 * the end of its stretch of path. */
#define BEND_COST 2.0
/* Characters nearer to each other than this share of their widths run into each other. */
#define CROWDED_SHARE 0.8
/* A line this close to vertical, as the tangent of the angle, counts as such. */
#define VERTICAL 0.02

/* One character and where its middle is from the start of the text. */
typedef struct {
    FmTextBlock *block;
    double middle_px, half_width_px;
} Glyph;

/* A text and the path that it runs along. */
typedef struct {
    const FmLabelRequest *request;
    FmPageRect frame;
    GArray *glyphs;
    double text_px; /* length of the text */
    const FmPagePoint *points;
    gsize n_points;
    double *along_px; /* distance of each point from the first */
    double path_px;   /* length of the path */
} Along;

/* ---- characters ------------------------------------------------------------------------- */

static void cut_glyphs(Along *along, FmTextContext *context, FmShapedText *shaped)
{
    const FmLabelRequest *r = along->request;
    g_autoptr(FmTextBlock) whole =
        fm__text_block_new_line(context, r->sections, r->n_sections, &r->style);
    along->text_px = fm__text_block_width_px(whole);
    g_autoptr(GArray) clusters = g_array_new(FALSE, FALSE, sizeof(FmTextCluster));
    fm__text_block_cut(whole, clusters);
    for (guint i = 0; i < clusters->len; i++) {
        const FmTextCluster *cluster = &g_array_index(clusters, FmTextCluster, i);
        double half_px = fm__text_block_width_px(cluster->block) / 2;
        const Glyph glyph = {
            .block = fm__shaped_text_add(shaped, cluster->block),
            .middle_px = cluster->x_px + half_px,
            .half_width_px = half_px,
        };
        g_array_append_val(along->glyphs, glyph);
    }
}

/* ---- the path --------------------------------------------------------------------------- */

static void measure_path(Along *along)
{
    along->along_px = g_new0(double, MAX(along->n_points, 1));
    for (gsize i = 1; i < along->n_points; i++)
        along->along_px[i] =
            along->along_px[i - 1] + hypot(along->points[i].x_px - along->points[i - 1].x_px,
                                           along->points[i].y_px - along->points[i - 1].y_px);
    along->path_px = along->n_points > 0 ? along->along_px[along->n_points - 1] : 0;
}

/* Point at a distance from the start; by bisection. */
static FmPagePoint path_at(const Along *along, double s_px)
{
    gsize low = 0, high = along->n_points - 1;
    while (high - low > 1) {
        gsize middle = low + (high - low) / 2;
        if (along->along_px[middle] <= s_px)
            low = middle;
        else
            high = middle;
    }
    double length = along->along_px[high] - along->along_px[low];
    double t = length > 0 ? (s_px - along->along_px[low]) / length : 0;
    const FmPagePoint a = along->points[low], b = along->points[high];
    return (FmPagePoint){a.x_px + t * (b.x_px - a.x_px), a.y_px + t * (b.y_px - a.y_px)};
}

/* Direction over the width of a character: smooth where the path has corners. */
static double path_direction(const Along *along, double from_px, double to_px)
{
    FmPagePoint a = path_at(along, from_px), b = path_at(along, to_px);
    return atan2(b.y_px - a.y_px, b.x_px - a.x_px);
}

static double turn_between(double a_rad, double b_rad)
{
    return fabs(remainder(b_rad - a_rad, 2 * G_PI));
}

/* Would text along the stretch read from right to left?  A vertical name reads upwards. */
static gboolean stands_on_its_head(const Along *along, double s_px)
{
    FmPagePoint a = path_at(along, s_px - along->text_px / 2);
    FmPagePoint b = path_at(along, s_px + along->text_px / 2);
    double dx = b.x_px - a.x_px, dy = b.y_px - a.y_px;
    return fabs(dx) > VERTICAL * fabs(dy) ? dx < 0 : dy > 0;
}

/* ---- candidates ------------------------------------------------------------------------- */

static void set_glyph(const FmLabelRequest *request, const Glyph *glyph, FmPagePoint middle,
                      double angle_rad, FmLabelCandidate *candidate)
{
    double height_px = fm__text_block_height_px(glyph->block);
    const FmPageRect rect = {middle.x_px - glyph->half_width_px,
                             middle.y_px - height_px / 2 + request->offset_y_px,
                             2 * glyph->half_width_px, height_px};
    const FmLabelPiece piece = {
        .block = glyph->block,
        .pivot = middle,
        .offset = {rect.x_px - middle.x_px, rect.y_px - middle.y_px},
        .angle_rad = request->upright_glyphs ? 0 : angle_rad,
    };
    g_array_append_val(candidate->pieces, piece);
    FmTurnedBox box =
        fm__turned_box_rotated(fm__rect_grow(rect, request->padding_px), middle, piece.angle_rad);
    g_array_append_val(candidate->boxes, box);
}

/* Inside of a bend, off the line, characters come closer.  Do the last two overlap? */
static gboolean runs_into_last(const FmLabelCandidate *candidate)
{
    guint n = candidate->pieces->len;
    if (n < 2)
        return FALSE;
    const FmLabelPiece *last = &g_array_index(candidate->pieces, FmLabelPiece, n - 2);
    const FmLabelPiece *now = &g_array_index(candidate->pieces, FmLabelPiece, n - 1);
    const FmTurnedBox *a = &g_array_index(candidate->boxes, FmTurnedBox, n - 2);
    const FmTurnedBox *b = &g_array_index(candidate->boxes, FmTurnedBox, n - 1);
    double wanted_px =
        (fm__text_block_width_px(last->block) + fm__text_block_width_px(now->block)) / 2;
    return hypot(b->cx_px - a->cx_px, b->cy_px - a->cy_px) < CROWDED_SHARE * wanted_px;
}

/* The text with its middle at s, reading along the path or, when `flip`, against it.  NULL when it
 * bends too much there. */
static FmLabelCandidate *candidate_at(const Along *along, double s_px, gboolean flip)
{
    const double max_turn_rad = along->request->max_angle_deg * G_PI / 180;
    const double sign = flip ? -1 : 1;
    FmLabelCandidate *candidate = fm__label_candidate_new();
    double before_rad = 0, bend_rad = 0;
    for (guint i = 0; i < along->glyphs->len; i++) {
        const Glyph *glyph = &g_array_index(along->glyphs, Glyph, i);
        double at_px = s_px + sign * (glyph->middle_px - along->text_px / 2);
        double angle_rad = path_direction(along, at_px - sign * glyph->half_width_px,
                                          at_px + sign * glyph->half_width_px);
        double turn_rad = i > 0 ? turn_between(before_rad, angle_rad) : 0;
        if (turn_rad > max_turn_rad) {
            fm__label_candidate_free(candidate);
            return NULL;
        }
        bend_rad += turn_rad;
        before_rad = angle_rad;
        set_glyph(along->request, glyph, path_at(along, at_px), angle_rad, candidate);
        if (along->request->offset_y_px != 0 && runs_into_last(candidate)) {
            fm__label_candidate_free(candidate);
            return NULL;
        }
    }
    candidate->position = g_array_index(candidate->pieces, FmLabelPiece, 0).pivot;
    candidate->angle_deg =
        path_direction(along, s_px - sign * along->text_px / 2, s_px + sign * along->text_px / 2) *
        180 / G_PI;
    candidate->cost = BEND_COST * bend_rad / G_PI;
    return candidate;
}

/* Places around `wanted_px`, nearest first, up to `reach_px` away. */
static void add_candidates(const Along *along, double wanted_px, double reach_px,
                           GPtrArray *candidates)
{
    const FmLabelRequest *r = along->request;
    double step_px = MAX(SHIFT_EM * r->style.size_px, reach_px / SHIFTS_MAX);
    int n_shifts = (int)floor(reach_px / step_px);
    for (int i = 0; i <= 2 * n_shifts; i++) {
        int steps = i % 2 == 1 ? (i + 1) / 2 : -i / 2;
        double s_px = wanted_px + steps * step_px;
        if (s_px < along->text_px / 2 || s_px > along->path_px - along->text_px / 2)
            continue;
        gboolean flip = r->keep_upright && stands_on_its_head(along, s_px);
        FmLabelCandidate *candidate = candidate_at(along, s_px, flip);
        if (candidate == NULL)
            continue;
        candidate->cost += fabs(steps * step_px) / reach_px;
        if (fm__label_candidate_bound(candidate, r->padding_px, along->frame))
            g_ptr_array_add(candidates, candidate);
        else
            fm__label_candidate_free(candidate);
    }
}

void fm__label_shape_line(FmTextContext *context, const FmLabelRequest *request, gsize index,
                          FmPageRect frame, GArray *units)
{
    FmShapedText *shaped = fm__shaped_text_new();
    Along along = {
        .request = request,
        .frame = frame,
        .glyphs = g_array_new(FALSE, FALSE, sizeof(Glyph)),
        .points = request->path,
        .n_points = request->n_path,
    };
    cut_glyphs(&along, context, shaped);
    measure_path(&along);
    gsize n = 1;
    if (request->kind == FM_LABEL_LINE)
        n = (gsize)MAX(1, along.path_px / MAX(request->spacing_px, MAX(along.text_px, 1)));
    for (gsize i = 0; i < n; i++) {
        FmLabelUnit unit = fm__label_unit_new(index, fm__shaped_text_ref(shaped));
        unit.blank = along.glyphs->len == 0;
        double stretch_px = along.path_px / (double)n;
        /* Repeats stay half a stretch apart. */
        if (!unit.blank && along.path_px >= along.text_px && along.path_px > 0)
            add_candidates(&along, stretch_px * ((double)i + 0.5),
                           n > 1 ? stretch_px / 4 : stretch_px / 2, unit.candidates);
        g_array_append_val(units, unit);
    }
    fm__shaped_text_unref(shaped);
    g_array_unref(along.glyphs);
    g_free(along.along_px);
}
