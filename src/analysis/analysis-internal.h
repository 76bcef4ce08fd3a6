/** @file analysis-internal.h
 *  What the files of this module share: targets to measure to, the rows of a layer as arrays, areas
 *  to sum by, and the building blocks of a result.  Nothing here is thread-safe to modify. */
#ifndef FM_ANALYSIS_INTERNAL_H
#define FM_ANALYSIS_INTERNAL_H

#include <facmap/analysis.h>
#include <json-glib/json-glib.h>

/* ---- targets.c: geometries to measure to ------------------------------------------------- */

/** Facilities behind one of the two indexes of `geo`: that of points where all are points, else
 *  that of geometries.  Answers carry positions in the array it was made of. */
typedef struct FmTargets FmTargets;

/** @param geometries borrowed as long as the targets; NULL members never match */
FmTargets *fm_targets_new(const FmGeometry *const *geometries, gsize n);
void fm_targets_free(FmTargets *targets);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmTargets, fm_targets_free)

/** As fm_point_index_within. */
void fm_targets_within(const FmTargets *targets, FmLonLat origin, double radius_m, GArray *out);
/** As fm_point_index_bands. */
void fm_targets_bands(const FmTargets *targets, FmLonLat origin, const double *radii_m, gsize n,
                      GArray *out);
/** As fm_geometry_index_nearest. */
gsize fm_targets_nearest(const FmTargets *targets, FmLonLat origin, gsize k, double max_distance_m,
                         FmNeighbour *out, FmLonLat *positions);

/* ---- coverage-kernel.c, pairs-kernel.c ---------------------------------------------------- */

/** What coverage is computed from; all borrowed. */
typedef struct {
    const FmLonLat *origins;
    const double *weights; /**< may be NULL when nothing is summed by facility */
    gsize n_origins;
    const FmGeometry *const *facilities;
    gsize n_facilities;
    const double *limits_m;
    gsize n_limits;
    guint n_threads;
} FmCoverageInput;

/** Both coverage kernels in one pass over the reached pairs.  Arrays as in analysis.h. */
gboolean fm_coverage_pass(const FmCoverageInput *input, guint32 *n_within, FmNeighbour *nearest,
                          double *reached, double *only, const FmProgress *progress,
                          GError **error);

/** One origin and one target. */
typedef struct {
    gsize from, to;
    gsize rank;        /**< 1 = nearest */
    double cost;       /**< geodesic metres, or what travel costs */
    FmLonLat position; /**< on the target */
} FmPair;

typedef struct {
    const FmLonLat *origins;
    gsize n_origins;
    const FmGeometry *const *targets;
    gsize n_targets;
    const gsize
        *self; /**< n_origins: the target that is the origin itself, or G_MAXSIZE; NULL = none is */
    gsize k;   /**< 0 = all */
    double max_distance_m; /**< INFINITY = no limit */
    gsize max_pairs;       /**< more are FM_ERROR_LIMIT */
    guint n_threads;
} FmPairsInput;

/** All pairs, ascending by (from, rank).
 *  @return transfer full, elements FmPair; NULL with FM_ERROR_LIMIT or FM_ERROR_CANCELLED */
GArray *fm_pairs(const FmPairsInput *input, const FmProgress *progress, GError **error);

/* ---- ways.c: travel along a network ------------------------------------------------------ */

/** A network that is open for one analysis. */
typedef struct {
    FmProfile *profile;
    FmNetworkOptions options;
    FmNetwork *network;
    FmSnapper *snapper;
    char *profile_en, *profile_zh; /**< titles: "by car" */
    char *max_snap;                /**< "500 m", for reasons */
    double max_snap_m;
    FmTravel travel; /**< of the facilities: FM_TRAVEL_TO, or FM_TRAVEL_FROM */
} FmWays;

/** @param kind what costs are
 *  @return transfer full; NULL with the errors of fm_profile_read and fm_network_open */
FmWays *fm_ways_open(FmWorkspace *workspace, const FmVia *via, FmLimitKind kind, guint n_threads,
                     const FmProgress *progress, GError **error);
/** The same in two steps: what was kept of the network is made ready while the caller reads its
 *  layers.  @param via borrowed until fm_ways_finish */
FmWays *fm_ways_begin(FmWorkspace *workspace, const FmVia *via, FmLimitKind kind, guint n_threads,
                      GError **error);
