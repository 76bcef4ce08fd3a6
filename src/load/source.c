/* One source and how to read it: a plain record. */
#include "load-internal.h"

FmSource *fm_source_new(const char *path)
{
    FmSource *source = g_new0(FmSource, 1);

    source->path = g_strdup(path);
    return source;
}

void fm_source_free(FmSource *source)
{
    if (source == NULL) {
        return;
    }
    char *const texts[] = {source->path,      source->ogr_layer, source->kind,      source->layer,
                           source->crs,       source->encoding,  source->x_field,   source->y_field,
                           source->wkt_field, source->title_en,  source->title_zh,  source->licence,
                           source->source,    source->note,      source->locate_by, source->key};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_free(texts[i]);
    }
    g_clear_pointer(&source->fields, g_hash_table_unref);
    fm_synonyms_unref(source->synonyms);
    g_clear_pointer(&source->column_titles, g_ptr_array_unref);
    g_free(source);
}
