/* From the source's columns to the layer's: what the caller maps, then the usual headings, then
 * everything else under its own name.  The columns that gave the position are not kept: their
 * numbers are in the source's CRS, and beside the layer's geometry they would mislead. */
#include "columns.h"

#include <stdlib.h>
#include <string.h>

static void mapped_column_clear(gpointer data)
{
    g_free(((FmMappedColumn *)data)->name);
}

const FmMappedColumn *fm_mapped(const FmColumnMap *map, guint i)
{
    return &g_array_index(map->columns, FmMappedColumn, i);
}

gboolean fm_mapper_has_field(const FmColumnMap *map, FmField field)
{
    for (guint i = 0; i < map->columns->len; i++) {
        if (fm_mapped(map, i)->field == field) {
            return TRUE;
        }
    }
    return FALSE;
}

gboolean fm_mapper_has_name(const FmColumnMap *map, const char *name)
{
    for (guint i = 0; i < map->columns->len; i++) {
        if (g_ascii_strcasecmp(fm_mapped(map, i)->name, name) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static FmColumnType column_type(const FmMapper *mapper, const char *name, gsize source,
                                FmField field)
{
    if (field != FM_FIELD_NONE) {
        return fm_field_info(field)->type;
    }
    gsize there =
        mapper->existing != NULL ? fm_table_find_column(mapper->existing, name) : FM_COLUMN_NONE;
    if (there != FM_COLUMN_NONE) {
        return fm_table_column_type(mapper->existing, there);
    }
    return mapper->raw->typed ? fm_table_column_type(mapper->raw->table, source)
                              : fm_infer_type(mapper->raw->table, source);
}

void fm_mapper_add(FmMapper *mapper, const char *name, gsize source, FmField field)
{
    FmMappedColumn column = {
        .name = g_strdup(field != FM_FIELD_NONE ? fm_field_info(field)->name : name),
        .source = source,
        .field = field,
        .type = column_type(mapper, name, source, field),
        .words = field != FM_FIELD_NONE ? mapper->map->synonyms : NULL,
    };

    g_array_append_val(mapper->map->columns, column);
    if (source != FM_COLUMN_NONE) {
        mapper->taken[source] = TRUE;
    }
}

static char *list_columns(const FmMapper *mapper)
{
    GString *list = g_string_new(NULL);

    for (gsize i = mapper->first; i < fm_table_n_columns(mapper->raw->table); i++) {
        g_string_append_printf(list, "%s%s", i > mapper->first ? ", " : "",
                               fm_table_column_name(mapper->raw->table, i));
    }
    return g_string_free(list, FALSE);
}

gboolean fm_mapper_find_named(const FmMapper *mapper, const char *name, const char *what,
                              gsize *column, GError **error)
{
    *column = fm_find_column_as_meant(mapper->raw->table, mapper->map->synonyms, name);
    if (*column == FM_COLUMN_NONE) {
        g_autofree char *list = list_columns(mapper);
        g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND, "%s: no column '%s' (for %s); there is %s",
                    mapper->raw->name, name, what, list);
        return FALSE;
    }
    return TRUE;
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* What the caller says.  In the order of names: a hash table has none of its own. */
static gboolean map_named(FmMapper *mapper, GError **error)
{
    guint n = 0;

    if (mapper->source->fields == NULL) {
        return TRUE;
    }
    g_autofree gpointer *keys = g_hash_table_get_keys_as_array(mapper->source->fields, &n);
    qsort(keys, n, sizeof *keys, compare_names);
    for (guint i = 0; i < n; i++) {
        const char *name = keys[i], *from = g_hash_table_lookup(mapper->source->fields, name);
        FmField field = fm_field_find(name);
        gsize column;
        if (fm_mapper_is_position_key(name)) {
            continue;
        }
        if (from == NULL || *from == '\0') {
            if (field != FM_FIELD_NONE) {
                mapper->barred[field] = TRUE;
            }
            continue;
        }
        if (!fm_mapper_find_named(mapper, from, name, &column, error)) {
            return FALSE;
        }
        if (fm_mapper_has_name(mapper->map, name)) {
            g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                        "%s: '%s' cannot be mapped: a layer has only one column of that name",
                        mapper->raw->name, name);
            return FALSE;
        }
        fm_mapper_add(mapper, name, column, field);
    }
    return TRUE;
}

/* Everything that is left keeps its name, unless that means something else in a layer. */
static void keep_others(FmMapper *mapper)
{
    const FmTable *table = mapper->raw->table;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    /* All names before the first column is taken: two addresses are ambiguous for both. */
    for (gsize i = mapper->first; i < fm_table_n_columns(table); i++) {
        g_ptr_array_add(names, fm_mapper_own_name(mapper, i));
    }
    for (gsize i = mapper->first; i < fm_table_n_columns(table); i++) {
        if (mapper->taken[i]) {
            continue;
        }
        g_autofree char *name = g_strdup(g_ptr_array_index(names, i - mapper->first));
        gboolean is_core = fm_field_find(name) != FM_FIELD_NONE;
        while (is_core || fm_mapper_has_name(mapper->map, name)) {
            char *longer = g_strconcat(name, "_source", NULL);
            g_free(name);
            name = longer;
            is_core = FALSE;
        }
        fm_mapper_add(mapper, name, i, FM_FIELD_NONE);
    }
}

/* Does the status say anything in other words than facmap's own? */
static gboolean has_other_words(const FmTable *table, gsize column, const FmSynonyms *words)
{
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        g_autofree char *text = fm_table_dup_as_text(table, column, row);
        const char *status = text != NULL ? fm_synonyms_status(words, text) : NULL;
        if (status != NULL && g_ascii_strcasecmp(g_strstrip(text), status) != 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Words that are translated are kept as they were in a column of their own. */
static void keep_status_words(FmMapper *mapper)
{
    for (guint i = 0; i < mapper->map->columns->len; i++) {
        const FmMappedColumn *status = fm_mapped(mapper->map, i);
        if (status->field != FM_FIELD_STATUS || fm_mapper_has_name(mapper->map, "status_source") ||
            !has_other_words(mapper->raw->table, status->source, status->words)) {
            continue;
        }
        FmMappedColumn words = {.name = g_strdup("status_source"),
                                .source = status->source,
                                .field = FM_FIELD_NONE,
                                .type = FM_COLUMN_TEXT,
                                .words = mapper->map->synonyms};
        g_array_append_val(mapper->map->columns, words);
        return;
    }
}

/* Rows that are placed by their area say so, and how exact that is. */
static void add_method(FmMapper *mapper)
{
    if (mapper->source->locate_by == NULL) {
        return;
    }
    if (!fm_mapper_has_field(mapper->map, FM_FIELD_POSITION_ACCURACY)) {
        fm_mapper_add(mapper, "position_accuracy_m", FM_COLUMN_NONE, FM_FIELD_POSITION_ACCURACY);
    }
    if (!fm_mapper_has_name(mapper->map, "position_method")) {
        FmMappedColumn method = {.name = g_strdup("position_method"),
                                 .source = FM_COLUMN_NONE,
                                 .field = FM_FIELD_NONE,
                                 .type = FM_COLUMN_TEXT};
        g_array_append_val(mapper->map->columns, method);
    }
}

/* The fields first, in their own order; the rest as in the source. */
static gint compare_columns(gconstpointer a, gconstpointer b)
{
    const FmMappedColumn *left = a, *right = b;

    if (left->field != right->field) {
        return left->field < right->field ? -1 : 1;
    }
    return left->source < right->source ? -1 : left->source > right->source;
}

FmColumnMap *fm_column_map_new(const FmRaw *raw, const FmSource *source, const FmTable *existing,
                               GError **error)
{
    g_autoptr(FmColumnMap) map = g_new0(FmColumnMap, 1);
    g_autofree gboolean *taken = g_new0(gboolean, fm_table_n_columns(raw->table));
    gboolean barred[FM_N_FIELDS] = {FALSE};
    FmMapper mapper = {.raw = raw,
                       .source = source,
                       .existing = existing,
                       .first = fm_rejects_n_own_columns(raw->table),
                       .taken = taken,
                       .barred = barred,
                       .map = map};

    map->columns = g_array_new(FALSE, FALSE, sizeof(FmMappedColumn));
    g_array_set_clear_func(map->columns, mapped_column_clear);
    map->notes = g_ptr_array_new_with_free_func(g_free);
    map->synonyms =
        source->synonyms != NULL ? fm_synonyms_ref(source->synonyms) : fm_synonyms_new();
    map->x = map->y = map->wkt = FM_COLUMN_NONE;
    if (!fm_mapper_map_position(&mapper, error) || !map_named(&mapper, error)) {
        return NULL;
    }
    fm_mapper_map_usual(&mapper);
    map->made_ids = !fm_mapper_has_field(map, FM_FIELD_ID);
    if (map->made_ids) {
        fm_mapper_add(&mapper, "id", FM_COLUMN_NONE, FM_FIELD_ID);
    }
    keep_others(&mapper);
    keep_status_words(&mapper);
    add_method(&mapper);
    g_array_sort(map->columns, compare_columns);
    return g_steal_pointer(&map);
}

void fm_column_map_free(FmColumnMap *map)
{
    if (map != NULL) {
        g_clear_pointer(&map->columns, g_array_unref);
        g_clear_pointer(&map->notes, g_ptr_array_unref);
        fm_synonyms_unref(map->synonyms);
        g_free(map);
    }
}

gboolean fm_column_map_has_position(const FmColumnMap *map, const FmRaw *raw)
{
    return raw->has_geometry || map->x != FM_COLUMN_NONE || map->wkt != FM_COLUMN_NONE;
}

GPtrArray *fm_column_map_describe(const FmColumnMap *map, const FmRaw *raw)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < map->columns->len; i++) {
        const FmMappedColumn *column = fm_mapped(map, i);
        const char *from = column->source != FM_COLUMN_NONE
                               ? fm_table_column_name(raw->table, column->source)
                           : column->field == FM_FIELD_ID ? "(the layer's name and the row)"
                                                          : "(the area)";
        if (column->field != FM_FIELD_NONE || strcmp(column->name, from) != 0) {
            g_ptr_array_add(list, g_strdup_printf("%s <- %s", column->name, from));
        }
    }
    if (map->wkt != FM_COLUMN_NONE) {
        g_ptr_array_add(list,
                        g_strdup_printf("geom <- %s", fm_table_column_name(raw->table, map->wkt)));
    } else if (map->x != FM_COLUMN_NONE) {
        g_ptr_array_add(list,
                        g_strdup_printf("geom <- %s, %s", fm_table_column_name(raw->table, map->x),
                                        fm_table_column_name(raw->table, map->y)));
    }
    return list;
}
