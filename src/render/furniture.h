/* Page furniture: everything on the sheet that is not the map itself.
 *
 * A piece is a function that draws at (x, y) within a width and returns its height.  With `cr` NULL
 * it only measures, by the same code, so that measure and drawing cannot part. */
#ifndef FACMAP_RENDER_FURNITURE_H
#define FACMAP_RENDER_FURNITURE_H

#include "draw.h"
#include "layers.h"
#include "lint-note.h"
#include "logo.h"
#include "text.h"
#include "values.h"

/* One of the maps that furniture speaks of. */
typedef struct {
    const FmFrame *frame;
    const FmMapLayers *layers;
    const GPtrArray *style_layers; /* char*: ids of those that it draws; NULL or empty = all */
} FmFurnitureMap;

/* See numbered.h. */
typedef struct FmNumbered FmNumbered;

/* All that furniture can need.  Borrowed for one page. */
typedef struct {
    cairo_t *cr; /* NULL = measure only */
    const FmSheet *sheet;
    const FmFrame *frame; /* of the first map */
    const GArray *maps;   /* FmFurnitureMap; NULL = one, of `frame` and `layers` */
    gboolean unlabelled;  /* graticules and grids without their numbers: there is no room */
    const FmPage *page;
    const FmStyle *style;
    const FmMapLayers *layers;
    const FmPlaceholders *placeholders;
    FmTextContext *text;
    FmIconSet *icons;
    FmLanguage language;
    const FmLogo *logo;         /* NULL = none */
    const FmAtlasPage *atlas;   /* NULL = the page is none of an atlas */
    const FmNumbered *numbered; /* names listed beside the map; may be NULL */
    FmRenderReport *report;
    GString *display_list; /* may be NULL */
    FmLint *lint;          /* not NULL: texts are noted there instead of drawn */
    /* Where the panel's own coordinates lie on the page, for the display list: the panel is drawn
     * smaller when its pieces do not fit. */
    double origin_x_px, origin_y_px, scale;
    guint panel_columns;  /* of a panel below the map; 0 = it stands beside it */
    guint legend_columns; /* of the legend's groups; 0 means 1 */
} FmFurniture;

/* Colours of the page; the map's are in the document. */
#define FM_INK ((FmColor){0.16, 0.17, 0.18, 1})
#define FM_INK_SOFT ((FmColor){0.42, 0.43, 0.44, 1})
#define FM_INK_FAINT ((FmColor){0.68, 0.69, 0.69, 1})

/* English under Chinese is set at this size, where the two look equal. */
#define FM_ENGLISH_RATIO 0.85

/* What text of this size is drawn with, in the panel's own pixels: in a panel that is drawn smaller
 * it does not fall below what can be read.  Whoever measures text measures this. */
double fm__furniture_size_px(const FmFurniture *f, double size_pt);

/* A look of plain text. */
typedef struct {
    double size_pt;
    gboolean bold;
    FmColor color;
    FmJustify justify;
} FmTextLook;

/* The maps of the page, at least one. */
gsize fm__furniture_n_maps(const FmFurniture *f);
FmFurnitureMap fm__furniture_map(const FmFurniture *f, gsize i);
/* Does the map draw the style layer? */
gboolean fm__furniture_map_has(const FmFurnitureMap *map, const FmStyleLayer *layer);
/* Have they one scale? */
gboolean fm__furniture_one_scale(const FmFurniture *f);

/* Draw one text within a width (0 = unlimited) at the top left corner (or top centre, top right, by
 * the look).  Returns the height; 0 for NULL or "". */
double fm__furniture_draw_text(FmFurniture *f, const char *text, const FmTextLook *look,
                               double x_px, double y_px, double width_px);

/* Draw a text of the document, placeholders filled in, Chinese above English when the page has
 * both.
 * en_look: NULL = `look` in soft ink at FM_ENGLISH_RATIO of the size
 * Returns the height. */
double fm__furniture_draw_words(FmFurniture *f, const FmPageText *text, const FmTextLook *look,
                                const FmTextLook *en_look, double x_px, double y_px,
                                double width_px);

/* The page's languages, Chinese first; for (i = 0; i < n; i++) … out[i]. */
gsize fm__furniture_languages(const FmFurniture *f, FmLanguage out[2]);

/* A feature's name in the first `n` of the page's languages, on one line: "朝阳区  Chaoyang".
 * en, zh: expressions, either may be NULL.  Returns transfer full. */
char *fm__furniture_name(const FmFurniture *f, const FmPageExpression *en,
                         const FmPageExpression *zh, const FmStyleContext *context, gsize n);

/* Note a piece or part of one in the display list, in the panel's coordinates. */
void fm__furniture_list(FmFurniture *f, const char *kind, FmPageRect box, const char *words);

/* The pieces of the panel.  Height 0 = the page does not have it. */
double fm__title_draw(FmFurniture *f, double x_px, double y_px, double width_px);
double fm__figure_draw(FmFurniture *f, double x_px, double y_px, double width_px);
double fm__chart_draw(FmFurniture *f, double x_px, double y_px, double width_px);
double fm__table_draw(FmFurniture *f, double x_px, double y_px, double width_px);
double fm__numbered_list_draw(FmFurniture *f, double x_px, double y_px, double width_px);
double fm__legend_draw(FmFurniture *f, double x_px, double y_px, double width_px);
double fm__locator_draw(FmFurniture *f, double x_px, double y_px, double width_px);
double fm__scale_draw(FmFurniture *f, double x_px, double y_px, double width_px);
/* The bar alone, with its numbers, at most `width_px` long. */
double fm__scale_draw_bar(FmFurniture *f, double x_px, double y_px, double width_px);
double fm__logo_draw_top(FmFurniture *f, double x_px, double y_px, double width_px);
double fm__logo_draw_bottom(FmFurniture *f, double x_px, double y_px, double width_px);
double fm__notes_draw(FmFurniture *f, double x_px, double y_px, double width_px);

/* The tables that stand below the map. */
double fm__table_draw_below(FmFurniture *f, double x_px, double y_px, double width_px);

/* Arrange and draw all of them in the sheet's panel. */
gboolean fm__panel_draw(FmFurniture *f, GError **error);

/* Lines of longitude and latitude inside the frame, and their labels outside it. */
gboolean fm__graticule_draw(FmFurniture *f, GError **error);
/* The same of the CRS' eastings and northings. */
void fm__grid_draw(FmFurniture *f);

/* The longest round distance whose bar is at most `max_px` long at the frame's centre, and that
 * bar's length: the geodesic laid east and west of the centre, projected.
 * Returns FALSE with FM_ERROR_CRS. */
gboolean fm__scale_choose(const FmFrame *frame, double max_px, double *distance_m,
                          double *length_px, GError **error);

#endif
