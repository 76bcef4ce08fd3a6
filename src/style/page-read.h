/* Reading metadata strictly: typed members of JSON objects, and an error that says where. */
#ifndef FM_STYLE_PAGE_READ_H
#define FM_STYLE_PAGE_READ_H

#include "style-internal.h"

#include <facmap/page.h>

/* Metadata keys that are ours. */
#define FM_PAGE_PREFIX "facmap:"

/* One reading.  The first error stays and later ones are dropped, so that callers read all members
 * and look once. */
typedef struct {
    const FmStyle *style;
    GError *error;
} FmPageReader;

/* Reads one key of the document's metadata into the page. */
typedef void (*FmPageReadFunc)(FmPageReader *reader, JsonNode *node, const char *path,
                               FmPage *page);

void fm__page_fail(FmPageReader *reader, const char *path, FmError code, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* The node as an object whose members are all in `keys` (NULL-terminated); NULL after an error. */
JsonObject *fm__page_object(FmPageReader *reader, JsonNode *node, const char *path,
                            const char *const *keys);
/* The same for an array. */
JsonArray *fm__page_array(FmPageReader *reader, JsonNode *node, const char *path);

/* Members.  An absent one gives the fallback; a required one that is absent is an error.  Strings
 * are transfer full. */
char *fm__page_string(FmPageReader *reader, JsonObject *object, const char *path, const char *key,
                      const char *fallback);
char *fm__page_required_string(FmPageReader *reader, JsonObject *object, const char *path,
                               const char *key);
double fm__page_number(FmPageReader *reader, JsonObject *object, const char *path, const char *key,
                       double fallback, double least, double most);
gboolean fm__page_boolean(FmPageReader *reader, JsonObject *object, const char *path,
                          const char *key, gboolean fallback);
/* Position of the member's value in `names` (NULL-terminated); `fallback` when absent. */
int fm__page_choice(FmPageReader *reader, JsonObject *object, const char *path, const char *key,
                    const char *const *names, int fallback);
FmColor fm__page_color(FmPageReader *reader, JsonObject *object, const char *path, const char *key,
                       FmColor fallback);
/* {"en": …, "zh": …}, at least one. */
FmPageText fm__page_text(FmPageReader *reader, JsonNode *node, const char *path);
void fm__page_text_clear(FmPageText *text);
/* NULL when absent. */
FmPageExpression *fm__page_expression(FmPageReader *reader, JsonObject *object, const char *path,
                                      const char *key, FmExprType type);
/* One that is known to compile. */
FmPageExpression *fm__page_expression_new(JsonNode *node, FmExprType type);
/* NULL when absent. */
FmPageExpression *fm__page_filter(FmPageReader *reader, JsonObject *object, const char *path,
                                  const char *key);
void fm__page_expression_free(FmPageExpression *expression);

/* The members `format` and a way to reduce; number and first when absent. */
FmPageFormat fm__page_format(FmPageReader *reader, JsonObject *object, const char *path);
FmPageReduce fm__page_reduce(FmPageReader *reader, JsonObject *object, const char *path,
                             const char *key);
/* A node that is one thing or a list of them: `read` is called for each, with its path. */
void fm__page_each(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page,
                   FmPageReadFunc read);

/* An array of strings appended to `out` (char*). */
void fm__page_strings(FmPageReader *reader, JsonNode *node, const char *path, GPtrArray *out);

/* Legend entries of one layer's metadata, appended to `out` (FmPageLegendEntry*). */
void fm__page_legend(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *node,
                     const char *path, GPtrArray *out);
void fm__page_legend_entry_free(gpointer entry);

/* ---- page-layer.c ---- */

/* The metadata of a style layer, its legend entries into the page; facmap:text-field is read by the
 * style itself. */
void fm__page_layer_read(FmPageReader *reader, const FmStyleLayer *layer, JsonObject *metadata,
                         FmPage *page);

/* ---- page-atlas.c ---- */

void fm__page_atlas_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page);
void fm__page_atlas_free(FmPageAtlas *atlas);
/* A layer's `facmap:of-area`. */
FmPageArea fm__page_area_read(FmPageReader *reader, JsonObject *metadata, const char *path);

/* ---- page-chart.c, page-table.c ---- */

void fm__page_charts_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page);
void fm__page_chart_free(gpointer chart);
void fm__page_tables_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page);
void fm__page_table_free(gpointer table);

/* ---- page-furniture.c ---- */

void fm__page_figure_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page);
void fm__page_locator_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page);
void fm__page_graticule_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page);
void fm__page_grid_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page);
void fm__page_logo_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page);
/* What these have read. */
void fm__page_furniture_free(FmPage *page);

/* ---- page-inset.c ---- */

void fm__page_insets_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page);
void fm__page_inset_free(gpointer inset);

/* ---- page-maps.c ---- */

void fm__page_multiples_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page);
void fm__page_multiples_free(FmPageMultiples *multiples);
void fm__page_maps_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page);
void fm__page_maps_free(FmPageMaps *maps);

/* ---- page-scale.c ---- */

void fm__page_scale_read(FmPageReader *reader, JsonNode *node, const char *path, FmPage *page);

#endif