gboolean fm_ways_finish(FmWays *ways, guint n_threads, const FmProgress *progress, GError **error);
void fm_ways_free(FmWays *ways);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmWays, fm_ways_free)
/** Why a place has no way to any facility: it is on no road, or the road leads nowhere. */
char *fm_ways_reason(const FmWays *ways, const FmPlaces *places, gsize place);
/** Hand the network over to the result, with the layers it was made of as inputs.
 *  @return FALSE with FM_ERROR_DATABASE */
gboolean fm_ways_give(FmWays *ways, FmWorkspace *workspace, FmResult *result, GError **error);
/** {profile, network, direction, …}, or {table, direction}. */
void fm_json_add_via(JsonBuilder *builder, const FmVia *via, gboolean table);

/* ---- select.c: the rows of a layer -------------------------------------------------------- */

typedef struct {
    FmLayerInfo *info;
    FmTable *table;
    char *title_en, *title_zh; /**< a title of the layer, or its name, with what was selected */
    gsize n, n_unlocated;
    const FmGeometry **geometries; /**< n, NULL where unlocated; borrowed from the table */
    gsize id, name_zh, name_en;    /**< columns, or FM_COLUMN_NONE */
    gsize *order; /**< by row as all others count it: row of the table; NULL = the same */
} FmFeatures;

FmFeatures *fm_features_read(FmWorkspace *workspace, const FmSelection *selection,
                             const FmProgress *progress, GError **error);
void fm_features_free(FmFeatures *features);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmFeatures, fm_features_free)

/** id-order.c: put the rows in the order of their ids.  Call it before anything counts them. */
void fm_features_order_by_id(FmFeatures *features);
/** Orders ids as people do, s9 before s10: digits by the number that they are, all else by bytes.
 *  @return < 0, 0 or > 0; 0 only for equal ids */
int fm_id_compare(const char *left, const char *right);
/** The row's `id`, or its number in the selection counted from 1.
 *  @return transfer full (g_free) */
char *fm_features_dup_id(const FmFeatures *features, gsize row);
/** Names of a row; borrowed from the table, NULL when it has none. */
const char *fm_features_name_zh(const FmFeatures *features, gsize row);
const char *fm_features_name_en(const FmFeatures *features, gsize row);
/** Copy both names of a row into two columns. */
void fm_features_put_names(const FmFeatures *features, gsize row, FmTable *table, gsize column_zh,
                           gsize column_en, gsize table_row);
/** ways.c: says how many located rows are too far from a road, and what that means for them.
 *  @param places of all rows */
void fm_ways_warn_off_road(const FmWays *ways, const FmFeatures *features, const FmPlaces *places,
                           const char *consequence, FmResult *result);
/** @return FALSE with FM_ERROR_DATA when no row has a position; `role` names them ("facility") */
gboolean fm_features_require_located(const FmFeatures *features, const char *role, GError **error);

/** The located rows as origins: a point by itself, anything else by its point on surface. */
typedef struct {
    gsize n;
    gsize *rows; /**< n: row in the features, ascending */
    FmLonLat *positions;
} FmOrigins;

FmOrigins *fm_origins_new(const FmFeatures *features);
void fm_origins_free(FmOrigins *origins);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmOrigins, fm_origins_free)

/** A weight for every row. */
typedef struct {
    const char *column; /**< borrowed from the table; NULL = every row counts 1 */
    double *values;     /**< one a row, >= 0 */
    gsize n_null;       /**< rows without a value, taken as 0 */
    double total;
} FmWeights;

/** @param column  NULL = the first of the usual names that the layer has as a number
 *  @return transfer full; NULL with FM_ERROR_NOT_FOUND, FM_ERROR_USAGE (a text column) or
 *          FM_ERROR_DATA (a negative weight: names the row) */
FmWeights *fm_weights_new(const FmFeatures *features, const char *column, GError **error);
void fm_weights_free(FmWeights *weights);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmWeights, fm_weights_free)

/* ---- areas.c: what sums are made by ------------------------------------------------------- */

typedef struct {
    FmFeatures *features;
    FmGeometryIndex *index;
} FmAreas;

/** @return transfer full; NULL with the errors of fm_workspace_read, FM_ERROR_DATA (no rows with a
 *          position) or FM_ERROR_USAGE (not polygons) */
