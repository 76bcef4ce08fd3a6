/** @file page.h
 *  What a map document says about the page around the map: paper, titles, legend, key figure,
 *  chart, locator, graticule and notes.  It sits in the style's `metadata` under keys that begin
 *  with "facmap:", read strictly: an unknown key is FM_ERROR_PARSE with its JSON path.
 *  docs/styles.md describes each key.
 *
 *  This is only what the document says; render.h draws it.  Threads: immutable, safe to share. */
#ifndef FACMAP_PAGE_H
#define FACMAP_PAGE_H

#include <facmap/style.h>

G_BEGIN_DECLS

/** A text in both languages; NULL where the document has none.  May hold "{name}" placeholders:
 *  the workspace's title, date, run, crs, scale, source, or one of the page's values. */
typedef struct {
    char *en, *zh;
} FmPageText;

/** How a figure is written. */
typedef enum {
    FM_PAGE_COUNT,    /**< 21,893,095 */
    FM_PAGE_NUMBER,   /**< three significant digits */
    FM_PAGE_PERCENT,  /**< of a ratio: 0.614 -> 61 % */
    FM_PAGE_KM,       /**< of metres: 4321 -> 4.3 km, 5000 -> 5 km */
    FM_PAGE_MILLIONS, /**< 13,412,000 -> 13.4 million, 1,341 万 */
} FmPageFormat;

/** How the values of several features become one. */
typedef enum {
    FM_PAGE_FIRST,
    FM_PAGE_ROWS, /**< how many features; needs no value */
    FM_PAGE_SUM,
    FM_PAGE_MEAN,
    FM_PAGE_MEDIAN,
    FM_PAGE_MIN,
    FM_PAGE_MAX,
} FmPageReduce;

/** A compiled filter or value expression. */
typedef struct FmPageExpression FmPageExpression;

/** @return FALSE also when the expression fails or gives something else */
FM_API gboolean fm_page_expression_boolean(const FmPageExpression *expression,
                                           const FmStyleContext *context);
/** @return NaN when the expression fails or gives something else */
FM_API double fm_page_expression_number(const FmPageExpression *expression,
                                        const FmStyleContext *context);
/** @return transfer full (g_free); NULL when the expression fails or gives null */
FM_API char *fm_page_expression_string(const FmPageExpression *expression,
                                       const FmStyleContext *context);
/** Names of the properties that it reads; NULL-terminated, borrowed. */
FM_API const char *const *fm_page_expression_fields(const FmPageExpression *expression);

/** A figure computed from a layer, for placeholders. */
typedef struct {
    char *name; /**< of the placeholder: [a-z][a-z0-9_]* */
    char *layer;
    FmPageExpression *filter; /**< NULL = all features */
    FmPageExpression *value;  /**< NULL only with FM_PAGE_ROWS */
    FmPageReduce reduce;
    FmPageFormat format;
    gboolean of_area; /**< of an atlas page's area only */
} FmPageValue;

/** A heading of the legend. */
typedef struct {
    char *id;
    FmPageText title;
} FmPageGroup;

/** How a legend entry is drawn. */
typedef enum {
    FM_LEGEND_SWATCH, /**< a sample beside its words */
    FM_LEGEND_NESTED, /**< circles of several values, one in the other */
    FM_LEGEND_WIDTHS, /**< lines of several values, one below the other */
    FM_LEGEND_SQUARE, /**< the colours of two values */
} FmPageLegendKind;

/** A value and the circle's radius or the line's width that shows it. */
typedef struct {
    double value, size_px;
} FmPageLegendSize;

/** One side of a legend of two values. */
typedef struct {
    FmPageText title;
    FmPageText *limits; /**< of the classes: one more than there are classes */
    gsize n_classes;
} FmPageLegendAxis;

/** The legend of two values: n_classes of `x` times those of `y` cells, x first, from the least. */
typedef struct {
    FmPageLegendAxis x, y;
    FmColor *colors;
    FmPageExpression **filters; /**< which features a cell stands for */
    gboolean turned;            /**< stands on its least corner */
} FmPageLegendSquare;

/** One line of the legend, drawn by the style layers themselves with the sample's properties. */
typedef struct {
    char *group;
    FmPageText label;
    const FmStyleLayer *layer;   /**< whose metadata it stands in, and whose features it counts */
    const FmStyleLayer **layers; /**< n_layers, in drawing order: what draws its symbol, `layer`
                                      among them */
    gsize n_layers;
    FmPageExpression *filter; /**< features that it stands for, beside the layer's own filter; NULL
                                   = all */
    FmTable *sample;          /**< one row: the properties to draw with */
    gboolean count;           /**< add the number of features in brackets */
    gboolean of_area;         /**< counts those of an atlas page's area only */
    gboolean keep_empty;      /**< show it even when no feature is meant */
    gboolean modelled;        /**< where or how much is estimated, and the legend says so */
    FmPageLegendKind kind;
    GArray *sizes;              /**< FmPageLegendSize of NESTED and WIDTHS, rising; else NULL */
    FmPageFormat format;        /**< of their values */
    FmPageLegendSquare *square; /**< of SQUARE, else NULL */
} FmPageLegendEntry;

