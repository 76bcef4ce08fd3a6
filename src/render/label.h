/* Placing labels: which text goes where, so that nothing covers anything that matters.
 *
 * The renderer collects one FmLabelRequest for each feature of each symbol layer (icon, text or
 * both, as in MapLibre), adds the obstacles, and calls fm__labels_place once.  The engine looks
 * at all requests together: priority decides who goes first, but a label may take its
 * second-best place so that a neighbour finds one.  Same input, same output, to the bit.
 *
 * All lengths in CSS px on the page (page-space.h). */
#ifndef FACMAP_RENDER_LABEL_H
#define FACMAP_RENDER_LABEL_H

#include "shape.h"
#include "text.h"

/* Which point of the label lies at the anchor: FM_ANCHOR_LEFT puts the text to the right of it. */
typedef enum {
    FM_ANCHOR_CENTER,
    FM_ANCHOR_LEFT,
    FM_ANCHOR_RIGHT,
    FM_ANCHOR_TOP,
    FM_ANCHOR_BOTTOM,
    FM_ANCHOR_TOP_LEFT,
    FM_ANCHOR_TOP_RIGHT,
    FM_ANCHOR_BOTTOM_LEFT,
    FM_ANCHOR_BOTTOM_RIGHT,
    FM_N_ANCHORS,
} FmAnchor;

typedef enum {
    FM_LABEL_POINT,       /* text upright beside or on `anchor` */
    FM_LABEL_LINE,        /* along `path`, repeated every spacing_px */
    FM_LABEL_LINE_CENTER, /* along `path`, once, as near its middle as it fits */
} FmLabelKind;

typedef enum { FM_WRITING_HORIZONTAL, FM_WRITING_VERTICAL } FmWriting;

/* An icon made as large as its text, such as a road shield: it stands where the text does. */
typedef struct {
    gboolean width, height;     /* what is fitted; neither = there is no such icon */
    double padding_px[4];       /* around the text: top, right, bottom, left */
    double width_px, height_px; /* of the icon, for the side that is not fitted */
} FmIconFit;

/* What a symbol layer asks for one feature.  All pointers are borrowed until the placed labels are
 * freed. */
typedef struct {
    const char *layer_id; /* style layer */
    gsize row;            /* row of the layer's table, for reports */
    FmLabelKind kind;

    /* Order: higher rank first (the renderer numbers layers in drawing order, so later layers win,
     * as in MapLibre), then lower sort key, then lower row. */
    guint layer_rank;
    double sort_key;

    FmPagePoint anchor; /* POINT */
    /* POINT: the area whose pole the anchor is; NULL = there is none.  When the first of `anchors`
     * is the centre, the text may stand anywhere inside what the covers leave of the area. */
    const FmShape *area;
    const FmPageRect *covers;
    gsize n_covers;
    const FmPagePoint *path; /* LINE, LINE_CENTER: inside the frame already, n_path >= 2 */
    gsize n_path;
    double spacing_px;       /* LINE: > 0 */
    double max_angle_deg;    /* LINE*: largest turn between neighbouring glyphs */
    gboolean keep_upright;   /* LINE*: turn the text round when it would stand on its head */
    gboolean upright_glyphs; /* LINE*: characters stand, only their row follows the path */

    /* Text; n_sections == 0 for an icon alone. */
    const FmTextSection *sections;
    gsize n_sections;
    FmTextStyle style;
    FmAnchor anchors[FM_N_ANCHORS]; /* candidates in order of preference, n_anchors >= 1 */
    FmPagePoint anchor_offsets[FM_N_ANCHORS]; /* of each candidate, without a leader */
    gsize n_anchors;
    double radial_offset_px;         /* distance from the anchor along each candidate's direction */
    double offset_x_px, offset_y_px; /* added to every candidate; LINE*: y only, off the line */
    double rotate_deg;               /* POINT: clockwise about the anchor */
    double padding_px;               /* kept free around the text's box */
    double leader_px;       /* POINT: with a line to it the text may be so much farther off */
    gboolean inside_only;   /* POINT: nowhere else than wholly inside `area` */
    gboolean leader_always; /* POINT: no place without such a line */
    gboolean at_symbol;     /* POINT without an icon: another layer's symbol is there */
    gboolean text_allow_overlap, text_ignore_placement, text_optional;
    /* It may cover others that are cooperative too, or may be covered by all. */
    gboolean text_cooperative, icon_cooperative;
    FmWriting writing[2]; /* POINT: how Chinese may be set, the better first */
    gsize n_writing;      /* 0 = level */
    FmIconFit fit;

    /* Icon; has_icon FALSE for text alone. POINT only. */
    FmPageRect icon; /* its box on the page, before it is turned about its middle */
    double icon_rotate_deg;
    double icon_padding_px[4]; /* kept free around it: top, right, bottom, left */
    gboolean has_icon, icon_allow_overlap, icon_ignore_placement, icon_optional;
} FmLabelRequest;

/* What is on the page besides labels: a furniture box (closed path), a bold line that no name
 * should cross.  `points` borrowed for the call. */
typedef struct {
    const FmPagePoint *points;
    gsize n_points;
    gboolean closed;      /* an area, else a line */
    double half_width_px; /* of a line's stroke */
    double weight;        /* 0 … 1: cost of covering it; 1 = never cover it */
} FmLabelObstacle;

/* One placed label (a LINE request may give several), or one that found no place. */
typedef struct FmLabelPlaced FmLabelPlaced;
struct FmLabelPlaced {
    gsize request;        /* index into the requests */
    gboolean text;        /* the text stands on the page */
    gboolean icon;        /* the icon does; the renderer draws it */
    FmAnchor anchor;      /* POINT: the candidate taken */
    FmPageRect box;       /* bounds of the text, for display lists and tests */
    FmPageRect fitted;    /* of the icon that is fitted to it */
    FmPagePoint position; /* top left of the text, or the first glyph's place on the line */
    double angle_deg;     /* of the text, or of the line at its middle */
    void *glyphs;         /* the engine's own: how to draw it */
};

void fm__label_placed_free(FmLabelPlaced *placed);

/* Place everything.
 * frame:     no label leaves it
 * Returns FmLabelPlaced elements (g_ptr_array_unref frees them) in the order in which they are to
 * be drawn: lower priority first.  Every request is there at least once, also when nothing of it
 * was placed (text and icon both FALSE). */
GPtrArray *fm__labels_place(FmTextContext *context, const FmLabelRequest *requests,
                            gsize n_requests, const FmLabelObstacle *obstacles, gsize n_obstacles,
                            FmPageRect frame);

/* Draw the text (not the icon) of a placed label; nothing when it has none. */
void fm__label_draw(cairo_t *cr, const FmLabelPlaced *placed);

/* The plain text of a request, lines joined by a blank, for reports; of images alone their names,
 * "[bus]".  Returns a string to g_free. */
char *fm__label_text(const FmLabelRequest *request);

#endif
