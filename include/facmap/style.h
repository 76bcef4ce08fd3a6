/** @file style.h
 *  Map documents: MapLibre style version 8 as it stands (background, fill, line, circle, symbol),
 *  parsed strictly.  A property, expression or layer type that facmap does not implement is
 *  FM_ERROR_UNSUPPORTED naming the layer and the property; an unknown one is FM_ERROR_PARSE.
 *  What a page needs beyond the map is in `metadata` (page.h).
 *
 *  Specification: MapLibre Style Specification, version 8.  Threads: a parsed style is immutable
 *  and safe to share. */
#ifndef FACMAP_STYLE_H
#define FACMAP_STYLE_H

#include <facmap/table.h>

G_BEGIN_DECLS

typedef struct FmStyle FmStyle;
typedef struct FmStyleLayer FmStyleLayer;

typedef enum {
    FM_STYLE_BACKGROUND,
    FM_STYLE_FILL,
    FM_STYLE_LINE,
    FM_STYLE_CIRCLE,
    FM_STYLE_SYMBOL,
    FM_STYLE_RASTER,
    FM_STYLE_HEATMAP,
} FmStyleLayerType;
#define FM_N_STYLE_LAYER_TYPES (FM_STYLE_HEATMAP + 1)

/** sRGB with straight alpha, each 0 … 1. */
typedef struct {
    double r, g, b, a;
} FmColor;

/** Every property that is implemented, by its specification name: '-' becomes '_'.  The list, its
 *  types, defaults, ranges and layer types are one table in src/style/properties.c. */
