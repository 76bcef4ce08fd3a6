/* Which rows of a layer are of the area that a page of an atlas shows.
 *
 * The area is of itself.  A row that names its area (`area_id`, as the layers "_by_AREA" of results
 * do) is of the area of that id.  Any other feature is of the area that its point lies in: of a
 * polygon a point inside it, of a line its middle vertex. */
#include "layers.h"

/* One area, and how rows are compared with it. */
typedef struct {
    const FmMapLayer *layer; /* of the areas */
    gsize row;
    const FmGeometry *geometry; /* may be NULL */
    FmGeometryIndex *index;
    FmExtent extent;
} Area;

static void area_clear(Area *area)
{
    g_clear_pointer(&area->index, fm_geometry_index_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Area, area_clear)

static gboolean extents_meet(const FmExtent *a, const FmExtent *b)
{
    return a->west_deg <= b->east_deg && b->west_deg <= a->east_deg &&
           a->south_deg <= b->north_deg && b->south_deg <= a->north_deg;
}

static gboolean lies_inside(const Area *area, const FmGeometry *geometry)
{
    if (!geometry || !area->index)
        return FALSE;
    FmExtent extent = fm_geometry_extent(geometry);
    if (!extents_meet(&area->extent, &extent))
        return FALSE;
    FmLonLat at = fm_geometry_dimension(geometry) == 2 ? fm_geometry_point_on_surface(geometry)
                                                       : geometry->points[geometry->n_points / 2];
    return fm_geometry_index_containing(area->index, at) == 0;
}

/* Texts of a column as a set.  Returns NULL without the column; else transfer full. */
static GHashTable *column_set(const FmTable *table, const char *name)
{
    gsize column = fm_table_find_column(table, name);
    if (column == FM_COLUMN_NONE)
        return NULL;
    GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        char *text = fm_table_dup_as_text(table, column, row);
        if (text)
            g_hash_table_add(set, text);
    }
    return set;
}

/* Do the layer's rows name areas of this atlas?  Those of another division do not. */
static gboolean names_areas(const Area *area, const FmTable *table)
{
    g_autoptr(GHashTable) named = column_set(table, "area_id");
    g_autoptr(GHashTable) ids = named ? column_set(area->layer->table, "id") : NULL;
    GHashTableIter iter;
    gpointer id = NULL;
    if (!ids)
        return FALSE;
    g_hash_table_iter_init(&iter, named);
    while (g_hash_table_iter_next(&iter, &id, NULL))
        if (g_hash_table_contains(ids, id))
            return TRUE;
    return FALSE;
}

static void mark(FmMapLayer *layer, const Area *area)
{
    const FmTable *table = layer->table;
    gsize n = fm_table_n_rows(table);
    g_free(layer->of_area);
    layer->of_area = g_new0(guint8, MAX(n, 1));
    if (table == area->layer->table) {
        layer->of_area[area->row] = TRUE;
        return;
    }
    gboolean by_id = names_areas(area, table);
    gsize area_id = fm_table_find_column(table, "area_id");
    gsize id_column = fm_table_find_column(area->layer->table, "id");
    g_autofree char *id =
        by_id ? fm_table_dup_as_text(area->layer->table, id_column, area->row) : NULL;
    for (gsize row = 0; row < n; row++) {
        g_autofree char *named = by_id ? fm_table_dup_as_text(table, area_id, row) : NULL;
        layer->of_area[row] = by_id ? id && g_strcmp0(named, id) == 0
                                    : lies_inside(area, fm_table_geometry(table, row));
    }
}

/* The layers whose rows are asked for their area. */
static GHashTable *asked_layers(const FmStyle *style, const FmPage *page)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_hash_table_add(names, g_strdup(page->atlas->layer));
    for (guint i = 0; i < page->charts->len; i++)
        g_hash_table_add(names, g_strdup(((FmPageChart *)page->charts->pdata[i])->layer));
    for (guint i = 0; i < page->tables->len; i++)
        g_hash_table_add(names, g_strdup(((FmPageTable *)page->tables->pdata[i])->layer));
    for (gsize i = 0; i < fm_style_n_layers(style); i++) {
        const FmStyleLayer *layer = fm_style_layer(style, i);
        if (fm_page_layer_area(layer) != FM_PAGE_AREA_ANY && fm_style_layer_source_layer(layer))
            g_hash_table_add(names, g_strdup(fm_style_layer_source_layer(layer)));
    }
    for (guint i = 0; i < page->values->len; i++) {
        const FmPageValue *value = page->values->pdata[i];
        if (value->of_area)
            g_hash_table_add(names, g_strdup(value->layer));
    }
    for (guint i = 0; i < page->legend->len; i++) {
        const FmPageLegendEntry *entry = page->legend->pdata[i];
        if (entry->of_area && fm_style_layer_source_layer(entry->layer))
            g_hash_table_add(names, g_strdup(fm_style_layer_source_layer(entry->layer)));
    }
    return names;
}

void fm__map_layers_set_area(FmMapLayers *layers, const FmStyle *style, const FmPage *page,
                             gsize row)
{
    g_auto(Area) area = {.layer = fm__map_layers_find(layers, page->atlas->layer), .row = row};
    area.geometry = fm_table_geometry(area.layer->table, row);
    if (area.geometry && fm_geometry_dimension(area.geometry) == 2) {
        area.index = fm_geometry_index_new(&area.geometry, 1);
        area.extent = fm_geometry_extent(area.geometry);
    }
    g_autoptr(GHashTable) names = asked_layers(style, page);
    GHashTableIter iter;
    gpointer name = NULL;
    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        FmMapLayer *layer = fm__map_layers_edit(layers, name);
        if (layer)
            mark(layer, &area);
    }
}
