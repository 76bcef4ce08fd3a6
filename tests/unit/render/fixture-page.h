/* One page of the small town, prepared up to the point where pieces of it are drawn. */
#ifndef FM_TEST_RENDER_FIXTURE_PAGE_H
#define FM_TEST_RENDER_FIXTURE_PAGE_H

#include "fixture.h"
#include "furniture.h"

typedef struct {
    char *folder;
    FmWorkspace *workspace;
    FmStyle *style;
    FmPage *page;
    FmSheet sheet;
    FmFrame *frame;
    FmMapLayers *layers;
    FmPlaceholders *words, *placeholders;
    FmTextContext *text;
    FmIconSet *icons;
    cairo_surface_t *surface;
    cairo_t *cr;
    GString *list;
    FmFurniture furniture; /* draws on `cr`, both languages, notes into `list` */
} FixturePage;

/* A page of 1000 × 700 px at one device pixel a px (its design is larger by the slides' scale),
 * fitted to the town's areas. */
FixturePage *fixture_page_new(const char *metadata, const char *layers);
void fixture_page_free(FixturePage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FixturePage, fixture_page_free)

/* Lines of the display list that begin with `kind` and contain `words`. */
guint fixture_page_count(const FixturePage *page, const char *kind, const char *words);
/* The box of the first such line; there must be one. */
FmPageRect fixture_page_box(const FixturePage *page, const char *kind, const char *words);
/* Forget what was noted so far. */
void fixture_page_forget(FixturePage *page);
/* Colour of a device pixel as 0xRRGGBB. */
guint32 fixture_page_pixel(const FixturePage *page, double x_px, double y_px);

/* Layers of the town for documents. */
#define FIXTURE_AREA                                                                               \
    "{\"id\": \"area\", \"type\": \"fill\", \"source\": \"workspace\","                            \
    " \"source-layer\": \"area\", \"paint\": {\"fill-color\": \"#ccddee\"}}"
#define FIXTURE_SCHOOL                                                                             \
    "{\"id\": \"school\", \"type\": \"circle\", \"source\": \"workspace\","                        \
    " \"source-layer\": \"school\", \"paint\": {\"circle-color\": \"#ff0000\"}}"

#endif
