/* From the source's columns to the layer's: what the caller maps, then the usual headings, then
 * everything else under its own name.  The columns that gave the position are not kept: their
 * numbers are in the source's CRS, and beside the layer's geometry they would mislead. */
#include "load-internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const FmRaw *raw;
    const FmSource *source;
    const FmTable *existing;
    gsize first;      /* columns before it are a reject file's own */
    gboolean *taken;  /* for each source column: it is mapped and not kept beside */
    gboolean *barred; /* for each field: the caller said that no column is it */
    FmColumnMap *map;
} Mapper;

static void mapped_column_clear(gpointer data)
{
    g_free(((FmMappedColumn *)data)->name);
}

static const FmMappedColumn *mapped(const FmColumnMap *map, guint i)
{
    return &g_array_index(map->columns, FmMappedColumn, i);
}

static gboolean has_field(const FmColumnMap *map, FmField field)
{
    for (guint i = 0; i < map->columns->len; i++) {
        if (mapped(map, i)->field == field) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean has_name(const FmColumnMap *map, const char *name)
{
    for (guint i = 0; i < map->columns->len; i++) {
        if (g_ascii_strcasecmp(mapped(map, i)->name, name) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static FmColumnType column_type(const Mapper *mapper, const char *name, gsize source, FmField field)
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

static void add(Mapper *mapper, const char *name, gsize source, FmField field)
{
    FmMappedColumn column = {
        .name = g_strdup(field != FM_FIELD_NONE ? fm_field_info(field)->name : name),
        .source = source,
        .field = field,
        .type = column_type(mapper, name, source, field),
    };

    g_array_append_val(mapper->map->columns, column);
    if (source != FM_COLUMN_NONE) {
        mapper->taken[source] = TRUE;
    }
}

static char *list_columns(const Mapper *mapper)
{
    GString *list = g_string_new(NULL);

    for (gsize i = mapper->first; i < fm_table_n_columns(mapper->raw->table); i++) {
        g_string_append_printf(list, "%s%s", i > mapper->first ? ", " : "",
                               fm_table_column_name(mapper->raw->table, i));
    }
    return g_string_free(list, FALSE);
}

/* The source column that the caller named for `what`. */
static gboolean find_named(const Mapper *mapper, const char *name, const char *what, gsize *column,
                           GError **error)
{
    *column = fm_find_heading(mapper->raw->table, mapper->first, name);
    if (*column == FM_COLUMN_NONE) {
        g_autofree char *list = list_columns(mapper);
        g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND, "%s: no column '%s' (for %s); there is %s",
                    mapper->raw->name, name, what, list);
        return FALSE;
    }
    return TRUE;
}

static const char *position_name(const FmSource *source, const char *own, const char *key)
{
    if (own != NULL || source->fields == NULL) {
        return own;
    }
    return g_hash_table_lookup(source->fields, key);
}

static gboolean map_position(Mapper *mapper, GError **error)
{
    const FmSource *source = mapper->source;
    FmColumnMap *map = mapper->map;
    const char *x = position_name(source, source->x_field, "x");
    const char *y = position_name(source, source->y_field, "y");
    const char *wkt = position_name(source, source->wkt_field, "wkt");

    if ((x == NULL) != (y == NULL)) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "%s: a column for %s is given but none for %s",
                    mapper->raw->name, x != NULL ? "x" : "y", x != NULL ? "y" : "x");
        return FALSE;
    }
    if (x == NULL && wkt == NULL && !mapper->raw->has_geometry) {
        fm_guess_position(mapper->raw->table, mapper->first, &map->x, &map->y, &map->wkt);
    }
    if ((x != NULL && (!find_named(mapper, x, "x", &map->x, error) ||
                       !find_named(mapper, y, "y", &map->y, error))) ||
        (wkt != NULL && !find_named(mapper, wkt, "wkt", &map->wkt, error))) {
        return FALSE;
    }
    const gsize used[] = {map->x, map->y, map->wkt};
    for (gsize i = 0; i < G_N_ELEMENTS(used); i++) {
        if (used[i] != FM_COLUMN_NONE) {
            mapper->taken[used[i]] = TRUE;
        }
    }
    return TRUE;
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* What the caller says.  In the order of names: a hash table has none of its own. */
static gboolean map_named(Mapper *mapper, GError **error)
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
        if (strcmp(name, "x") == 0 || strcmp(name, "y") == 0 || strcmp(name, "wkt") == 0) {
            continue;
        }
        if (from == NULL || *from == '\0') {
            if (field != FM_FIELD_NONE) {
                mapper->barred[field] = TRUE;
            }
            continue;
        }
        if (!find_named(mapper, from, name, &column, error)) {
            return FALSE;
        }
        if (has_name(mapper->map, name)) {
            g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                        "%s: '%s' cannot be mapped: a layer has only one column of that name",
                        mapper->raw->name, name);
            return FALSE;
        }
        add(mapper, name, column, field);
    }
    return TRUE;
}

