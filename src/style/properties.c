/* What the MapLibre style specification, version 8, says of each property that facmap
 * implements, and the names of those that it does not.  docs/styles.md shows this table; a test
 * compares it with the specification's own file. */
#include "property.h"

#include <math.h>
#include <string.h>

#define Z FM_PROPERTY_ZOOM
#define F FM_PROPERTY_FEATURE
#define I FM_PROPERTY_INTERPOLATED
#define T FM_PROPERTY_TOKENS
#define A FM_PROPERTY_TRANSITION
#define INF ((double)INFINITY)
#define S FM_PROPERTY_SCREEN
#define D FM_PROPERTY_DENSITY
#define P FM_PROPERTY_PROGRESS
#define O FM_PROPERTY_ORDER
#define Q FM_PROPERTY_AMOUNT
#define BLENDS "normal multiply color luminosity plus-lighter screen overlay"
#define LAYOUT TRUE
#define PAINT FALSE

#define NUMBER(name, layer, group, flags, fallback, min, max)                                      \
    {                                                                                              \
        name, FM_STYLE_##layer, group, FM_PROPERTY_NUMBER, FM_PROPERTY_ANY, -1, flags, fallback,   \
            min, max, NULL                                                                         \
    }
#define PLAIN(name, layer, group, flags, fallback, type)                                           \
    {                                                                                              \
        name, FM_STYLE_##layer, group, FM_PROPERTY_##type, FM_PROPERTY_ANY, -1, flags, fallback,   \
            -INF, INF, NULL                                                                        \
    }
#define ENUM(name, layer, group, flags, fallback, values)                                          \
    {                                                                                              \
        name, FM_STYLE_##layer, group, FM_PROPERTY_ENUM, FM_PROPERTY_ANY, -1, flags, fallback,     \
            -INF, INF, values                                                                      \
    }
#define ARRAY(name, layer, group, flags, fallback, item, length, min, values)                      \
    {                                                                                              \
        name, FM_STYLE_##layer, group, FM_PROPERTY_ARRAY, FM_PROPERTY_##item, length, flags,       \
            fallback, min, INF, values                                                             \
    }

