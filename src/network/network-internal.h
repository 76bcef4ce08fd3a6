/* What the files of the road network share: a profile as it is read, lines with their vertices,
 * pieces between junctions, and the network that is made of them. */
#ifndef FM_NETWORK_INTERNAL_H
#define FM_NETWORK_INTERNAL_H

#include <facmap/network.h>

#define FM_KMH (1 / 3.6) /* one km/h in m/s */

/* ---- profile.c, profile-read.c ------------------------------------------------------------- */

/** What a column of a layer can mean to a network, whatever it is called there. */
typedef enum {
    FM_ROAD_FROM,
    FM_ROAD_TO,
    FM_ROAD_FORWARD,
    FM_ROAD_BACKWARD,
    FM_ROAD_ONEWAY,
    FM_ROAD_ROUNDABOUT,
    FM_ROAD_SPEED_KMH,
    FM_ROAD_MAXSPEED,
    FM_ROAD_LENGTH_M,
    FM_ROAD_CLASS,
    FM_ROAD_N_COLUMNS,
} FmRoadColumn;

/** A condition on one tag: the column has one of the values. */
typedef struct {
    char *tag;
    char **values;
    double factor; /**< of the speed; 1 where the rule is no matter of speed */
} FmTagRule;

typedef enum {
    FM_MAXSPEED_IGNORED,
    FM_MAXSPEED_CAPS,     /**< it bounds the speed of the class */
    FM_MAXSPEED_FOLLOWED, /**< it is, times a factor, the speed */
} FmMaxspeedUse;

struct FmProfile {
    char *name, *title_en, *title_zh, *sha256;
    double access_mps;

    double default_mps;    /**< of roads without a class, and of classes opened by a tag */
    GHashTable *class_mps; /**< class → double* */
    FmMaxspeedUse maxspeed;
    double maxspeed_factor;
    GHashTable *zones_mps;   /**< "CN:urban", "walk", "none" → double* */
    gboolean speed_column;   /**< is a column of driven speeds used? */
    double min_mps, max_mps; /**< bounds after all factors */
    GPtrArray *factors;      /**< FmTagRule */

    gboolean oneway_ignored;
    GPtrArray *oneway_exempt; /**< FmTagRule: a one-way road that is none for this profile */
    char **oneway_classes;    /**< classes that are one-way unless they say "no" */

    char **access_tags; /**< from general to specific */
    char **access_no, **access_yes;
    GPtrArray *deny; /**< FmTagRule: never used */

    gboolean has_turns;
    double left_s, straight_s, right_s, u_turn_s;
    double crossing_s;            /**< of a class that the table below does not have */
    GHashTable *class_crossing_s; /**< class → double* */

    char *columns[FM_ROAD_N_COLUMNS]; /**< the user's own names, NULL = by rule */
};

/** Fills a profile from JSON text.  @param file for messages */
FmProfile *fm_profile_parse(const char *text, gsize length, const char *file, GError **error);
/** The keys of FmProfile.columns, NULL-terminated, in the order of FmRoadColumn. */
extern const char *const fm_profile_column_keys[FM_ROAD_N_COLUMNS + 1];

/* ---- tags.c -------------------------------------------------------------------------------- */

typedef enum {
    FM_ONEWAY_UNKNOWN, /**< no tag, or a value that says nothing */
    FM_ONEWAY_NO,
    FM_ONEWAY_FORWARD,
    FM_ONEWAY_BACKWARD,
    FM_ONEWAY_CHANGING, /**< reversible: nobody knows when */
} FmOneway;

FmOneway fm_tag_oneway(const char *value);
/** The same in Geofabrik's shapefiles: B, F, T. */
FmOneway fm_tag_oneway_fclass(const char *value);

typedef enum {
    FM_MAXSPEED_UNKNOWN, /**< signals, variable, a zone nobody listed, no value */
    FM_MAXSPEED_KNOWN,
    FM_MAXSPEED_BAD, /**< it looks like a speed and is none: zero, negative */
} FmMaxspeedState;

/** "50", "30 mph", "50;30" (the lowest), "CN:urban", "none".
 *  @param zones as FmProfile.zones_mps, may be NULL  @param[out] mps metres a second */
FmMaxspeedState fm_tag_maxspeed(const char *value, GHashTable *zones, double *mps);
/** "20", "00:20", "1:05:30", "PT20M".  @return FALSE when it is none of these, or nothing */
gboolean fm_tag_duration(const char *value, double *seconds);
/** "yes", "true", "1", "t" … @return FALSE when it is neither yes nor no */
gboolean fm_tag_boolean(const char *value, gboolean *out);

/* ---- road.c: one row through the eyes of a profile ----------------------------------------- */

