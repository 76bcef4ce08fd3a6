/* Names along lines.  The text is cut into characters as a reader sees them (grapheme clusters); each
 * sits on the path with its middle and is turned by the path's direction there.  A place where two
 * neighbours would turn by more than the style allows is none. */

#include "label-line.h"

#include <math.h>
#include <pango/pango.h>
#include <string.h>

enum { SHIFTS = 8 /* tries on either side of a wanted place */ };

/* One character and where its middle is from the start of the text. */
typedef struct {
    FmTextBlock *block;
    double middle_px, width_px;
} Glyph;

typedef struct {
    const FmPagePoint *points;
    gsize n;
    double *along_px; /* distance of each point from the first */
} Path;

/* ---- characters ------------------------------------------------------------------------- */

static void append_glyph(FmTextContext *context, FmShapedText *shaped,
                         const FmLabelRequest *request, const FmTextSection *section,
                         const char *start, const char *end, GArray *glyphs, double *cursor_px)
{
    g_autofree char *text = g_strndup(start, (gsize)(end - start));
    FmTextStyle style = request->style;
    style.max_width_px = 0;
    style.justify = FM_JUSTIFY_LEFT;
    style.letter_spacing_em = 0;
    double size_px = style.size_px * section->font_scale;
    if (g_ascii_isspace(*text)) {
        *cursor_px += size_px * (0.26 + request->style.letter_spacing_em);
        return;
    }
    FmTextSection one = *section;
    one.text = text;
    Glyph glyph = {.block =
                       fm__shaped_text_add(shaped, fm__text_block_new(context, &one, 1, &style))};
    glyph.width_px = fm__text_block_width_px(glyph.block);
    glyph.middle_px = *cursor_px + glyph.width_px / 2;
    *cursor_px += glyph.width_px + size_px * request->style.letter_spacing_em;
    g_array_append_val(glyphs, glyph);
}

/* The characters of all sections on one line.  Returns the length of the text. */
static double cut_glyphs(FmTextContext *context, FmShapedText *shaped,
                         const FmLabelRequest *request, GArray *glyphs)
{
    double cursor_px = 0;
    for (gsize i = 0; i < request->n_sections; i++) {
        const FmTextSection *section = &request->sections[i];
        const char *text = section->text != NULL ? section->text : "";
        gsize n_chars = (gsize)g_utf8_strlen(text, -1);
        g_autofree PangoLogAttr *attributes = g_new0(PangoLogAttr, n_chars + 1);
        pango_get_log_attrs(text, -1, -1, pango_language_get_default(), attributes,
                            (int)n_chars + 1);
        const char *start = text;
        const char *at = text;
        for (gsize c = 1; c <= n_chars; c++) {
            at = g_utf8_next_char(at);
            if (!attributes[c].is_cursor_position && c < n_chars)
                continue;
            append_glyph(context, shaped, request, section, start, at, glyphs, &cursor_px);
            start = at;
        }
    }
    if (glyphs->len == 0)
        return 0;
    const Glyph *last = &g_array_index(glyphs, Glyph, glyphs->len - 1);
    return last->middle_px + last->width_px / 2;
}

/* ---- the path --------------------------------------------------------------------------- */

static double path_measure(Path *path)
{
    path->along_px = g_new0(double, path->n);
    for (gsize i = 1; i < path->n; i++)
        path->along_px[i] =
            path->along_px[i - 1] + hypot(path->points[i].x_px - path->points[i - 1].x_px,
                                          path->points[i].y_px - path->points[i - 1].y_px);
    return path->along_px[path->n - 1];
}

/* Point at a distance from the start; by bisection. */
static FmPagePoint path_at(const Path *path, double s_px)
{
    gsize low = 0, high = path->n - 1;
    while (high - low > 1) {
        gsize middle = low + (high - low) / 2;
        if (path->along_px[middle] <= s_px)
            low = middle;
        else
            high = middle;
    }
    double length = path->along_px[high] - path->along_px[low];
    double t = length > 0 ? (s_px - path->along_px[low]) / length : 0;
    const FmPagePoint a = path->points[low], b = path->points[high];
    return (FmPagePoint){a.x_px + t * (b.x_px - a.x_px), a.y_px + t * (b.y_px - a.y_px)};
}

/* Direction over the width of a character: smooth where the path has corners. */
static double path_direction(const Path *path, double from_px, double to_px)
{
    FmPagePoint a = path_at(path, from_px), b = path_at(path, to_px);
    return atan2(b.y_px - a.y_px, b.x_px - a.x_px);
}

static double turn_between(double a_rad, double b_rad)
{
    return fabs(remainder(b_rad - a_rad, 2 * G_PI));
}

/* ---- candidates ------------------------------------------------------------------------- */

/* The text with its middle at s, reading along the path or, when `flip`, against it.  NULL when it does
 * not fit the path or bends too much. */