/* clang-format off */
static const FmPropertySpec specs[FM_N_PROPS] = {
    /* background */
    [FM_PROP_VISIBILITY] = ENUM("visibility", BACKGROUND, LAYOUT, 0, "\"visible\"", "visible none"),
    [FM_PROP_BACKGROUND_COLOR] =
        PLAIN("background-color", BACKGROUND, PAINT, Z | I | A, "\"#000000\"", COLOR),
    [FM_PROP_BACKGROUND_PATTERN] =
        PLAIN("background-pattern", BACKGROUND, PAINT, Z | A, NULL, IMAGE),
    [FM_PROP_BACKGROUND_OPACITY] =
        NUMBER("background-opacity", BACKGROUND, PAINT, Z | I | A, "1", 0, 1),
    /* fill */
    [FM_PROP_FILL_SORT_KEY] = NUMBER("fill-sort-key", FILL, LAYOUT, Z | F | O, NULL, -INF, INF),
    [FM_PROP_FILL_COLOR] = PLAIN("fill-color", FILL, PAINT, Z | F | I | A, "\"#000000\"", COLOR),
    [FM_PROP_FILL_OPACITY] = NUMBER("fill-opacity", FILL, PAINT, Z | F | I | A, "1", 0, 1),
    [FM_PROP_FILL_OUTLINE_COLOR] =
        PLAIN("fill-outline-color", FILL, PAINT, Z | F | I | A, NULL, COLOR),
    [FM_PROP_FILL_ANTIALIAS] = PLAIN("fill-antialias", FILL, PAINT, Z, "true", BOOLEAN),
    [FM_PROP_FILL_PATTERN] = PLAIN("fill-pattern", FILL, PAINT, Z | F | A, NULL, IMAGE),
    [FM_PROP_FILL_TRANSLATE] =
        ARRAY("fill-translate", FILL, PAINT, Z | I | A, "[0, 0]", NUMBER, 2, -INF, NULL),
    [FM_PROP_FILL_TRANSLATE_ANCHOR] =
        ENUM("fill-translate-anchor", FILL, PAINT, Z | S, "\"map\"", "map viewport"),
    [FM_PROP_FILL_LAYER_OPACITY] =
        NUMBER("fill-layer-opacity", FILL, PAINT, Z | I | A, "1", 0, 1),
    [FM_PROP_FILL_LAYER_BLEND] = ENUM("fill-layer-blend", FILL, PAINT, 0, "\"normal\"", BLENDS),
    /* line */
    [FM_PROP_LINE_CAP] = ENUM("line-cap", LINE, LAYOUT, Z | F, "\"butt\"", "butt round square"),
    [FM_PROP_LINE_JOIN] = ENUM("line-join", LINE, LAYOUT, Z | F, "\"miter\"", "bevel round miter"),
    [FM_PROP_LINE_MITER_LIMIT] =
        NUMBER("line-miter-limit", LINE, LAYOUT, Z | F | I, "2", -INF, INF),
    [FM_PROP_LINE_ROUND_LIMIT] =
        NUMBER("line-round-limit", LINE, LAYOUT, Z | F | I | S, "1.05", -INF, INF),
    [FM_PROP_LINE_SORT_KEY] = NUMBER("line-sort-key", LINE, LAYOUT, Z | F | O, NULL, -INF, INF),
    [FM_PROP_LINE_PATTERN] = PLAIN("line-pattern", LINE, PAINT, Z | F | A, NULL, IMAGE),
    [FM_PROP_LINE_GRADIENT] = PLAIN("line-gradient", LINE, PAINT, I | P, NULL, COLOR),
    [FM_PROP_LINE_COLOR] = PLAIN("line-color", LINE, PAINT, Z | F | I | A, "\"#000000\"", COLOR),
    [FM_PROP_LINE_OPACITY] = NUMBER("line-opacity", LINE, PAINT, Z | F | I | A, "1", 0, 1),
    [FM_PROP_LINE_WIDTH] = NUMBER("line-width", LINE, PAINT, Z | F | I | A, "1", 0, INF),
    [FM_PROP_LINE_GAP_WIDTH] = NUMBER("line-gap-width", LINE, PAINT, Z | F | I | A, "0", 0, INF),
    [FM_PROP_LINE_OFFSET] = NUMBER("line-offset", LINE, PAINT, Z | F | I | A, "0", -INF, INF),
    [FM_PROP_LINE_BLUR] = NUMBER("line-blur", LINE, PAINT, Z | F | I | A, "0", 0, INF),
    [FM_PROP_LINE_DASHARRAY] =
        ARRAY("line-dasharray", LINE, PAINT, Z | F | A, NULL, NUMBER, -1, 0, NULL),
    [FM_PROP_LINE_TRANSLATE] =
        ARRAY("line-translate", LINE, PAINT, Z | I | A, "[0, 0]", NUMBER, 2, -INF, NULL),
    [FM_PROP_LINE_TRANSLATE_ANCHOR] =
        ENUM("line-translate-anchor", LINE, PAINT, Z | S, "\"map\"", "map viewport"),
    [FM_PROP_LINE_LAYER_OPACITY] =
        NUMBER("line-layer-opacity", LINE, PAINT, Z | I | A, "1", 0, 1),
    [FM_PROP_LINE_LAYER_BLEND] = ENUM("line-layer-blend", LINE, PAINT, 0, "\"normal\"", BLENDS),
    /* circle */
    [FM_PROP_CIRCLE_SORT_KEY] =
        NUMBER("circle-sort-key", CIRCLE, LAYOUT, Z | F | O, NULL, -INF, INF),
    [FM_PROP_CIRCLE_RADIUS] = NUMBER("circle-radius", CIRCLE, PAINT, Z | F | I | A, "5", 0, INF),
    [FM_PROP_CIRCLE_COLOR] =
        PLAIN("circle-color", CIRCLE, PAINT, Z | F | I | A, "\"#000000\"", COLOR),
    [FM_PROP_CIRCLE_OPACITY] = NUMBER("circle-opacity", CIRCLE, PAINT, Z | F | I | A, "1", 0, 1),
    [FM_PROP_CIRCLE_STROKE_WIDTH] =
        NUMBER("circle-stroke-width", CIRCLE, PAINT, Z | F | I | A, "0", 0, INF),
    [FM_PROP_CIRCLE_STROKE_COLOR] =
        PLAIN("circle-stroke-color", CIRCLE, PAINT, Z | F | I | A, "\"#000000\"", COLOR),
    [FM_PROP_CIRCLE_STROKE_OPACITY] =
        NUMBER("circle-stroke-opacity", CIRCLE, PAINT, Z | F | I | A, "1", 0, 1),
    [FM_PROP_CIRCLE_BLUR] =
        NUMBER("circle-blur", CIRCLE, PAINT, Z | F | I | A, "0", -INF, INF),
    [FM_PROP_CIRCLE_TRANSLATE] =
        ARRAY("circle-translate", CIRCLE, PAINT, Z | I | A, "[0, 0]", NUMBER, 2, -INF, NULL),
    [FM_PROP_CIRCLE_TRANSLATE_ANCHOR] =
        ENUM("circle-translate-anchor", CIRCLE, PAINT, Z | S, "\"map\"", "map viewport"),
    [FM_PROP_CIRCLE_PITCH_SCALE] =
        ENUM("circle-pitch-scale", CIRCLE, PAINT, Z | S, "\"map\"", "map viewport"),
    [FM_PROP_CIRCLE_PITCH_ALIGNMENT] =
        ENUM("circle-pitch-alignment", CIRCLE, PAINT, Z | S, "\"viewport\"", "map viewport"),
    /* symbol */
    [FM_PROP_SYMBOL_PLACEMENT] =
        ENUM("symbol-placement", SYMBOL, LAYOUT, Z, "\"point\"", "point line line-center"),
    [FM_PROP_SYMBOL_SPACING] = NUMBER("symbol-spacing", SYMBOL, LAYOUT, Z | I, "250", 1, INF),
    [FM_PROP_SYMBOL_AVOID_EDGES] =
        PLAIN("symbol-avoid-edges", SYMBOL, LAYOUT, Z | S, "false", BOOLEAN),
    [FM_PROP_SYMBOL_SORT_KEY] =
        NUMBER("symbol-sort-key", SYMBOL, LAYOUT, Z | F | O, NULL, -INF, INF),
    [FM_PROP_SYMBOL_Z_ORDER] =
        ENUM("symbol-z-order", SYMBOL, LAYOUT, Z, "\"auto\"", "auto viewport-y source"),
    [FM_PROP_ICON_IMAGE] = PLAIN("icon-image", SYMBOL, LAYOUT, Z | F | T, NULL, IMAGE),
    [FM_PROP_ICON_SIZE] = NUMBER("icon-size", SYMBOL, LAYOUT, Z | F | I, "1", 0, INF),
    [FM_PROP_ICON_ROTATE] = NUMBER("icon-rotate", SYMBOL, LAYOUT, Z | F | I, "0", -INF, INF),
    [FM_PROP_ICON_OFFSET] =
        ARRAY("icon-offset", SYMBOL, LAYOUT, Z | F | I, "[0, 0]", NUMBER, 2, -INF, NULL),
    [FM_PROP_ICON_ANCHOR] =
        ENUM("icon-anchor", SYMBOL, LAYOUT, Z | F, "\"center\"", FM_ANCHOR_NAMES),
    [FM_PROP_ICON_ALLOW_OVERLAP] = PLAIN("icon-allow-overlap", SYMBOL, LAYOUT, Z, "false", BOOLEAN),
    [FM_PROP_ICON_IGNORE_PLACEMENT] =
        PLAIN("icon-ignore-placement", SYMBOL, LAYOUT, Z, "false", BOOLEAN),
    [FM_PROP_ICON_OPACITY] = NUMBER("icon-opacity", SYMBOL, PAINT, Z | F | I | A, "1", 0, 1),
    [FM_PROP_ICON_COLOR] = PLAIN("icon-color", SYMBOL, PAINT, Z | F | I | A, "\"#000000\"", COLOR),
    [FM_PROP_ICON_OPTIONAL] = PLAIN("icon-optional", SYMBOL, LAYOUT, Z, "false", BOOLEAN),
    [FM_PROP_ICON_OVERLAP] =
        ENUM("icon-overlap", SYMBOL, LAYOUT, Z, NULL, "never always cooperative"),
    [FM_PROP_ICON_ROTATION_ALIGNMENT] =
        ENUM("icon-rotation-alignment", SYMBOL, LAYOUT, Z | F, "\"auto\"", "map viewport auto"),
    [FM_PROP_ICON_PITCH_ALIGNMENT] =
        ENUM("icon-pitch-alignment", SYMBOL, LAYOUT, Z | S, "\"auto\"", "map viewport auto"),
    [FM_PROP_ICON_KEEP_UPRIGHT] = PLAIN("icon-keep-upright", SYMBOL, LAYOUT, Z, "false", BOOLEAN),
    [FM_PROP_ICON_TEXT_FIT] =
        ENUM("icon-text-fit", SYMBOL, LAYOUT, Z, "\"none\"", "none width height both"),
    [FM_PROP_ICON_TEXT_FIT_PADDING] =
        ARRAY("icon-text-fit-padding", SYMBOL, LAYOUT, Z | I, "[0, 0, 0, 0]", NUMBER, 4, -INF,
              NULL),
    [FM_PROP_ICON_PADDING] = PLAIN("icon-padding", SYMBOL, LAYOUT, Z | F | I, "[2]", PADDING),
    [FM_PROP_ICON_HALO_COLOR] =
        PLAIN("icon-halo-color", SYMBOL, PAINT, Z | F | I | A, "\"rgba(0, 0, 0, 0)\"", COLOR),
    [FM_PROP_ICON_HALO_WIDTH] =
        NUMBER("icon-halo-width", SYMBOL, PAINT, Z | F | I | A, "0", 0, INF),
    [FM_PROP_ICON_HALO_BLUR] = NUMBER("icon-halo-blur", SYMBOL, PAINT, Z | F | I | A, "0", 0, INF),
    [FM_PROP_ICON_TRANSLATE] =
        ARRAY("icon-translate", SYMBOL, PAINT, Z | I | A, "[0, 0]", NUMBER, 2, -INF, NULL),
    [FM_PROP_ICON_TRANSLATE_ANCHOR] =
        ENUM("icon-translate-anchor", SYMBOL, PAINT, Z | S, "\"map\"", "map viewport"),
    [FM_PROP_TEXT_FIELD] = PLAIN("text-field", SYMBOL, LAYOUT, Z | F | T, "\"\"", FORMATTED),
    [FM_PROP_TEXT_FONT] =
        ARRAY("text-font", SYMBOL, LAYOUT, Z | F,
              "[\"Open Sans Regular\", \"Arial Unicode MS Regular\"]", STRING, -1, -INF, NULL),
    [FM_PROP_TEXT_SIZE] = NUMBER("text-size", SYMBOL, LAYOUT, Z | F | I, "16", 0, INF),
    [FM_PROP_TEXT_MAX_WIDTH] = NUMBER("text-max-width", SYMBOL, LAYOUT, Z | F | I, "10", 0, INF),
    [FM_PROP_TEXT_LINE_HEIGHT] =
        NUMBER("text-line-height", SYMBOL, LAYOUT, Z | I, "1.2", -INF, INF),
    [FM_PROP_TEXT_LETTER_SPACING] =
        NUMBER("text-letter-spacing", SYMBOL, LAYOUT, Z | F | I, "0", -INF, INF),
    [FM_PROP_TEXT_JUSTIFY] =
        ENUM("text-justify", SYMBOL, LAYOUT, Z | F, "\"center\"", "auto left center right"),
    [FM_PROP_TEXT_ANCHOR] =
        ENUM("text-anchor", SYMBOL, LAYOUT, Z | F, "\"center\"", FM_ANCHOR_NAMES),
    [FM_PROP_TEXT_VARIABLE_ANCHOR] =
        ARRAY("text-variable-anchor", SYMBOL, LAYOUT, Z, NULL, ENUM, -1, -INF, FM_ANCHOR_NAMES),
    [FM_PROP_TEXT_RADIAL_OFFSET] =
        NUMBER("text-radial-offset", SYMBOL, LAYOUT, Z | F | I, "0", -INF, INF),
    [FM_PROP_TEXT_OFFSET] =
        ARRAY("text-offset", SYMBOL, LAYOUT, Z | F | I, "[0, 0]", NUMBER, 2, -INF, NULL),
    [FM_PROP_TEXT_ROTATE] = NUMBER("text-rotate", SYMBOL, LAYOUT, Z | F | I, "0", -INF, INF),
    [FM_PROP_TEXT_TRANSFORM] =
        ENUM("text-transform", SYMBOL, LAYOUT, Z | F, "\"none\"", "none uppercase lowercase"),
    [FM_PROP_TEXT_MAX_ANGLE] = NUMBER("text-max-angle", SYMBOL, LAYOUT, Z | I, "45", -INF, INF),
    [FM_PROP_TEXT_PADDING] = NUMBER("text-padding", SYMBOL, LAYOUT, Z | I, "2", 0, INF),
    [FM_PROP_TEXT_KEEP_UPRIGHT] = PLAIN("text-keep-upright", SYMBOL, LAYOUT, Z, "true", BOOLEAN),
    [FM_PROP_TEXT_ALLOW_OVERLAP] = PLAIN("text-allow-overlap", SYMBOL, LAYOUT, Z, "false", BOOLEAN),
    [FM_PROP_TEXT_IGNORE_PLACEMENT] =
        PLAIN("text-ignore-placement", SYMBOL, LAYOUT, Z, "false", BOOLEAN),
    [FM_PROP_TEXT_OPTIONAL] = PLAIN("text-optional", SYMBOL, LAYOUT, Z, "false", BOOLEAN),
    [FM_PROP_TEXT_OPACITY] = NUMBER("text-opacity", SYMBOL, PAINT, Z | F | I | A, "1", 0, 1),
    [FM_PROP_TEXT_COLOR] = PLAIN("text-color", SYMBOL, PAINT, Z | F | I | A, "\"#000000\"", COLOR),
    [FM_PROP_TEXT_HALO_COLOR] =
        PLAIN("text-halo-color", SYMBOL, PAINT, Z | F | I | A, "\"rgba(0, 0, 0, 0)\"", COLOR),
    [FM_PROP_TEXT_HALO_WIDTH] =
        NUMBER("text-halo-width", SYMBOL, PAINT, Z | F | I | A, "0", 0, INF),
    [FM_PROP_TEXT_HALO_BLUR] = NUMBER("text-halo-blur", SYMBOL, PAINT, Z | F | I | A, "0", 0, INF),
    [FM_PROP_TEXT_OVERLAP] =
        ENUM("text-overlap", SYMBOL, LAYOUT, Z, NULL, "never always cooperative"),
    [FM_PROP_TEXT_ROTATION_ALIGNMENT] =
        ENUM("text-rotation-alignment", SYMBOL, LAYOUT, Z, "\"auto\"",
             "map viewport viewport-glyph auto"),
    [FM_PROP_TEXT_PITCH_ALIGNMENT] =
        ENUM("text-pitch-alignment", SYMBOL, LAYOUT, Z | S, "\"auto\"", "map viewport auto"),
    [FM_PROP_TEXT_VARIABLE_ANCHOR_OFFSET] =
        PLAIN("text-variable-anchor-offset", SYMBOL, LAYOUT, Z | F | I, NULL, ANCHORS),
    [FM_PROP_TEXT_WRITING_MODE] =
        ARRAY("text-writing-mode", SYMBOL, LAYOUT, Z, NULL, ENUM, -1, -INF, "horizontal vertical"),
    [FM_PROP_TEXT_TRANSLATE] =
        ARRAY("text-translate", SYMBOL, PAINT, Z | I | A, "[0, 0]", NUMBER, 2, -INF, NULL),
    [FM_PROP_TEXT_TRANSLATE_ANCHOR] =
        ENUM("text-translate-anchor", SYMBOL, PAINT, Z | S, "\"map\"", "map viewport"),
    /* raster */
    [FM_PROP_RASTER_OPACITY] = NUMBER("raster-opacity", RASTER, PAINT, Z | I | A, "1", 0, 1),
    [FM_PROP_RASTER_HUE_ROTATE] =
        NUMBER("raster-hue-rotate", RASTER, PAINT, Z | I | A, "0", -INF, INF),
    [FM_PROP_RASTER_BRIGHTNESS_MIN] =
        NUMBER("raster-brightness-min", RASTER, PAINT, Z | I | A, "0", 0, 1),
    [FM_PROP_RASTER_BRIGHTNESS_MAX] =
        NUMBER("raster-brightness-max", RASTER, PAINT, Z | I | A, "1", 0, 1),
    [FM_PROP_RASTER_SATURATION] =
        NUMBER("raster-saturation", RASTER, PAINT, Z | I | A, "0", -1, 1),
    [FM_PROP_RASTER_CONTRAST] = NUMBER("raster-contrast", RASTER, PAINT, Z | I | A, "0", -1, 1),
    [FM_PROP_RASTER_RESAMPLING] =
        ENUM("raster-resampling", RASTER, PAINT, Z, "\"linear\"", "linear nearest"),
    [FM_PROP_RESAMPLING] = ENUM("resampling", RASTER, PAINT, Z, "\"linear\"", "linear nearest"),
    [FM_PROP_RASTER_FADE_DURATION] =
        NUMBER("raster-fade-duration", RASTER, PAINT, Z | I | S | Q, "300", 0, INF),
    [FM_PROP_RASTER_LAYER_BLEND] =
        ENUM("raster-layer-blend", RASTER, PAINT, 0, "\"normal\"", BLENDS),
    /* heatmap */
    [FM_PROP_HEATMAP_RADIUS] =
        NUMBER("heatmap-radius", HEATMAP, PAINT, Z | F | I | A, "30", 1, INF),
    [FM_PROP_HEATMAP_WEIGHT] = NUMBER("heatmap-weight", HEATMAP, PAINT, Z | F | I | Q, "1", 0, INF),
    [FM_PROP_HEATMAP_INTENSITY] =
        NUMBER("heatmap-intensity", HEATMAP, PAINT, Z | I | A | Q, "1", 0, INF),
    [FM_PROP_HEATMAP_COLOR] =
        PLAIN("heatmap-color", HEATMAP, PAINT, I | D,
              "[\"interpolate\",[\"linear\"],[\"heatmap-density\"],0,\"rgba(0, 0, 255, 0)\",0.1,"
              "\"royalblue\",0.3,\"cyan\",0.5,\"lime\",0.7,\"yellow\",1,\"red\"]", COLOR),
    [FM_PROP_HEATMAP_OPACITY] = NUMBER("heatmap-opacity", HEATMAP, PAINT, Z | I | A, "1", 0, 1),
};

