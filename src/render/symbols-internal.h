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
} FmSymbolData;

struct FmSymbols {
    GArray *requests;  /* FmLabelRequest */
    GPtrArray *data;   /* FmSymbolData, one a request */
    GArray *obstacles; /* FmLabelObstacle */
    GArray *covers;    /* FmPageRect */
    guint n_covered;   /* icons that a cover hides */
    GPtrArray *placed; /* FmLabelPlaced */
};

void fm__symbol_data_free(gpointer data);

/* Read all that the style says of a feature's text and of where it goes; sections, anchor, kind and
 * icon of the request are set. */
void fm__symbol_read_text(const FmStyleLayer *layer, const FmStyleContext *context,
                          FmLabelRequest *request, FmSymbolData *data);
/* The icon's box and what it gives way to; its look is read and the anchor set. */
void fm__symbol_read_icon(const FmStyleLayer *layer, const FmStyleContext *context,
                          const FmIconLook *look, FmLabelRequest *request);
FmLabelKind fm__symbol_read_kind(const FmStyleLayer *layer, const FmStyleContext *context);

#endif