static gboolean is_open(const Mapper *mapper, FmField field)
{
    return !mapper->barred[field] && !has_field(mapper->map, field);
}

static gboolean map_heading(Mapper *mapper, FmField field, const char *heading)
{
    gsize column = fm_find_heading(mapper->raw->table, mapper->first, heading);

    if (column == FM_COLUMN_NONE || mapper->taken[column]) {
        return FALSE;
    }
    add(mapper, heading, column, field);
    return TRUE;
}

static gboolean holds_han(const FmTable *table, gsize column)
{
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        g_autofree char *text = fm_table_dup_as_text(table, column, row);
        for (const char *c = text; c != NULL && *c != '\0'; c = g_utf8_next_char(c)) {
            if (g_unichar_get_script(g_utf8_get_char(c)) == G_UNICODE_SCRIPT_HAN) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

/* A plain "name" is in the language of its values. */
static void map_plain_name(Mapper *mapper)
{
    static const char *const headings[] = {"name", "名称"};

    for (gsize i = 0; i < G_N_ELEMENTS(headings); i++) {
        gsize column = fm_find_heading(mapper->raw->table, mapper->first, headings[i]);
        if (column == FM_COLUMN_NONE || mapper->taken[column]) {
            continue;
        }
        FmField field = holds_han(mapper->raw->table, column) ? FM_FIELD_NAME_ZH : FM_FIELD_NAME_EN;
        if (is_open(mapper, field)) {
            add(mapper, headings[i], column, field);
        }
    }
}

static void map_usual(Mapper *mapper)
{
    for (guint i = 0; i < FM_N_FIELDS; i++) {
        const FmFieldInfo *info = fm_field_info((FmField)i);
        if (!is_open(mapper, (FmField)i) || map_heading(mapper, (FmField)i, info->name)) {
            continue;
        }
        for (const char *const *also = info->also; *also != NULL; also++) {
            if (map_heading(mapper, (FmField)i, *also)) {
                break;
            }
        }
    }
    map_plain_name(mapper);
}

/* Everything that is left keeps its name, unless that means something else in a layer. */
static void keep_others(Mapper *mapper)
{
    const FmTable *table = mapper->raw->table;

    for (gsize i = mapper->first; i < fm_table_n_columns(table); i++) {
        if (mapper->taken[i]) {
            continue;
        }
        g_autofree char *name = g_strdup(fm_table_column_name(table, i));
        gboolean is_core = fm_field_find(name) != FM_FIELD_NONE;
        while (is_core || has_name(mapper->map, name)) {
            char *longer = g_strconcat(name, "_source", NULL);
            g_free(name);
            name = longer;
            is_core = FALSE;
        }
        add(mapper, name, i, FM_FIELD_NONE);
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
    Mapper mapper = {.raw = raw,
                     .source = source,
                     .existing = existing,
                     .first = fm_rejects_n_own_columns(raw->table),
                     .taken = taken,
                     .barred = barred,
                     .map = map};

    map->columns = g_array_new(FALSE, FALSE, sizeof(FmMappedColumn));
    g_array_set_clear_func(map->columns, mapped_column_clear);
    map->x = map->y = map->wkt = FM_COLUMN_NONE;
    if (!map_position(&mapper, error) || !map_named(&mapper, error)) {
        return NULL;
    }
    map_usual(&mapper);
    map->made_ids = !has_field(map, FM_FIELD_ID);
    if (map->made_ids) {
        add(&mapper, "id", FM_COLUMN_NONE, FM_FIELD_ID);
    }
    keep_others(&mapper);
    g_array_sort(map->columns, compare_columns);
    return g_steal_pointer(&map);
}

void fm_column_map_free(FmColumnMap *map)
{
    if (map != NULL) {
        g_clear_pointer(&map->columns, g_array_unref);
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
        const FmMappedColumn *column = mapped(map, i);
        const char *from = column->source != FM_COLUMN_NONE
                               ? fm_table_column_name(raw->table, column->source)
                               : "(the layer's name and the row)";
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