/* "<group> <name>" */
static const char *const unsupported[FM_N_STYLE_LAYER_TYPES][3] = {
    [FM_STYLE_SYMBOL] = {"layout symbol-height-anchor", "layout symbol-height-offset", NULL},
};
/* clang-format on */

static const char *const layer_types[] = {
    [FM_STYLE_BACKGROUND] = "background",
    [FM_STYLE_FILL] = "fill",
    [FM_STYLE_LINE] = "line",
    [FM_STYLE_CIRCLE] = "circle",
    [FM_STYLE_SYMBOL] = "symbol",
    [FM_STYLE_RASTER] = "raster",
    [FM_STYLE_HEATMAP] = "heatmap",
};

const FmPropertySpec *fm__property_spec(FmStyleProperty property)
{
    return &specs[property];
}

double fm__property_farthest(const FmPropertySpec *spec)
{
    const double largest_length = 1e4;
    const double largest_amount = 1e12;
    return (spec->flags & FM_PROPERTY_ORDER) != 0    ? INF
           : (spec->flags & FM_PROPERTY_AMOUNT) != 0 ? largest_amount
                                                     : largest_length;
}

double fm__property_least(const FmPropertySpec *spec)
{
    return fmax(spec->min, -fm__property_farthest(spec));
}

double fm__property_most(const FmPropertySpec *spec)
{
    return fmin(spec->max, fm__property_farthest(spec));
}