typedef struct {
    const char *layer; /**< for messages; borrowed, as all here */
    const FmTable *table;
    const FmProfile *profile;
    gsize column[FM_ROAD_N_COLUMNS]; /**< FM_COLUMN_NONE where absent */
    gsize route, duration, junction;
    gboolean fclass; /**< a shapefile of Geofabrik: other words for one-way */
    gsize *access;   /**< column by access tag; owned */
} FmRoadReader;

typedef struct {
    gboolean road;     /**< FALSE: the row is something else, a river or a railway */
    double mps[2];     /**< by FmEdgeDirection; 0 = not passable */
    double length_m;   /**< as the layer says; NaN where it does not */
    double crossing_s; /**< for passing a junction with this road */
    gboolean bad_maxspeed;
} FmRoad;

/** @return FALSE with FM_ERROR_NOT_FOUND: the profile names a column that is not there */
gboolean fm_road_reader_init(FmRoadReader *reader, const char *layer, const FmTable *table,
                             const FmProfile *profile, GError **error);
void fm_road_reader_clear(FmRoadReader *reader);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmRoadReader, fm_road_reader_clear)
/** @param geodesic_m length of the row's geometry
 *  @return FALSE with FM_ERROR_DATA: a length or speed that is not > 0 */
gboolean fm_road_read(const FmRoadReader *reader, gsize row, double geodesic_m, FmRoad *road,
                      GError **error);

/* ---- vertex-map.c: numbers for positions and ids ------------------------------------------- */

/** Gives the numbers 0, 1, 2 … to 64-bit keys in the order in which they come.  Open addressing. */
typedef struct {
    guint64 *keys;
    guint32 *values; /**< FM_NODE_NONE = free */
    gsize capacity;
    guint32 n;
} FmVertexMap;

void fm_vertex_map_init(FmVertexMap *map);
void fm_vertex_map_clear(FmVertexMap *map);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmVertexMap, fm_vertex_map_clear)
/** @param value what a new key gets  @return the key's value */
guint32 fm_vertex_map_put(FmVertexMap *map, guint64 key, guint32 value);
/** FM_NODE_NONE when it is not there. */
guint32 fm_vertex_map_get(const FmVertexMap *map, guint64 key);
/** A position on the grid of OpenStreetMap, 1e-7 degrees. */
guint64 fm_vertex_key(FmLonLat position);

/* ---- what was found while building --------------------------------------------------------- */

typedef enum {
    FM_FOUND_IMPASSABLE,
    FM_FOUND_UNLOCATED,
    FM_FOUND_DEGENERATE,
    FM_FOUND_LENGTH,
    FM_FOUND_MAXSPEED,
    FM_FOUND_N_KINDS,
} FmFoundKind;

typedef struct {
    guint32 kind;      /**< FmFoundKind */
    guint32 feature;   /**< FmNetwork.features */
    double value;      /**< FM_FOUND_LENGTH: how much longer the layer says it is, m */
    FmLonLat position; /**< NaN where there is none */
} FmFound;

/* ---- lines.c: the layer's lines, and which of their vertices are the same ------------------ */

typedef struct {
    guint32 feature;
    guint32 first, n; /**< points */
    double mps[2], crossing_s;
    double stretch; /**< length as the layer says / geodesic length */
    gboolean alone; /**< its length is doubtful, so it is not joined with others */
} FmLine;

typedef struct {
    GArray *points; /**< FmLonLat */
    GArray *vertex; /**< guint32 by point: number of the vertex, FM_NODE_NONE = no node ever */
    GArray *lines;  /**< FmLine */
    guint32 n_vertices;
    FmVertexMap positions; /**< key of a position → vertex */
    GPtrArray *features;   /**< char*: ids of the layer's rows, then of opened roads */
    GArray *found;         /**< FmFound */
    gint64 n_features, n_impassable, n_unlocated, n_degenerate;
} FmLines;

FmLines *fm_lines_new(void);
void fm_lines_free(FmLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmLines, fm_lines_free)
/** Adds the rows of a layer that the profile may use.
 *  @param ids use node ids where the layer has them
 *  @return FALSE with FM_ERROR_DATA (no line, a length or speed that is not > 0),
 *          FM_ERROR_NOT_FOUND (a column), FM_ERROR_LIMIT or FM_ERROR_CANCELLED */
gboolean fm_lines_add(FmLines *lines, const char *layer, const FmTable *table,
                      const FmProfile *profile, gboolean ids, const FmProgress *progress,
                      GError **error);

/* ---- pieces.c: lines cut at junctions ------------------------------------------------------ */

/** A piece of a line between two junctions of the layer. */
typedef struct {
    guint32 node[2];  /**< where its points begin and end */
    guint32 first, n; /**< points of FmLines */
    guint32 line;
    double length_m;
} FmPiece;

typedef struct {
    GArray *pieces;    /**< FmPiece */
    GArray *segment_m; /**< double by point of FmLines: from it to the next of its line, else 0 */
    guint32 n_nodes;   /**< numbered in the order of their vertices */
} FmPieces;