/* clang-format off */
typedef enum {
    FM_PROP_VISIBILITY,
    /* background */
    FM_PROP_BACKGROUND_COLOR, FM_PROP_BACKGROUND_PATTERN, FM_PROP_BACKGROUND_OPACITY,
    /* fill */
    FM_PROP_FILL_SORT_KEY, FM_PROP_FILL_COLOR, FM_PROP_FILL_OPACITY, FM_PROP_FILL_OUTLINE_COLOR,
    FM_PROP_FILL_ANTIALIAS, FM_PROP_FILL_PATTERN, FM_PROP_FILL_TRANSLATE,
    FM_PROP_FILL_TRANSLATE_ANCHOR, FM_PROP_FILL_LAYER_OPACITY, FM_PROP_FILL_LAYER_BLEND,
    /* line */
    FM_PROP_LINE_CAP, FM_PROP_LINE_JOIN, FM_PROP_LINE_MITER_LIMIT, FM_PROP_LINE_ROUND_LIMIT,
    FM_PROP_LINE_SORT_KEY, FM_PROP_LINE_PATTERN, FM_PROP_LINE_GRADIENT,
    FM_PROP_LINE_COLOR, FM_PROP_LINE_OPACITY, FM_PROP_LINE_WIDTH, FM_PROP_LINE_GAP_WIDTH,
    FM_PROP_LINE_OFFSET, FM_PROP_LINE_BLUR, FM_PROP_LINE_DASHARRAY, FM_PROP_LINE_TRANSLATE,
    FM_PROP_LINE_TRANSLATE_ANCHOR, FM_PROP_LINE_LAYER_OPACITY, FM_PROP_LINE_LAYER_BLEND,
    /* circle */
    FM_PROP_CIRCLE_SORT_KEY, FM_PROP_CIRCLE_RADIUS, FM_PROP_CIRCLE_COLOR, FM_PROP_CIRCLE_OPACITY,
    FM_PROP_CIRCLE_STROKE_WIDTH, FM_PROP_CIRCLE_STROKE_COLOR, FM_PROP_CIRCLE_STROKE_OPACITY,
    FM_PROP_CIRCLE_BLUR, FM_PROP_CIRCLE_TRANSLATE, FM_PROP_CIRCLE_TRANSLATE_ANCHOR,
    FM_PROP_CIRCLE_PITCH_SCALE, FM_PROP_CIRCLE_PITCH_ALIGNMENT,
    /* symbol */
    FM_PROP_SYMBOL_PLACEMENT, FM_PROP_SYMBOL_SPACING, FM_PROP_SYMBOL_AVOID_EDGES,
    FM_PROP_SYMBOL_SORT_KEY, FM_PROP_SYMBOL_Z_ORDER,
    FM_PROP_ICON_IMAGE, FM_PROP_ICON_SIZE, FM_PROP_ICON_ROTATE, FM_PROP_ICON_OFFSET,
    FM_PROP_ICON_ANCHOR, FM_PROP_ICON_ALLOW_OVERLAP, FM_PROP_ICON_IGNORE_PLACEMENT,
    FM_PROP_ICON_OPACITY, FM_PROP_ICON_COLOR, FM_PROP_ICON_OPTIONAL, FM_PROP_ICON_OVERLAP,
    FM_PROP_ICON_ROTATION_ALIGNMENT, FM_PROP_ICON_PITCH_ALIGNMENT, FM_PROP_ICON_KEEP_UPRIGHT,
    FM_PROP_ICON_TEXT_FIT, FM_PROP_ICON_TEXT_FIT_PADDING, FM_PROP_ICON_PADDING,
    FM_PROP_ICON_HALO_COLOR, FM_PROP_ICON_HALO_WIDTH, FM_PROP_ICON_HALO_BLUR,
    FM_PROP_ICON_TRANSLATE, FM_PROP_ICON_TRANSLATE_ANCHOR,
    FM_PROP_TEXT_FIELD, FM_PROP_TEXT_FONT, FM_PROP_TEXT_SIZE, FM_PROP_TEXT_MAX_WIDTH,
    FM_PROP_TEXT_LINE_HEIGHT, FM_PROP_TEXT_LETTER_SPACING, FM_PROP_TEXT_JUSTIFY,
    FM_PROP_TEXT_ANCHOR, FM_PROP_TEXT_VARIABLE_ANCHOR, FM_PROP_TEXT_RADIAL_OFFSET,
    FM_PROP_TEXT_OFFSET, FM_PROP_TEXT_ROTATE, FM_PROP_TEXT_TRANSFORM, FM_PROP_TEXT_MAX_ANGLE,
    FM_PROP_TEXT_PADDING, FM_PROP_TEXT_KEEP_UPRIGHT, FM_PROP_TEXT_ALLOW_OVERLAP,
    FM_PROP_TEXT_IGNORE_PLACEMENT, FM_PROP_TEXT_OPTIONAL, FM_PROP_TEXT_OPACITY,
    FM_PROP_TEXT_COLOR, FM_PROP_TEXT_HALO_COLOR, FM_PROP_TEXT_HALO_WIDTH, FM_PROP_TEXT_HALO_BLUR,
    FM_PROP_TEXT_OVERLAP, FM_PROP_TEXT_ROTATION_ALIGNMENT, FM_PROP_TEXT_PITCH_ALIGNMENT,
    FM_PROP_TEXT_VARIABLE_ANCHOR_OFFSET, FM_PROP_TEXT_WRITING_MODE, FM_PROP_TEXT_TRANSLATE,
    FM_PROP_TEXT_TRANSLATE_ANCHOR,
    /* raster */
    FM_PROP_RASTER_OPACITY, FM_PROP_RASTER_HUE_ROTATE, FM_PROP_RASTER_BRIGHTNESS_MIN,
    FM_PROP_RASTER_BRIGHTNESS_MAX, FM_PROP_RASTER_SATURATION, FM_PROP_RASTER_CONTRAST,
    FM_PROP_RASTER_RESAMPLING, FM_PROP_RESAMPLING, FM_PROP_RASTER_FADE_DURATION,
    FM_PROP_RASTER_LAYER_BLEND,
    /* heatmap */
    FM_PROP_HEATMAP_RADIUS, FM_PROP_HEATMAP_WEIGHT, FM_PROP_HEATMAP_INTENSITY,
    FM_PROP_HEATMAP_COLOR, FM_PROP_HEATMAP_OPACITY,
    FM_N_PROPS,
} FmStyleProperty;
/* clang-format on */

/** Read and check a whole style.
 *  @param text  JSON; @param name for messages ("layout.json")
 *  @return transfer full (fm_style_free); NULL with FM_ERROR_PARSE or FM_ERROR_UNSUPPORTED, the
 *          path in the message ("layout.json: layers[3] 'school': paint.circle-radius: …") */
FM_API FmStyle *fm_style_parse(const char *text, const char *name, GError **error);
/** As fm_style_parse, from a file; also FM_ERROR_NOT_FOUND and FM_ERROR_IO. */
FM_API FmStyle *fm_style_open(const char *path, GError **error);
FM_API void fm_style_free(FmStyle *style);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmStyle, fm_style_free)

/** The name that messages use, as given to fm_style_parse or the file's; borrowed. */
FM_API const char *fm_style_name(const FmStyle *style);
/** SHA-256 of the document's bytes; borrowed. */
FM_API const char *fm_style_sha256(const FmStyle *style);
FM_API gsize fm_style_n_layers(const FmStyle *style);
/** In drawing order; borrowed, as long as the style. */
FM_API const FmStyleLayer *fm_style_layer(const FmStyle *style, gsize i);
FM_API const FmStyleLayer *fm_style_find_layer(const FmStyle *style, const char *id);

