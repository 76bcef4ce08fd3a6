/* GeoJSON to the flat arrays of FmGeometry: `depth` arrays of positions, of which the lowest is a
 * path and the one above it a part. */
#include "geojson.h"

#include <math.h>
#include <string.h>

typedef struct {
    GArray *points;    /* FmLonLat */
    GArray *path_ends; /* gsize */
    GArray *part_ends; /* gsize */
} Builder;

static Builder builder_new(void)
{
    return (Builder){g_array_new(FALSE, FALSE, sizeof(FmLonLat)),
                     g_array_new(FALSE, FALSE, sizeof(gsize)),
                     g_array_new(FALSE, FALSE, sizeof(gsize))};
}

static void builder_clear(Builder *builder)
{
    g_array_unref(builder->points);
    g_array_unref(builder->path_ends);
    g_array_unref(builder->part_ends);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Builder, builder_clear)

static void end_path(Builder *builder)
{
    const gsize n = builder->points->len;
    g_array_append_val(builder->path_ends, n);
}

static void end_part(Builder *builder)
{
    const gsize n = builder->path_ends->len;
    g_array_append_val(builder->part_ends, n);
}

static gboolean is_number(JsonNode *json)
{
    const GType type = JSON_NODE_HOLDS_VALUE(json) ? json_node_get_value_type(json) : G_TYPE_NONE;
    return (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE) && isfinite(json_node_get_double(json));
}

static gboolean add_position(Builder *builder, JsonArray *json)
{
    if (json_array_get_length(json) < 2 || !is_number(json_array_get_element(json, 0)) ||
        !is_number(json_array_get_element(json, 1))) {
        return FALSE;
    }
    const FmLonLat position = {json_array_get_double_element(json, 0),
                               json_array_get_double_element(json, 1)};
    g_array_append_val(builder->points, position);
    return TRUE;
}

/* depth  arrays above the positions: 0 is a position, 1 a list of them … */
static gboolean add_positions(Builder *builder, JsonNode *json, guint depth)
{
    if (!JSON_NODE_HOLDS_ARRAY(json)) {
        return FALSE;
    }
    JsonArray *array = json_node_get_array(json);
    if (depth == 0) {
        return add_position(builder, array);
    }
    if (json_array_get_length(array) == 0) {
        return FALSE;
    }
    for (guint i = 0; i < json_array_get_length(array); i++) {
        if (!add_positions(builder, json_array_get_element(array, i), depth - 1)) {
            return FALSE;
        }
        if (depth == 2) {
            end_path(builder);
        } else if (depth == 3) {
            end_part(builder);
        }
    }
    return TRUE;
}

/* What add_positions does not close: paths of single points and lines, parts of single paths. */
static void close_builder(Builder *builder, FmGeometryType type)
{
    if (type == FM_GEOMETRY_POINT || type == FM_GEOMETRY_MULTIPOINT) {
        for (gsize i = 1; i <= builder->points->len; i++) {
            g_array_append_val(builder->path_ends, i);
        }
    } else if (type == FM_GEOMETRY_LINESTRING) {
        end_path(builder);
    }
    if (type == FM_GEOMETRY_POLYGON) {
        end_part(builder);
    } else if (type != FM_GEOMETRY_MULTIPOLYGON) {
        for (gsize i = 1; i <= builder->path_ends->len; i++) {
            g_array_append_val(builder->part_ends, i);
        }
    }
}

static void *copy_array(FmArena *arena, const GArray *array, gsize size)
{
    char *copy = fm__arena_new(arena, char, array->len *size);
    memcpy(copy, array->data, array->len * size);
    return copy;
}

const FmGeometry *fm__geojson_geometry(JsonNode *json, FmArena *arena)
{
    static const struct {
        const char *name;
        FmGeometryType type;
        guint depth;
    } types[] = {
        {"Point", FM_GEOMETRY_POINT, 0},
        {"MultiPoint", FM_GEOMETRY_MULTIPOINT, 1},
        {"LineString", FM_GEOMETRY_LINESTRING, 1},
        {"MultiLineString", FM_GEOMETRY_MULTILINESTRING, 2},
        {"Polygon", FM_GEOMETRY_POLYGON, 2},
        {"MultiPolygon", FM_GEOMETRY_MULTIPOLYGON, 3},
    };
    JsonObject *object =
        json != NULL && JSON_NODE_HOLDS_OBJECT(json) ? json_node_get_object(json) : NULL;
    JsonNode *coordinates = object != NULL ? json_object_get_member(object, "coordinates") : NULL;
    const char *name =
        object != NULL ? json_object_get_string_member_with_default(object, "type", NULL) : NULL;
    for (gsize i = 0; coordinates != NULL && i < G_N_ELEMENTS(types); i++) {
        if (g_strcmp0(name, types[i].name) != 0) {
            continue;
        }
        g_auto(Builder) builder = builder_new();
        if (!add_positions(&builder, coordinates, types[i].depth)) {
            return NULL;
        }
        close_builder(&builder, types[i].type);
        FmGeometry *geometry = fm__arena_new(arena, FmGeometry, 1);
        *geometry = (FmGeometry){
            .type = types[i].type,
            .n_points = builder.points->len,
            .n_paths = builder.path_ends->len,
            .n_parts = builder.part_ends->len,
            .points = copy_array(arena, builder.points, sizeof(FmLonLat)),
            .path_end = copy_array(arena, builder.path_ends, sizeof(gsize)),
            .part_end = copy_array(arena, builder.part_ends, sizeof(gsize)),
        };
        return geometry;
    }
    return NULL;
}

/* The geometry of a feature, or the JSON itself when it is none. */
static JsonNode *geometry_of(JsonNode *json)
{
    JsonObject *object = JSON_NODE_HOLDS_OBJECT(json) ? json_node_get_object(json) : NULL;
    const char *type =
        object != NULL ? json_object_get_string_member_with_default(object, "type", NULL) : NULL;
    return g_strcmp0(type, "Feature") == 0 ? json_object_get_member(object, "geometry") : json;
}

const FmGeometry **fm__geojson_geometries(JsonNode *json, FmArena *arena, gsize *n)
{
    JsonObject *object = JSON_NODE_HOLDS_OBJECT(json) ? json_node_get_object(json) : NULL;
    const char *type =
        object != NULL ? json_object_get_string_member_with_default(object, "type", NULL) : NULL;
    JsonNode *features = g_strcmp0(type, "FeatureCollection") == 0
                             ? json_object_get_member(object, "features")
                             : NULL;
    const gboolean many = features != NULL && JSON_NODE_HOLDS_ARRAY(features);
    JsonArray *array = many ? json_node_get_array(features) : NULL;
    *n = many ? json_array_get_length(array) : 1;
    const FmGeometry **geometries = fm__arena_new(arena, const FmGeometry *, *n);
    for (gsize i = 0; i < *n; i++) {
        JsonNode *each = many ? json_array_get_element(array, (guint)i) : json;
        geometries[i] = fm__geojson_geometry(geometry_of(each), arena);
        if (geometries[i] == NULL) {
            return NULL;
        }
    }
    return geometries;
}