FmAreas *fm_areas_read(FmWorkspace *workspace, const char *layer, const FmProgress *progress,
                       GError **error);
void fm_areas_free(FmAreas *areas);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmAreas, fm_areas_free)

/** The first area that contains each position, G_MAXSIZE outside all.  @param[out] area_of n */
gboolean fm_areas_assign(const FmAreas *areas, const FmLonLat *positions, gsize n, guint n_threads,
                         gsize *area_of, const FmProgress *progress, GError **error);

/* ---- titles.c ----------------------------------------------------------------------------- */

typedef enum { FM_LANG_EN, FM_LANG_ZH } FmLang;

/** "3 km" or "3 公里".  @return transfer full (g_free) */
char *fm_limit_title(const FmLimit *limit, FmLang lang);
/** "1 km, 3 km and 5 km" or "1 公里、3 公里、5 公里".  @return transfer full (g_free) */
char *fm_limits_title(const FmLimit *limits, gsize n, FmLang lang);

/** A column of a result layer. */
typedef struct {
    const char *name;
    FmColumnType type;
    const char *title_en, *title_zh, *unit;
} FmColumnSpec;

/** Add columns in order; the first gets the position fm_table_n_columns had. */
void fm_table_add_columns(FmTable *table, const FmColumnSpec *specs, gsize n);
/** Add those with a name.  @param[out] columns n: positions, FM_COLUMN_NONE of those without */
void fm_table_add_some(FmTable *table, const FmColumnSpec *specs, gsize n, gsize *columns);

/* ---- json.c ------------------------------------------------------------------------------- */

/** As json-glib writes it, but numbers in the shortest form that reads back the same.
 *  @return transfer full (g_free) */
char *fm_json_to_text(JsonNode *node);
/** The builder's document as text.  @return transfer full (g_free) */
char *fm_json_finish(JsonBuilder *builder);

void fm_json_add_text(JsonBuilder *builder, const char *name, const char *value);
void fm_json_add_count(JsonBuilder *builder, const char *name, gsize value);
/** A value that is not finite is null. */
void fm_json_add_number(JsonBuilder *builder, const char *name, double value);
/** {layer, where, as_of, …}: only what was asked for. */
void fm_json_add_selection(JsonBuilder *builder, const char *name, const FmSelection *selection);
/** {layer, n, n_unlocated} and, with weights, {weight, people}. */
void fm_json_add_features(JsonBuilder *builder, const char *name, const FmFeatures *features,
                          const FmWeights *weights);
/** The names of the layers that the result writes. */
void fm_json_add_layers(JsonBuilder *builder, const FmResult *result);

/* ---- result.c ----------------------------------------------------------------------------- */

FmResult *fm_result_new(const char *command, const char *name);
/** A layer name made of words: lower case, whatever a name cannot hold becomes '_'.
 *  @return transfer full (g_free) */
char *fm_result_slug(const char *text);
/** @param by area layer, NULL without
 *  @return FALSE with FM_ERROR_USAGE when one of the layers could not have its name */
gboolean fm_result_check_names(const char *name, const char *const *suffixes, const char *by,
                               GError **error);
/** Note a layer that was read, given by what is registered of it. */
void fm_result_add_layer_info(FmResult *result, const FmLayerInfo *info);
/** Note a layer that was read. */
void fm_result_add_input(FmResult *result, const FmFeatures *features);
/** Warn about rows without a position; `consequence` says what that means for the figures. */
void fm_result_warn_unlocated(FmResult *result, const FmFeatures *features,
                              const char *consequence);
void fm_result_warn(FmResult *result, const char *format, ...) G_GNUC_PRINTF(2, 3);
/** @param suffix  copied  @param title_en,title_zh,table transfer full */
void fm_result_add_layer(FmResult *result, const char *suffix, char *title_en, char *title_zh,
                         FmTable *table);

/** Straight-line reach is a length; a time needs a profile.
 *  @return FALSE with FM_ERROR_USAGE for a time without `via` */
gboolean fm_limit_check_kind(const FmLimit *limit, const FmVia *via, GError **error);

/** As fm_geodesic_area_m2, to 1e-7 of it; many times faster where edges are many and short. */
double fm_land_area_m2(const FmGeometry *geometry);

#endif