/** Borrowed, as long as the style. */
FM_API const char *fm_style_layer_id(const FmStyleLayer *layer);
/** What it draws with. */
FM_API FmStyleLayerType fm_style_layer_type(const FmStyleLayer *layer);
/** Workspace layer that it draws; NULL for background and raster. */
FM_API const char *fm_style_layer_source_layer(const FmStyleLayer *layer);
FM_API double fm_style_layer_min_zoom(const FmStyleLayer *layer); /**< inclusive, 0 by default */
FM_API double fm_style_layer_max_zoom(const FmStyleLayer *layer); /**< exclusive, 24 by default */
/** File that a raster layer draws, as the source's `url` names it; NULL for other layers.
 *  Borrowed. */
FM_API const char *fm_style_layer_raster(const FmStyleLayer *layer);
/** The corners that an image source gives its picture: top left, top right, bottom right, bottom
 *  left.
 *  @return FALSE when it gives none and the file says itself where it lies; `out` is then
 *          untouched */
FM_API gboolean fm_style_layer_raster_corners(const FmStyleLayer *layer, FmLonLat out[4]);
/** Names of the feature properties that filter and properties read, sorted; NULL-terminated,
 *  borrowed. */
FM_API const char *const *fm_style_layer_fields(const FmStyleLayer *layer);

/* ---- evaluation ------------------------------------------------------------------------- */

/** What an expression sees: one row of a table, or no feature (table NULL), and the zoom. */
typedef struct {
    const FmTable *table;
    gsize row;
    double zoom;
    const char *language; /**< "zh", "en" or "both": a symbol layer's
                               `metadata["facmap:text-field"][language]` stands in place of
                               text-field when it is there; NULL = both */
} FmStyleContext;

/** Does the layer's filter accept the feature?  A runtime type error counts as false, as the
 *  specification says. */
FM_API gboolean fm_style_layer_accepts(const FmStyleLayer *layer, const FmStyleContext *context);
/** Was the property given in the document? */
FM_API gboolean fm_style_layer_has(const FmStyleLayer *layer, FmStyleProperty property);
/** Is the property's value the same for every feature at every zoom?  Then it need be asked for
 *  once.  TRUE for what was not given, too: its default is a constant. */
FM_API gboolean fm_style_layer_is_constant(const FmStyleLayer *layer, FmStyleProperty property);
/** Values; a runtime error or null gives the specification's default.  Types must match the
 *  property's, and the layer must be of the property's type.  Numbers are clamped to the property's
 *  range; without a default (sort keys) they are 0, colours transparent. */
FM_API double fm_style_layer_number(const FmStyleLayer *layer, FmStyleProperty property,
                                    const FmStyleContext *context);
FM_API gboolean fm_style_layer_boolean(const FmStyleLayer *layer, FmStyleProperty property,
                                       const FmStyleContext *context);
FM_API FmColor fm_style_layer_color(const FmStyleLayer *layer, FmStyleProperty property,
                                    const FmStyleContext *context);
/** Strings, enums and images.  @return transfer full (g_free); NULL when empty or unset */
FM_API char *fm_style_layer_string(const FmStyleLayer *layer, FmStyleProperty property,
                                   const FmStyleContext *context);
/** Arrays of numbers (offsets, dashes) and padding (four: top, right, bottom, left).
 *  @return how many were written, <= n_max */
FM_API gsize fm_style_layer_numbers(const FmStyleLayer *layer, FmStyleProperty property,
                                    const FmStyleContext *context, double *out, gsize n_max);
/** Arrays of strings (fonts, variable anchors).
 *  @return transfer full (g_strfreev), may be empty */
FM_API char **fm_style_layer_strings(const FmStyleLayer *layer, FmStyleProperty property,
                                     const FmStyleContext *context);

/** The colours of heatmap-color or line-gradient at n >= 2 equal steps from 0 to 1. */
FM_API void fm_style_layer_ramp(const FmStyleLayer *layer, FmStyleProperty property, FmColor *out,
                                gsize n);
/** One place of text-variable-anchor-offset. */
typedef struct {
    const char *anchor;  /**< "top", "bottom-left" …; static */
    double offset_em[2]; /**< right, down */
} FmAnchorOffset;
/** text-variable-anchor-offset, the preferred place first.  @return how many were written, <=
 *  n_max; 0 when it is not given */
