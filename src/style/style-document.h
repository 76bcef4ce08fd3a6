/* The parsed document: what style.c, layer.c and layer-eval.c share. */
#ifndef FM_STYLE_DOCUMENT_H
#define FM_STYLE_DOCUMENT_H

#include "property.h"

/* Languages in which a symbol layer may give its text another way. */
typedef enum {
    FM_TEXT_EN,
    FM_TEXT_ZH,
    FM_TEXT_BOTH,
    FM_N_TEXTS,
} FmTextLanguage;
extern const char *const fm__text_languages[FM_N_TEXTS + 1]; /* "en", "zh", "both", NULL */

struct FmStyleLayer {
    char *id;
    FmStyleLayerType type;
    char *source_layer; /* NULL for background and raster */
    char *raster;       /* file of a raster layer */
    gboolean has_corners;
    FmLonLat corners[4]; /* of an image source */
    double min_zoom, max_zoom;
    JsonObject *metadata; /* or NULL; belongs to the document's JSON */
    FmExpr *filter;       /* NULL accepts all */
    FmPropertyValue
        properties[FM_N_PROPS]; /* of the layer's type; constant is the default if not given */
    FmPropertyValue texts[FM_N_TEXTS]; /* metadata["facmap:text-field"] */
    const FmValue *defaults;           /* FM_N_PROPS, the style's */
    char **fields;
    FmArena arena;
};

struct FmStyle {
    gatomicrefcount n_refs;
    char *name;
    char *sha256;
    char *folder; /* of the file, which its rasters are relative to; NULL = the working folder */
    gboolean is_written; /* classes and themes are written out: its legend may have their scales */
    JsonNode *json;
    JsonObject *metadata; /* or NULL */
    GPtrArray *layers;    /* FmStyleLayer */
    FmValue defaults[FM_N_PROPS];
    FmArena arena;
};

/* Where in the document something is wrong: "layout.json: layers[3] 'school'". */
typedef struct {
    const char *place;
    GError **error;
} FmPlace;

/* Set the error "<place>: <what>".  Returns FALSE. */
gboolean fm__document_error(const FmPlace *at, FmError code, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* What messages call a JSON value: "array", "null", "number" … */
const char *fm__json_kind(JsonNode *json);

/* What a member of an object must be. */
typedef enum {
    FM_MEMBER_ANY,
    FM_MEMBER_STRING,
    FM_MEMBER_NUMBER,
    FM_MEMBER_OBJECT,
    FM_MEMBER_ARRAY,
    FM_MEMBER_UNSUPPORTED, /* the specification has it, facmap does not */
} FmMemberType;

typedef struct {
    const char *name;
    FmMemberType type;
} FmMember;

/* Check that the object has only members of the list, of their types. */
gboolean fm__document_check_members(JsonObject *json, const FmMember *members, gsize n,
                                    const FmPlace *at);

/* The same style once more, for it never changes; transfer full (fm_style_free). */
FmStyle *fm__style_share(const FmStyle *style);

/* As fm_style_parse, with the folder that files are relative to. */
FmStyle *fm__style_parse(const char *text, const char *name, const char *folder, GError **error);

/* Check the sources, source by source. */
gboolean fm__sources_check(JsonObject *sources, const FmPlace *at);
/* The corners of an image source; FALSE when it has none. */
gboolean fm__source_corners(JsonObject *source, FmLonLat out[4]);

/* Read a layer.  Returns transfer full (fm__layer_free); NULL with an error. */
FmStyleLayer *fm__layer_new(JsonNode *json, const FmStyle *style, JsonObject *sources,
                            const FmPlace *at);
void fm__layer_free(void *layer);

#endif
