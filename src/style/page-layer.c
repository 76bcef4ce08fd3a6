/* What a style layer is on the page, from the metadata keys of the layer that begin with "facmap:":
 * checked with the page, then looked up where it is drawn. */
#include "classes.h"
#include "page-read.h"
#include "theme.h"

#define LEADER_MAX_EM 40.0
#define DISPLACE_MAX_MM 20.0
#define CLUSTER_MAX_MM 100.0

/* ---- reading ---------------------------------------------------------------------------- */

/* What becomes of symbols that pile up. */
static void read_crowd(FmPageReader *reader, const FmStyleLayer *layer, JsonObject *metadata,
                       const char *where)
{
    fm__page_number(reader, metadata, where, "facmap:displace", 0, 0, DISPLACE_MAX_MM);
    fm__page_number(reader, metadata, where, "facmap:cluster", 0, 0, CLUSTER_MAX_MM);
    gboolean displaces = json_object_has_member(metadata, "facmap:displace");
    gboolean clusters = json_object_has_member(metadata, "facmap:cluster");
    if ((displaces || clusters) && fm_style_layer_type(layer) != FM_STYLE_SYMBOL)
        fm__page_fail(reader, where, FM_ERROR_PARSE, "'facmap:%s' is for layers of type \"symbol\"",
                      displaces ? "displace" : "cluster");
}

void fm__page_layer_read(FmPageReader *reader, const FmStyleLayer *layer, JsonObject *metadata,
                         FmPage *page)
{
    static const char *const keys[] = {"facmap:legend",
                                       "facmap:optional",
                                       "facmap:obstacle",
                                       "facmap:inside",
                                       "facmap:outside",
                                       "facmap:leader",
                                       "facmap:text-field",
                                       "facmap:classes",
                                       "facmap:of-area",
                                       "facmap:displace",
                                       "facmap:cluster",
                                       "facmap:at-end",
                                       NULL};
    const char *const *themes = fm__theme_keys();
    g_autofree char *where = g_strdup_printf("layer '%s': metadata", fm_style_layer_id(layer));
    g_autoptr(GList) members = json_object_get_members(metadata);
    for (const GList *member = members; member; member = member->next)
        if (g_str_has_prefix(member->data, FM_PAGE_PREFIX) &&
            !g_strv_contains(keys, member->data) && !g_strv_contains(themes, member->data))
            fm__page_fail(reader, where, FM_ERROR_PARSE, "unknown key '%s'",
                          (const char *)member->data);
    fm__page_boolean(reader, metadata, where, "facmap:optional", FALSE);
    fm__page_boolean(reader, metadata, where, "facmap:inside", FALSE);
    fm__page_boolean(reader, metadata, where, "facmap:outside", FALSE);
    fm__page_boolean(reader, metadata, where, "facmap:at-end", FALSE);
    fm__page_area_read(reader, metadata, where);
    fm__page_number(reader, metadata, where, "facmap:leader", 0, 0, LEADER_MAX_EM);
    fm__page_number(reader, metadata, where, "facmap:obstacle", 0, 0, 1);
    read_crowd(reader, layer, metadata, where);
    g_autofree char *path = g_strconcat(where, ".facmap:legend", NULL);
    if (json_object_has_member(metadata, "facmap:classes")) {
        g_autofree char *classes = g_strconcat(where, ".facmap:classes", NULL);
        fm__classes_spec_free(fm__classes_spec_read(
            reader, layer, json_object_get_member(metadata, "facmap:classes"), classes));
    }
    fm__theme_check(reader, layer, metadata, where);
    if (json_object_has_member(metadata, "facmap:legend"))
        fm__page_legend(reader, layer, json_object_get_member(metadata, "facmap:legend"), path,
                        page->legend);
}

/* ---- looking up ------------------------------------------------------------------------- */

static gboolean is_set(const FmStyleLayer *layer, const char *key)
{
    JsonObject *metadata = fm__style_layer_metadata(layer);
    return metadata && json_object_get_boolean_member_with_default(metadata, key, FALSE);
}

static double number_of(const FmStyleLayer *layer, const char *key)
{
    JsonObject *metadata = fm__style_layer_metadata(layer);
    return metadata ? json_object_get_double_member_with_default(metadata, key, 0) : 0;
}

gboolean fm_page_layer_is_optional(const FmStyleLayer *layer)
{
    return is_set(layer, "facmap:optional");
}

gboolean fm_page_layer_is_inside(const FmStyleLayer *layer)
{
    return is_set(layer, "facmap:inside");
}

gboolean fm_page_layer_is_outside(const FmStyleLayer *layer)
{
    return is_set(layer, "facmap:outside");
}

gboolean fm_page_layer_is_at_end(const FmStyleLayer *layer)
{
    return is_set(layer, "facmap:at-end");
}

double fm_page_layer_leader_em(const FmStyleLayer *layer)
{
    return number_of(layer, "facmap:leader");
}

double fm_page_layer_displace_mm(const FmStyleLayer *layer)
{
    return number_of(layer, "facmap:displace");
}

double fm_page_layer_cluster_mm(const FmStyleLayer *layer)
{
    return number_of(layer, "facmap:cluster");
}

double fm_page_layer_obstacle(const FmStyleLayer *layer)
{
    return number_of(layer, "facmap:obstacle");
}

gboolean fm_page_layer_is_unlisted(const FmStyleLayer *layer)
{
    JsonObject *metadata = fm__style_layer_metadata(layer);
    JsonNode *node = metadata ? json_object_get_member(metadata, "facmap:legend") : NULL;
    return node && JSON_NODE_HOLDS_VALUE(node);
}