FM_API gsize fm_style_layer_anchor_offsets(const FmStyleLayer *layer, FmStyleProperty property,
                                           const FmStyleContext *context, FmAnchorOffset *out,
                                           gsize n_max);

/** How a section stands in a line whose tallest section is another. */
typedef enum {
    FM_VERTICAL_BOTTOM, /**< texts on one baseline, images on the foot of the line */
    FM_VERTICAL_CENTER,
    FM_VERTICAL_TOP,
} FmVerticalAlign;

/** A run of text with its own look, from a `format` expression (a plain string is one section). */
typedef struct {
    char *text;        /**< "" for an image */
    double font_scale; /**< 1 by default */
    gboolean has_color;
    FmColor color;
    char *font; /**< font stack name or NULL */
    FmVerticalAlign align;
    char *image; /**< name of the icon that stands here, or NULL */
} FmTextSection;
/** text-field.  @return GArray of FmTextSection that frees its own elements, transfer full
 *          (g_array_unref); empty when there is no text */
FM_API GArray *fm_style_layer_text(const FmStyleLayer *layer, const FmStyleContext *context);

/** Called for a stack of fonts.
 *  @param path   where it stands in the layer: "layout.text-font", "metadata.facmap:text-field.zh"
 *  @param fonts  names in the order of preference, NULL-terminated; borrowed for the call
 *  @return FALSE to end the visit */
typedef gboolean (*FmStyleVisitFonts)(const char *path, const char *const *fonts, void *user);
/** Visit every stack of fonts that a layer names, in `text-font` and in the sections of its texts;
 *  not the specification's default, and not what a section computes from the data.
 *  @return FALSE when `visit` ended it */
FM_API gboolean fm_style_layer_each_font(const FmStyleLayer *layer, FmStyleVisitFonts visit,
                                         void *user);

/** Is every workspace layer and field that the style reads there?
 *  @param has_layer,has_field callbacks over the workspace
 *  @return FALSE with FM_ERROR_NOT_FOUND naming the style layer and what is missing */
typedef gboolean (*FmStyleHasLayer)(const char *source_layer, void *user);
typedef gboolean (*FmStyleHasField)(const char *source_layer, const char *field, void *user);
FM_API gboolean fm_style_check_sources(const FmStyle *style, FmStyleHasLayer has_layer,
                                       FmStyleHasField has_field, void *user, GError **error);

/** The table of a source layer, by its name in the style.
 *  @return borrowed for the call of fm_style_with_classes; NULL when there is none */
typedef const FmTable *(*FmStyleFindTable)(const char *source_layer, void *user);
/** The style with every layer's `metadata["facmap:classes"]` written out: limits found in the data,
 *  colours as a `step` expression, legend entries, and a layer for features without a value
 *  (docs/styles.md).  Features are those that the layer's filter accepts at zoom 0; a layer without
 *  a table keeps its own paint.
 *  @return transfer full (fm_style_free), the same style when it has no classes; NULL with
 *          FM_ERROR_PARSE, FM_ERROR_UNSUPPORTED (a filter in the old notation) or FM_ERROR_DATA (no
 *          value, or one outside fixed limits) */
FM_API FmStyle *fm_style_with_classes(const FmStyle *style, FmStyleFindTable find, void *user,
                                      GError **error);

/** Evaluate an expression as the specification's fixtures describe it: JSON
 *  {"expression", "propertySpec", "inputs"} in, {"compiled", "outputs"} out.
 *  @return transfer full (g_free); NULL with FM_ERROR_PARSE when the fixture itself is malformed */
FM_API char *fm_style_eval_fixture(const char *fixture_json, GError **error);

/** A fill of parallel lines, named in `fill-pattern`. */
typedef struct {
    gsize n_angles;       /**< 1 … 4 families of lines */
    double angles_deg[4]; /**< 0 = level, 45 = rising to the right */
    double spacing_px;    /**< from line to line, 0.5 … 200 */
    double width_px;
    FmColor color;
    FmColor background; /**< alpha 0 = none */
} FmHatch;

/** Does the image name ask for a hatch ("facmap:hatch", with or without "?…")? */
FM_API gboolean fm_hatch_is_name(const char *name);

/** Read a hatch's name, "facmap:hatch?angle=45,135&spacing=4&width=0.6&color=%23888", with
 *  `background` as a further key; every key may be left out.
 *  @param name one for which fm_hatch_is_name() holds
 *  @return FALSE with FM_ERROR_PARSE; `out` is then untouched */
FM_API gboolean fm_hatch_parse(const char *name, FmHatch *out, GError **error);

G_END_DECLS
#endif