const char *fm__layer_type_name(FmStyleLayerType type)
{
    return layer_types[type];
}

gboolean fm__property_applies(FmStyleProperty property, FmStyleLayerType layer)
{
    return property == FM_PROP_VISIBILITY || specs[property].layer == layer;
}

const char *const *fm__property_unsupported(FmStyleLayerType layer)
{
    return unsupported[layer];
}

/* Names of one group of a layer type; NULL-terminated, the array transfer full (g_free). */
static const char **names_of(FmStyleLayerType layer, gboolean layout)
{
    const char **names = g_new0(const char *, FM_N_PROPS + 1);
    gsize n = 0;
    for (FmStyleProperty i = 0; i < FM_N_PROPS; i++) {
        if (fm__property_applies(i, layer) && specs[i].layout == layout) {
            names[n++] = specs[i].name;
        }
    }
    return names;
}

FmStyleProperty fm__property_find(FmStyleLayerType layer, gboolean layout, const char *name,
                                  GError **error)
{
    for (FmStyleProperty i = 0; i < FM_N_PROPS; i++) {
        if (fm__property_applies(i, layer) && specs[i].layout == layout &&
            strcmp(specs[i].name, name) == 0) {
            return i;
        }
    }
    g_autofree char *grouped = g_strdup_printf("%s %s", layout ? "layout" : "paint", name);
    if (g_strv_contains(unsupported[layer], grouped)) {
        g_set_error(error, FM_ERROR, FM_ERROR_UNSUPPORTED,
                    "facmap does not implement this property of %s layers; remove it",
                    layer_types[layer]);
        return FM_N_PROPS;
    }
    g_autofree const char **names = names_of(layer, layout);
    const char *nearest = fm__nearest_name(name, names);
    g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "unknown %s property of %s layers%s%s%s",
                layout ? "layout" : "paint", layer_types[layer],
                nearest != NULL ? "; did you mean \"" : "", nearest != NULL ? nearest : "",
                nearest != NULL ? "\"?" : "");
    return FM_N_PROPS;
}
