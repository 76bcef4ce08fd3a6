/* Thematic symbols of a layer: what its metadata ask for, and the layer with it written out. */
#ifndef FM_STYLE_THEME_H
#define FM_STYLE_THEME_H

#include "layer-write.h"
#include "page-read.h"

#include <facmap/theme.h>

#define FM_KEY_PROPORTIONAL "facmap:proportional"
#define FM_KEY_BIVARIATE "facmap:bivariate"
#define FM_KEY_FLOW "facmap:flow"
#define FM_KEY_DOTS "facmap:dots"
#define FM_KEY_ON "facmap:on"

/* A layer while its theme is written out.  Borrowed for the call. */
typedef struct {
    const FmStyle *style;
    const FmStyleLayer *layer;
    const FmTable *table;
    FmPageReader *reader;
    JsonNode *spec;   /* value of the theme's key */
    const char *path; /* of it, for messages */
    JsonNode *node;   /* the layer, to be changed */
    JsonArray *after; /* layers that go above it are appended here */
    JsonArray *below; /* the layers below it, as they are written out */
} FmThemed;

/* Do the metadata have a theme's key?  Checks it strictly; errors stay in the reader. */
void fm__theme_check(FmPageReader *reader, const FmStyleLayer *layer, JsonObject *metadata,
                     const char *where);
/* The keys, NULL-terminated. */
const char *const *fm__theme_keys(void);

/* The style with all themes written out; as fm_style_with_classes, which calls it last. */
FmStyle *fm__style_with_themes(const FmStyle *style, FmStyleFindTable find, void *user,
                               GError **error);
/* The document that was put together from `original`, by whose name and hash it goes. */
FmStyle *fm__style_written(const FmStyle *original, JsonNode *document, GError **error);

/* Each theme: check what the document asks for; write it out. FALSE with FM_ERROR_DATA, or with an
 * error in the reader. */
void fm__proportional_check(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *spec,
                            const char *path);
gboolean fm__proportional_write(const FmThemed *themed, GError **error);
void fm__bivariate_check(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *spec,
                         const char *path);
gboolean fm__bivariate_write(const FmThemed *themed, GError **error);
void fm__flow_check(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *spec,
                    const char *path);
gboolean fm__flow_write(const FmThemed *themed, GError **error);
void fm__on_check(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *spec,
                  const char *path);
gboolean fm__on_write(const FmThemed *themed, GError **error);
void fm__dots_check(FmPageReader *reader, const FmStyleLayer *layer, JsonNode *spec,
                    const char *path);
gboolean fm__dots_write(const FmThemed *themed, GError **error);

/* ---- theme-size.c: sizes that show a value ---- */

/* What a size shows, and how large it may become. */
typedef struct {
    JsonNode *value; /* borrowed */
    FmPageExpression *expression;
    double largest;    /* the value that has largest_px; 0 = the largest of the data */
    double largest_px; /* radius or width */
    FmPageFormat format;
    char *group;
    GArray *shown; /* double: values of the legend; NULL = round ones */
} FmSizeSpec;

/* The keys that it reads, for fm__page_object: "value", "group", size_key, "largest", "format",
 * "values". */
FmSizeSpec *fm__size_spec_read(FmPageReader *reader, JsonObject *object, const char *path,
                               const char *size_key, double usual_px, double most_px);
void fm__size_spec_free(FmSizeSpec *spec);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmSizeSpec, fm__size_spec_free)

/* Find `largest` in the data where the document leaves it open.
 * Returns FALSE with FM_ERROR_DATA: no value above 0. */
gboolean fm__size_spec_find(FmSizeSpec *spec, const FmThemed *themed, GError **error);
/* Up to three round values from the largest down, each at most a quarter of the one before, into
 * `out`, rising.  Returns how many. */
gsize fm__round_values(double largest, double out[3]);
/* The legend's entry; `kind` "nested" or "widths", `size` of a value from 0 to 1 of the largest. */
void fm__size_spec_write_legend(const FmSizeSpec *spec, const FmThemed *themed, const char *kind,
                                double (*size)(double share));

#endif
