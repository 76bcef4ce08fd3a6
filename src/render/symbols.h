/* Symbol layers: from features to label requests, and from placed labels to the page. */
#ifndef FACMAP_RENDER_SYMBOLS_H
#define FACMAP_RENDER_SYMBOLS_H

#include "draw.h"
#include "label.h"
#include "layers.h"

/* All symbols of a page. */
typedef struct FmSymbols FmSymbols;

/* covers: boxes that hide a part of the map, such as insets: point symbols in them are left out,
 * names avoid them, areas are named where they are seen */
FmSymbols *fm__symbols_new(const FmPageRect *covers, gsize n_covers);
void fm__symbols_free(FmSymbols *symbols);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmSymbols, fm__symbols_free)

/* Add the requests of one symbol layer.
 * rank:     number of the layer in drawing order
 * frame:    box of the map; symbols anchored outside it are left out
 * language: "en", "zh" or "both"
 * text:     measures names that must fit inside their areas
 * Returns FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_PARSE (an icon). */
gboolean fm__symbols_add(FmSymbols *symbols, const FmStyleLayer *style_layer, guint rank,
                         const FmMapLayer *layer, const FmPageRect *frame, double zoom,
                         const char *language, FmIconSet *icons, FmTextContext *text,
                         GError **error);

/* Add what the layer draws as something that names avoid; see fm_page_layer_obstacle.
 * shapes: what it draws, one a row, some NULL; borrowed until the symbols are placed */
void fm__symbols_add_obstacle(FmSymbols *symbols, const FmStyleLayer *style_layer,
                              const FmMapLayer *layer, FmShape *const *shapes, double zoom,
                              double weight);

/* Add the lines of a box on the map as something that names avoid. */
void fm__symbols_add_outline(FmSymbols *symbols, const FmPageRect *box, double weight);

/* Leave names of these layers to an inset, whose symbols are placed: those that stand there.
 * Before the symbols are placed. */
void fm__symbols_leave_names(FmSymbols *symbols, const FmSymbols *inset,
                             const GPtrArray *layer_ids);

/* In an inset, leave names of these layers to the map: those of areas that the inset's frame cuts.
 * Before the symbols are placed. */
void fm__symbols_leave_cut(FmSymbols *symbols, const FmPageRect *frame, const GPtrArray *layer_ids);

/* How many icons were left out because something covers them. */
guint fm__symbols_n_covered(const FmSymbols *symbols);

/* Place everything that was added, once. */
void fm__symbols_place(FmSymbols *symbols, FmTextContext *text, FmPageRect frame);

/* Draw the placed symbols of one layer, which was added with this rank: its icons, then its texts.
 * Returns FALSE with FM_ERROR_NOT_FOUND or FM_ERROR_PARSE (an icon). */
gboolean fm__symbols_draw(const FmSymbols *symbols, const FmStyleLayer *layer, guint rank,
                          const FmBrush *brush, GError **error);

/* Counts and unplaced names into the report, positions into the display list.
 * insets: FmSymbols* of the map's insets, or NULL; a name that stands there is not unplaced */
void fm__symbols_report(const FmSymbols *symbols, const GPtrArray *insets, FmRenderReport *report,
                        GString *display_list);

/* A name that found no place. */
typedef struct {
    const FmLabelRequest *request; /* borrowed */
    char *text;                    /* the caller's */
    double radius_px;              /* of the symbol that stands there; 0 = there is none */
} FmUnplaced;

/* Those that stand in no inset either, as fm__symbols_report lists them.
 * Returns GArray of FmUnplaced, transfer full. */
GArray *fm__symbols_unplaced(const FmSymbols *symbols, const GPtrArray *insets);
/* The boxes of all that was placed and of what covers the map, with weight 1; those of turned texts
 * with `turned_weight`. */
void fm__symbols_foreach_box(const FmSymbols *symbols, double turned_weight,
                             void (*visit)(FmPageRect box, double weight, gpointer user),
                             gpointer user);

#endif