/** One large number and what it says. */
typedef struct {
    char *value; /**< text with placeholders */
    FmPageText text;
} FmPageFigure;

/** One of the bars that each feature has. */
typedef struct {
    FmPageText title; /**< without one when it is the only series */
    FmPageExpression *value;
    FmColor color;
} FmPageSeries;

/** A small bar chart, one bar a feature, or a group of them. */
typedef struct {
    FmPageText title;
    char *layer;
    FmPageExpression *filter;
    FmPageExpression *label_en, *label_zh; /**< one of them may be NULL */
    GPtrArray *series;                     /**< FmPageSeries, at least one; the first orders */
    FmPageFormat format;
    gboolean ascending; /**< else largest first */
    gboolean has_maximum;
    double maximum;   /**< end of the axis when has_maximum, else the largest value */
    gboolean of_area; /**< bars of an atlas page's area only; else the others are paler */
} FmPageChart;

/** A column of a table: numbers, or text. */
typedef struct {
    FmPageText title;
    FmPageExpression *value; /**< a number; NULL for text */
    FmPageFormat format;
    FmPageExpression *text_en, *text_zh; /**< one of them may be NULL; both for numbers */
    FmPageExpression
        *rank; /**< a number that rows are ordered by instead of what is shown; or NULL */
    gboolean has_total;
    FmPageReduce total; /**< of the column's numbers, or of FM_PAGE_ROWS */
} FmPageColumn;

/** Which rows of a table come first. */
typedef enum {
    FM_PAGE_ORDER_STORED,
    FM_PAGE_ORDER_ASCENDING,
    FM_PAGE_ORDER_DESCENDING,
} FmPageOrder;

/** A table of a layer's features, a row each. */
typedef struct {
    FmPageText title;
    char *layer;
    FmPageExpression *filter;
    gboolean of_area;   /**< rows of an atlas page's area only */
    GPtrArray *columns; /**< FmPageColumn, at least one */
    gsize order_by;     /**< number of the column that orders */
    FmPageOrder order;
    guint limit;      /**< rows at most; what is left out is said */
    FmPageText total; /**< name of the last line, when a column has a total */
    gboolean below;   /**< below the map, else in the panel */
    guint blocks;     /**< side by side, when below; 0 = what fits */
} FmPageTable;

/** Corner of the map frame. */
typedef enum {
    FM_PAGE_TOP_LEFT,
    FM_PAGE_TOP_RIGHT,
    FM_PAGE_BOTTOM_LEFT,
    FM_PAGE_BOTTOM_RIGHT,
} FmPageCorner;

/** A part of the map at a larger scale, in a corner of the frame. */
typedef struct {
    GPtrArray *layers;        /**< char*: it fits these */
    FmPageExpression *filter; /**< of their features; NULL = all */
    double pad_ratio;
    FmPageText title;
    FmPageCorner corner;
    double width_ratio; /**< of the frame's width */
    GPtrArray *names;   /**< char*: ids of layers that name a feature here or on the map */
} FmPageInset;

/** One page for each feature of a layer of areas. */
typedef struct {
    char *layer;
    FmPageExpression *filter; /**< of its features; NULL = all */
    double pad_ratio;         /**< around the area, of its size */
    FmColor veil;             /**< over what lies around the area */
    double veil_opacity;      /**< 0 = none */
    FmColor outline;          /**< of the area */
    double outline_px;        /**< 0 = none */
} FmPageAtlas;

/** Which features a style layer draws on a page of an atlas. */
typedef enum {
    FM_PAGE_AREA_ANY,
    FM_PAGE_AREA_INSIDE,  /**< those of the page's area */
    FM_PAGE_AREA_OUTSIDE, /**< the others */
} FmPageArea;

/** The map once for each value of a field, at one scale: small multiples. */
typedef struct {
    GPtrArray *layers;    /**< char*: whose features are divided; empty = all that have the field */
    FmPageExpression *by; /**< gives the value as text */
    GPtrArray *values;  /**< char*: in this order; empty = those found, by the legend or by value */
    GHashTable *titles; /**< value (char*) -> FmPageText*, for those that the legend does not say */
    guint columns;      /**< 0 = what gives the largest maps */
} FmPageMultiples;

/** One of several maps on a page. */
typedef struct {
    FmPageText title;
    GPtrArray *layers;        /**< char*: ids of the style layers that it draws; empty = all */
    GPtrArray *extent_layers; /**< char*: it fits these; empty = as the page */
    FmPageExpression *extent_filter;
    double extent_pad_ratio;
} FmPageFrame;

/** Several maps on a page. */
typedef struct {
    GPtrArray *frames;  /**< FmPageFrame, in reading order, at least two */
    guint columns;      /**< 0 = what gives the largest maps */
    gboolean one_scale; /**< the smallest that any of them needs */
} FmPageMaps;