/** Vertices that two lines share, that one line passes twice, or at which a line ends are nodes. */
FmPieces *fm_pieces_new(const FmLines *lines);
void fm_pieces_free(FmPieces *pieces);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmPieces, fm_pieces_free)

/* ---- chains.c: pieces joined where only two meet ------------------------------------------- */

typedef struct {
    guint32 node[2];
    guint32 first, n; /**< points of FmRoads */
    guint32 feature;  /**< of the first piece */
    guint32 reserved; /**< 0: the struct has no hole when it is kept */
    double length_m;
    double mps[2]; /**< by FmEdgeDirection; 0 = not passable */
} FmRoadEdge;

/** The network as it is kept: nothing here depends on what costs are. */
typedef struct {
    guint32 n_nodes;
    GArray *edges;      /**< FmRoadEdge */
    GArray *points;     /**< FmLonLat */
    GArray *segment_m;  /**< double by point: from it to the next of its edge, else 0 */
    GArray *crossing_s; /**< double by node */
    GPtrArray *features;
    GArray *found;
    gint64 n_features, n_impassable, n_unlocated, n_degenerate;
} FmRoads;

FmRoads *fm_roads_alloc(void);
void fm_roads_free(FmRoads *roads);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmRoads, fm_roads_free)
/** Joins chains of pieces of the same speeds.  O(n).  @return transfer full */
FmRoads *fm_roads_new(const FmLines *lines, const FmPieces *pieces);

/* ---- roads-blob.c -------------------------------------------------------------------------- */

/** @return transfer full; NULL when they are more than a cache takes */
GBytes *fm_roads_to_bytes(const FmRoads *roads);
/** Nothing in `bytes` is trusted.  @return transfer full; NULL with FM_ERROR_PARSE */
FmRoads *fm_roads_from_bytes(GBytes *bytes, GError **error);

/* ---- arcs.c: the graph of the roads -------------------------------------------------------- */

/** How the edges of the roads are arcs of a graph: between junctions, or with turn costs between
 *  edges. */
typedef struct {
    FmGraph *graph;
    guint32 *begin;      /**< 2 an edge, by direction: graph node, FM_NODE_NONE = not passable */
    double *cost;        /**< 2 an edge; INFINITY = not passable */
    double *cost_per_m;  /**< likewise */
    guint32 *ends_first; /**< 2 an edge + 1 */
    FmSeed *ends;
    guint32 *arc_way;   /**< edge * 2 + direction by arc */
    guint32 *island;    /**< by edge */
    guint32 *component; /**< strong component by junction, numbered by falling size */
    guint32 n_components;
} FmArcs;

void fm_arcs_clear(FmArcs *arcs);
gboolean fm_arcs_init(FmArcs *arcs, const FmRoads *roads, const FmProfile *profile,
                      FmLimitKind cost, GError **error);
/** Seconds for turning from one bearing into another, both in degrees of travel. */
double fm_turn_s(const FmProfile *profile, double from_deg, double to_deg);

/* ---- open-roads.c, close-roads.c ----------------------------------------------------------- */

/** Reads layer `name`, adds its lines as roads, and ties their ends to what they touch. */
gboolean fm_roads_open(FmLines *lines, FmWorkspace *workspace, const char *name,
                       const FmProfile *profile, GPtrArray *warnings, GError **error);
/** Takes away the pieces that features of layer `name` close. */
gboolean fm_roads_close(FmPieces *pieces, const FmLines *lines, FmWorkspace *workspace,
                        const char *name, GPtrArray *warnings, GError **error);
FmExtent fm_extent_of_points(const FmLonLat *points, gsize n);
gboolean fm_extents_meet(const FmExtent *a, const FmExtent *b);
/** Wider on every side by at least so much. */
FmExtent fm_extent_widened(FmExtent extent, double by_m);

/* ---- network.c ----------------------------------------------------------------------------- */

/** What is between fm_network_begin() and fm_network_finish(). */
typedef struct {
    GBytes *kept; /* roads, or NULL: they have to be built */
    const FmProfile *profile;
    FmTask *task; /* makes ready what was kept; NULL once it was joined */
    GError *error;
} FmOpening;

struct FmNetwork {
    char **layers; /* NULL-terminated */
    char *profile; /* name */
    char *key;     /* fingerprint of what it was made from; NULL: not to be kept */
    FmLimitKind cost;
    double access_cost_per_m;
    FmRoads *roads;
    FmArcs arcs;
    FmHierarchy *hierarchy;
    FmWorkspace *workspace;              /* borrowed: where a hierarchy may be kept */
    gboolean roads_kept, hierarchy_kept; /* came from the cache */
    FmOpening opening;
    GPtrArray *warnings;
};

/* ---- network-cache.c ----------------------------------------------------------------------- */

/** The roads as they were kept.  @param[out] out transfer full, NULL if they were not */
gboolean fm_network_kept_roads(const FmNetwork *network, GBytes **out, GError **error);

#endif