static FmLabelCandidate *candidate_at(const FmLabelRequest *request, const GArray *glyphs,
                                      double length_px, const Path *path, double total_px,
                                      double s_px, gboolean flip)
{
    if (s_px - length_px / 2 < 0 || s_px + length_px / 2 > total_px)
        return NULL;
    FmLabelCandidate *candidate = fm__label_candidate_new();
    double before_rad = 0;
    for (guint i = 0; i < glyphs->len; i++) {
        const Glyph *glyph = &g_array_index(glyphs, Glyph, i);
        double from_middle = glyph->middle_px - length_px / 2;
        double at_px = flip ? s_px - from_middle : s_px + from_middle;
        double half_px = glyph->width_px / 2;
        double angle_rad = flip ? path_direction(path, at_px + half_px, at_px - half_px)
                                : path_direction(path, at_px - half_px, at_px + half_px);
        if (i > 0 && turn_between(before_rad, angle_rad) * 180 / G_PI > request->max_angle_deg) {
            fm__label_candidate_free(candidate);
            return NULL;
        }
        before_rad = angle_rad;
        FmPagePoint middle = path_at(path, at_px);
        double height_px = fm__text_block_height_px(glyph->block);
        FmPageRect rect = {middle.x_px - half_px,
                           middle.y_px - height_px / 2 + request->offset_y_px, glyph->width_px,
                           height_px};
        const FmLabelPiece piece = {
            .block = glyph->block,
            .pivot = middle,
            .offset = {rect.x_px - middle.x_px, rect.y_px - middle.y_px},
            .angle_rad = angle_rad,
        };
        g_array_append_val(candidate->pieces, piece);
        FmTurnedBox box =
            fm__turned_box_rotated(fm__rect_grow(rect, request->padding_px), middle, angle_rad);
        g_array_append_val(candidate->boxes, box);
    }
    fm__label_candidate_bound(candidate);
    const FmLabelPiece *middle_piece =
        &g_array_index(candidate->pieces, FmLabelPiece, candidate->pieces->len / 2);
    candidate->angle_deg = middle_piece->angle_rad * 180 / G_PI;
    candidate->position = g_array_index(candidate->pieces, FmLabelPiece, 0).pivot;
    return candidate;
}

static gboolean stands_on_its_head(const Path *path, double s_px, double length_px)
{
    FmPagePoint a = path_at(path, s_px - length_px / 2), b = path_at(path, s_px + length_px / 2);
    return b.x_px < a.x_px;
}

/* Places around `wanted_px`, nearest first, up to `reach_px` away. */
static void add_candidates(const FmLabelRequest *request, const GArray *glyphs, double length_px,
                           const Path *path, double total_px, double wanted_px, double reach_px,
                           FmPageRect frame, GPtrArray *candidates)
{
    for (int shift = 0; shift <= 2 * SHIFTS; shift++) {
        int steps = (shift + 1) / 2 * (shift % 2 == 1 ? 1 : -1);
        double s_px = wanted_px + steps * reach_px / SHIFTS;
        if (s_px < length_px / 2 || s_px > total_px - length_px / 2)
            continue;
        gboolean flip = request->keep_upright && stands_on_its_head(path, s_px, length_px);
        FmLabelCandidate *candidate =
            candidate_at(request, glyphs, length_px, path, total_px, s_px, flip);
        if (candidate == NULL)
            continue;
        candidate->cost = fabs((double)steps) / SHIFTS;
        if (fm__rect_contains(&frame, &candidate->bounds))
            g_ptr_array_add(candidates, candidate);
        else
            fm__label_candidate_free(candidate);
    }
}

void fm__label_shape_line(FmTextContext *context, const FmLabelRequest *request, gsize index,
                          FmPageRect frame, GArray *units)
{
    FmShapedText *shaped = fm__shaped_text_new();
    g_autoptr(GArray) glyphs = g_array_new(FALSE, FALSE, sizeof(Glyph));
    double length_px = cut_glyphs(context, shaped, request, glyphs);
    Path path = {.points = request->path, .n = request->n_path};
    double total_px = path_measure(&path);
    gboolean repeat =
        request->kind == FM_LABEL_LINE && request->spacing_px > 0 && total_px > request->spacing_px;
    double spacing_px = repeat ? MAX(request->spacing_px, length_px) : total_px;
    gsize n = repeat ? (gsize)(total_px / spacing_px) : 1;
    for (gsize i = 0; i < n; i++) {
        FmLabelUnit unit = fm__label_unit_new(index, fm__shaped_text_ref(shaped));
        double wanted_px = total_px * ((double)i + 0.5) / (double)n;
        if (glyphs->len > 0)
            add_candidates(request, glyphs, length_px, &path, total_px, wanted_px,
                           repeat ? spacing_px / 4 : total_px / 2, frame, unit.candidates);
        g_array_append_val(units, unit);
    }
    fm__shaped_text_unref(shaped);
    g_free(path.along_px);
}
