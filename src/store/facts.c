/* What the registry says about a layer (counts, extent, hash) and what its index is made of,
 * gathered row by row in bounded memory, so that no new layer has to be read again. */
#include "store-internal.h"

/* For the entries of the R*Tree; what does not fit is sorted on disk. */
#define ENTRY_MEMORY_BYTES (1u << 20)

static void begin(FmLayerFacts *facts)
{
    facts->n_rows = 0;
    facts->n_unlocated = 0;
    facts->extent = fm_extent_empty();
    facts->hash = fm_table_hash_new(facts->columns);
    if (fm_table_geometry_type(facts->columns) != FM_GEOMETRY_NONE) {
        facts->entries = fm_sorter_new(sizeof(FmRtreeEntry), ENTRY_MEMORY_BYTES);
    }
}

static void end(FmLayerFacts *facts)
{
    g_clear_pointer(&facts->hash, fm_table_hash_free);
    g_clear_pointer(&facts->entries, fm_sorter_free);
}

void fm_layer_facts_init(FmLayerFacts *facts, FmTable *columns)
{
    *facts = (FmLayerFacts){.columns = columns};
    begin(facts);
}

void fm_layer_facts_clear(FmLayerFacts *facts)
{
    end(facts);
    g_clear_pointer(&facts->columns, fm_table_free);
}

void fm_layer_facts_reset(FmLayerFacts *facts)
{
    end(facts);
    begin(facts);
}

static gboolean add_geometry(FmLayerFacts *facts, const FmGeometry *geometry, gint64 fid,
                             GError **error)
{
    if (geometry == NULL) {
        facts->n_unlocated++;
        return TRUE;
    }
    FmExtent extent = fm_geometry_extent(geometry);
    FmRtreeEntry entry = fm_rtree_entry(fid, &extent);
    facts->extent = fm_extent_union(facts->extent, extent);
    return fm_sorter_add(facts->entries, &entry, error);
}

gboolean fm_layer_facts_add(FmLayerFacts *facts, const FmTable *rows, gsize from, gsize to,
                            const gint64 *fids, GError **error)
{
    if (facts->entries != NULL) {
        for (gsize row = from; row < to; row++) {
            gint64 fid = fids != NULL ? fids[row - from] : facts->n_rows + (gint64)(row - from) + 1;
            if (!add_geometry(facts, fm_table_geometry(rows, row), fid, error)) {
                return FALSE;
            }
        }
    }
    fm_table_hash_add(facts->hash, rows, from, to);
    facts->n_rows += (gint64)(to - from);
    return TRUE;
}
