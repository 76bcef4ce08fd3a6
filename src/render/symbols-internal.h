/* What the symbols-*.c share. */
#ifndef FACMAP_RENDER_SYMBOLS_INTERNAL_H
#define FACMAP_RENDER_SYMBOLS_INTERNAL_H

#include "symbols.h"

/* What a request borrows. */
typedef struct {
    GArray *sections; /* FmTextSection */
    char **fonts;
    FmPagePoint *path;
    FmShape *area;
    FmIconLook look;
    double text_translate_px[2], icon_translate_px[2];
    FmPagePoint
        leader[2];      /* of a symbol that was pushed away: from its true point to where it is */
    gboolean is_repeat; /* one of several along a line: missing only when all are */
} FmSymbolData;

struct FmSymbols {
    GArray *requests;    /* FmLabelRequest */
    GPtrArray *data;     /* FmSymbolData, one a request */
    GArray *obstacles;   /* FmLabelObstacle */
    GPtrArray *outlines; /* FmPagePoint *: of circles and boxes, which some of them borrow */
    GArray *covers;      /* FmPageRect */
    guint n_covered;     /* icons that a cover hides */
    GPtrArray *placed;   /* FmLabelPlaced */
};

void fm__symbol_data_free(gpointer data);

/* Read all that the style says of a feature's text and of where it goes; sections, anchor, kind and
 * icon of the request are set. */
void fm__symbol_read_text(const FmStyleLayer *layer, const FmStyleContext *context,
                          FmLabelRequest *request, FmSymbolData *data);
/* The icon's box and what it gives way to; its look is read, anchor and text are set. */
void fm__symbol_read_icon(const FmStyleLayer *layer, const FmStyleContext *context,
                          FmLabelRequest *request, FmSymbolData *data);
FmLabelKind fm__symbol_read_kind(const FmStyleLayer *layer, const FmStyleContext *context);

/* One layer's common part of the work. */
typedef struct {
    FmSymbols *symbols;
    const FmStyleLayer *layer;
    guint rank;
    FmPageRect frame;
    FmIconSet *icons;
    FmTextContext *text;
} FmCollector;

/* A request for the feature, text and style read; NULL when there is nothing to draw, or with
 * `error` set.  It stands last in the array and is valid until the next one. */
FmLabelRequest *fm__collector_add(const FmCollector *c, const FmStyleContext *context,
                                  FmLabelKind kind, FmPagePoint anchor, GError **error);
/* What the last request borrows. */
FmSymbolData *fm__collector_data(const FmCollector *c);
/* Drop the last request. */
void fm__collector_drop(const FmCollector *c);
/* As fm__collector_add for a point, unless it is covered or an icon at the edge is unwanted. */
FmLabelRequest *fm__collector_add_point(const FmCollector *c, const FmStyleContext *context,
                                        FmPagePoint at, GError **error);

/* symbols-line.c: the requests of a line or an outline: text along it, icons and upright texts at
 * intervals. */
gboolean fm__collector_add_lines(const FmCollector *c, const FmStyleContext *context,
                                 FmLabelKind kind, const FmShape *shape, GError **error);

#endif
