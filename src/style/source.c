/* The sources of a document: what facmap draws is in the workspace or in raster files. */
#include "style-document.h"

#include <math.h>
#include <string.h>

/* ---- pictures --------------------------------------------------------------------------- */

gboolean fm__source_corners(JsonObject *source, FmLonLat out[4])
{
    JsonNode *node = json_object_get_member(source, "coordinates");
    const double most_lat_deg = 90;
    FmLonLat corners[4];
    JsonArray *list =
        node != NULL && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
    if (list == NULL || json_array_get_length(list) != G_N_ELEMENTS(corners)) {
        return FALSE;
    }
    for (guint i = 0; i < G_N_ELEMENTS(corners); i++) {
        JsonNode *item = json_array_get_element(list, i);
        JsonArray *pair = JSON_NODE_HOLDS_ARRAY(item) ? json_node_get_array(item) : NULL;
        if (pair == NULL || json_array_get_length(pair) != 2 ||
            !fm__json_is_number(json_array_get_element(pair, 0)) ||
            !fm__json_is_number(json_array_get_element(pair, 1))) {
            return FALSE;
        }
        corners[i] = (FmLonLat){json_array_get_double_element(pair, 0),
                                json_array_get_double_element(pair, 1)};
        if (fabs(corners[i].lat_deg) > most_lat_deg) {
            return FALSE;
        }
    }
    memcpy(out, corners, sizeof corners);
    return TRUE;
}

/* `url` is a file that GDAL reads; what tells tiles on a server apart means nothing for it. */
static gboolean check_picture(JsonObject *source, const char *type, const FmPlace *at)
{
    static const FmMember members[] = {
        {"type", FM_MEMBER_STRING},       {"url", FM_MEMBER_STRING},
        {"coordinates", FM_MEMBER_ARRAY}, {"attribution", FM_MEMBER_STRING},
        {"bounds", FM_MEMBER_ARRAY},      {"minzoom", FM_MEMBER_NUMBER},
        {"maxzoom", FM_MEMBER_NUMBER},    {"tileSize", FM_MEMBER_NUMBER},
        {"scheme", FM_MEMBER_STRING},     {"volatile", FM_MEMBER_ANY},
        {"emptyResponse", FM_MEMBER_ANY}, {"tiles", FM_MEMBER_UNSUPPORTED},
    };
    FmLonLat corners[4];
    if (!fm__document_check_members(source, members, G_N_ELEMENTS(members), at)) {
        return FALSE;
    }
    const char *url = json_object_get_string_member_with_default(source, "url", "");
    if (*url == '\0') {
        return fm__document_error(at, FM_ERROR_PARSE,
                                  "missing required property \"url\": the raster file to draw");
    }
    if (strcmp(type, "image") == 0 && !fm__source_corners(source, corners)) {
        return fm__document_error(at, FM_ERROR_PARSE,
                                  "coordinates: four corners [longitude, latitude] expected, from "
                                  "the top left clockwise");
    }
    return TRUE;
}

/* ---- all of them ------------------------------------------------------------------------ */

/* Sources make the document valid elsewhere; facmap draws workspace layers.  What would change the
 * data in another program is refused. */
static gboolean check_source(const char *name, JsonNode *json, const FmPlace *at)
{
    static const FmMember geojson[] = {
        {"type", FM_MEMBER_STRING},
        {"data", FM_MEMBER_ANY},
        {"maxzoom", FM_MEMBER_NUMBER},
        {"attribution", FM_MEMBER_STRING},
        {"buffer", FM_MEMBER_NUMBER},
        {"tolerance", FM_MEMBER_NUMBER},
        {"lineMetrics", FM_MEMBER_ANY},
        {"generateId", FM_MEMBER_ANY},
        {"promoteId", FM_MEMBER_ANY},
        {"filter", FM_MEMBER_UNSUPPORTED},
        {"cluster", FM_MEMBER_UNSUPPORTED},
        {"clusterRadius", FM_MEMBER_UNSUPPORTED},
        {"clusterMaxZoom", FM_MEMBER_UNSUPPORTED},
        {"clusterMinPoints", FM_MEMBER_UNSUPPORTED},
        {"clusterProperties", FM_MEMBER_UNSUPPORTED},
    };
    g_autofree char *place = g_strdup_printf("%s: sources.%s", at->place, name);
    const FmPlace here = {place, at->error};
    if (!JSON_NODE_HOLDS_OBJECT(json)) {
        return fm__document_error(&here, FM_ERROR_PARSE, "object expected, %s found",
                                  fm__json_kind(json));
    }
    JsonObject *source = json_node_get_object(json);
    JsonNode *member = json_object_get_member(source, "type");
    const char *type = member != NULL ? fm__json_string(member) : NULL;
    if (type == NULL) {
        return fm__document_error(&here, FM_ERROR_PARSE, "missing required property \"type\"");
    }
    if (strcmp(type, "geojson") == 0) {
        return fm__document_check_members(source, geojson, G_N_ELEMENTS(geojson), &here);
    }
    if (strcmp(type, "vector") == 0) {
        return TRUE; /* the specification allows any member there */
    }
    if (strcmp(type, "raster") == 0 || strcmp(type, "image") == 0) {
        return check_picture(source, type, &here);
    }
    const gboolean known = fm__name_in_list(type, "raster-dem video");
    return fm__document_error(&here, known ? FM_ERROR_UNSUPPORTED : FM_ERROR_PARSE,
                              "a source of type \"%s\" cannot be drawn; use geojson, vector, "
                              "raster or image",
                              type);
}

gboolean fm__sources_check(JsonObject *sources, const FmPlace *at)
{
    JsonObjectIter iter;
    const char *name = NULL;
    JsonNode *source = NULL;
    json_object_iter_init_ordered(&iter, sources);
    while (json_object_iter_next_ordered(&iter, &name, &source)) {
        if (!check_source(name, source, at)) {
            return FALSE;
        }
    }
    return TRUE;
}