/** How the scale of a map follows from what it shows. */
typedef enum {
    FM_PAGE_SCALE_ROUND, /**< the largest usual one (1:250,000) that shows all */
    FM_PAGE_SCALE_FIT,   /**< the largest that shows all */
    FM_PAGE_SCALE_FIXED,
} FmPageScaleRule;

typedef struct {
    FmPageScaleRule rule;
    double denominator; /**< when fixed */
} FmPageScale;

/** Read "1:50000", "1:50,000", "round" or "fit".
 *  @return FALSE with FM_ERROR_USAGE */
FM_API gboolean fm_page_scale_parse(const char *text, FmPageScale *out, GError **error);

/** A picture that says whose page it is. */
typedef struct {
    char *file; /**< name of an SVG or PNG file among the document's icons */
    double height_mm;
    gboolean top; /**< above the title, else above the notes */
} FmPageLogo;

/** The page.  Belongs to the caller (fm_page_free); it borrows from the style. */
typedef struct {
    char *size; /**< "A3", "1920x1080" */
    gboolean portrait;
    double margin_mm;
    double panel_ratio; /**< width of the side panel over the page's, 0 = no panel */
    FmPageText title, subtitle, notes;
    GPtrArray *needs; /**< char*: commands that make the result layers it draws, for people */
    GPtrArray *extent_layers; /**< char*: the frame fits these; empty = everything drawn */
    FmPageExpression *extent_filter;
    double extent_pad_ratio;
    GPtrArray *values; /**< FmPageValue */
    GPtrArray *groups; /**< FmPageGroup, in legend order */
    GPtrArray *legend; /**< FmPageLegendEntry, in drawing order of their layers */
    FmPageFigure *figure;
    GPtrArray *charts;          /**< FmPageChart */
    GPtrArray *tables;          /**< FmPageTable */
    char *locator_layer;        /**< NULL = no locator */
    GPtrArray *insets;          /**< FmPageInset */
    FmPageAtlas *atlas;         /**< NULL = one page */
    FmPageMultiples *multiples; /**< NULL = none; not with maps */
    FmPageMaps *maps;           /**< NULL = one map */
    FmPageScale scale;          /**< of the map, or of each of several */
    gboolean graticule;
    double graticule_step_deg; /**< 0 = chosen by scale */
    gboolean grid;             /**< lines of the CRS' eastings and northings */
    double grid_step_m;        /**< 0 = chosen by scale */
    FmPageLogo *logo;          /**< NULL = none */
    gboolean numbers_unplaced; /**< names without a place are numbered and listed beside the map */
} FmPage;

/** Read the page of a style.
 *  @param style borrowed; must outlive the page
 *  @return transfer full (fm_page_free); NULL with FM_ERROR_PARSE or FM_ERROR_UNSUPPORTED, the JSON
 *          path in the message */
FM_API FmPage *fm_page_new(const FmStyle *style, GError **error);
/** Make it an atlas of this layer: by what the document says of one, else by the defaults. */
FM_API void fm_page_set_atlas(FmPage *page, const char *layer);
/** Draw the map once for each value of a field, of every layer that has it. */
FM_API void fm_page_set_multiples(FmPage *page, const char *field);
FM_API void fm_page_free(FmPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmPage, fm_page_free)

/** May the layer's source be absent from the workspace (`"facmap:optional": true`)? */
FM_API gboolean fm_page_layer_is_optional(const FmStyleLayer *layer);
/** Which features it draws on a page of an atlas (`"facmap:of-area": "inside"`, `"outside"`). */
FM_API FmPageArea fm_page_layer_area(const FmStyleLayer *layer);
/** Do the symbols of lines stand at their ends, not their middles (`"facmap:at-end": true`)? */
FM_API gboolean fm_page_layer_is_at_end(const FmStyleLayer *layer);
/** How much names avoid what the layer draws (`"facmap:obstacle"`): 0 not at all … 1 never cross.
 */
FM_API double fm_page_layer_obstacle(const FmStyleLayer *layer);
/** Is the name of an area left out when it does not fit inside (`"facmap:inside": true`)? */
FM_API gboolean fm_page_layer_is_inside(const FmStyleLayer *layer);
/** Is it given only when it does not fit inside, with a line to it (`"facmap:outside": true`)? */
FM_API gboolean fm_page_layer_is_outside(const FmStyleLayer *layer);
/** Is what it draws understood without an entry in the legend (`"facmap:legend": false`)? */
FM_API gboolean fm_page_layer_is_unlisted(const FmStyleLayer *layer);
/** How much farther from its point a name may stand with a line to it (`"facmap:leader"`), in ems
 *  of the text; 0 = nowhere else than the style says. */
FM_API double fm_page_layer_leader_em(const FmStyleLayer *layer);
/** How far symbols that overlap may be pushed from their points (`"facmap:displace"`), in mm on the
 *  page; 0 = not at all. */
FM_API double fm_page_layer_displace_mm(const FmStyleLayer *layer);
/** Symbols of one look that are nearer than this are drawn as one with their number
 *  (`"facmap:cluster"`), in mm on the page; 0 = none are. */
FM_API double fm_page_layer_cluster_mm(const FmStyleLayer *layer);

G_END_DECLS
#endif
