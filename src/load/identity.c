/* Rows without ids that update a layer: which row is which is told by a key that the rows have of
 * themselves, such as name and address.  A key must be there, and be another, in every row, of the
 * layer and of the source; the first such set of columns is taken and named.  Without one, only
 * rows that are alike in every column are the same, and a row that is not is refused: whether it is
 * new or changed nobody can tell. */
#include "load-internal.h"

#include <string.h>

#define MAX_KEY 2u

/* In this order.  A code of the source's own comes before all of them. */
static const char *const keys[][MAX_KEY] = {
    {"name_zh", "address"},  {"name_en", "address"}, {"name_zh", "district"},
    {"name_en", "district"}, {"name_zh", NULL},      {"name_en", NULL},
};

/* The columns of a key in one table. */
typedef struct {
    gsize columns[MAX_KEY];
    guint n;
} Key;

static gboolean find_key(const FmTable *table, const char *const names[MAX_KEY], Key *key)
{
    *key = (Key){.n = 0};
    for (guint i = 0; i < MAX_KEY && names[i] != NULL; i++) {
        key->columns[key->n] = fm_table_find_column(table, names[i]);
        if (key->columns[key->n++] == FM_COLUMN_NONE) {
            return FALSE;
        }
    }
    return TRUE;
}

/* A row's key as one text; NULL when a part of it is missing.  Transfer full. */
static char *key_of(const FmTable *table, const Key *key, gsize row)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < key->n; i++) {
        g_autofree char *part = fm_table_dup_as_text(table, key->columns[i], row);
        if (part == NULL) {
            g_string_free(text, TRUE);
            return NULL;
        }
        g_string_append(text, part);
        g_string_append_c(text, '\x1f');
    }
    return g_string_free(text, FALSE);
}

/* Key → row + 1; NULL when it does not tell the rows apart.  Transfer full. */
static GHashTable *rows_by_key(const FmTable *table, const Key *key)
{
    g_autoptr(GHashTable) rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        char *text = key_of(table, key, row);
        if (text == NULL || !g_hash_table_insert(rows, text, GSIZE_TO_POINTER(row + 1))) {
            return NULL;
        }
    }
    return g_steal_pointer(&rows);
}

static void set_id(FmTable *rows, gsize row, const FmTable *existing, gsize existing_row)
{
    fm_table_set_text(rows, fm_table_find_column(rows, "id"), row,
                      fm_table_text(existing, fm_table_find_column(existing, "id"), existing_row));
}

static gboolean match_by_key(FmRows *rows, const FmTable *existing,
                             const char *const names[MAX_KEY])
{
    Key here, there;

    if (!find_key(rows->table, names, &here) || !find_key(existing, names, &there)) {
        return FALSE;
    }
    g_autoptr(GHashTable) known = rows_by_key(existing, &there);
    g_autoptr(GHashTable) own = known != NULL ? rows_by_key(rows->table, &here) : NULL;
    if (own == NULL) {
        return FALSE;
    }
    for (gsize row = 0; row < fm_table_n_rows(rows->table); row++) {
        g_autofree char *text = key_of(rows->table, &here, row);
        gsize found = GPOINTER_TO_SIZE(g_hash_table_lookup(known, text));
        if (found > 0) {
            set_id(rows->table, row, existing, found - 1);
        }
    }
    return TRUE;
}

/* All columns but the id, by their names in `rows`, and the geometry.  Transfer full. */
static char *content_of(const FmTable *table, const FmTable *rows, gsize row)
{
    GString *text = g_string_new(NULL);
    const FmGeometry *geometry = fm_table_geometry(table, row);

    for (gsize i = 0; i < fm_table_n_columns(rows); i++) {
        const char *name = fm_table_column_name(rows, i);
        gsize column = fm_table_find_column(table, name);
        g_autofree char *part = column != FM_COLUMN_NONE && strcmp(name, "id") != 0
                                    ? fm_table_dup_as_text(table, column, row)
                                    : NULL;
        g_string_append_printf(text, "%c%s\x1f", part != NULL ? '=' : '-',
                               part != NULL ? part : "");
    }
    for (gsize i = 0; geometry != NULL && i < geometry->n_points; i++) {
        g_string_append_printf(text, "%a,%a ", geometry->points[i].lon_deg,
                               geometry->points[i].lat_deg);
    }
    return g_string_free(text, FALSE);
}

static void free_list(gpointer list)
{
    g_slist_free(list);
}

/* ---- when nothing tells them apart ---- */

/* The number that people see of a row. */
static gsize row_in_file(const FmRows *rows, gsize row)
{
    return g_array_index(rows->sources, gsize, row) + 1;
}

/* Two rows with the same key.  FALSE when there are none. */
static gboolean find_twins(const FmTable *table, const Key *key, gsize twins[2])
{
    g_autoptr(GHashTable) rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        char *text = key_of(table, key, row);
        gsize first = text != NULL ? GPOINTER_TO_SIZE(g_hash_table_lookup(rows, text)) : 0;
        if (first > 0) {
            twins[0] = first - 1;
            twins[1] = row;
            g_free(text);
            return TRUE;
        }
        if (text != NULL) {
            g_hash_table_insert(rows, text, GSIZE_TO_POINTER(row + 1));
        }
    }
    return FALSE;
}

/* Why the first key that both have is none: the rows of the file, or of the layer, that share it.
 * Transfer full; NULL when there is no such key. */
static char *describe_twins(const FmRows *rows, const FmTable *existing)
{
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        Key here, there;
        gsize twins[2];
        if (!find_key(rows->table, keys[i], &here) || !find_key(existing, keys[i], &there)) {
            continue;
        }
        g_autofree char *names = g_strdup_printf("%s%s%s", keys[i][0], keys[i][1] ? " and " : "",
                                                 keys[i][1] ? keys[i][1] : "");
        if (find_twins(rows->table, &here, twins)) {
            return g_strdup_printf("rows %" G_GSIZE_FORMAT " and %" G_GSIZE_FORMAT
                                   " of the file have the same %s",
                                   row_in_file(rows, twins[0]), row_in_file(rows, twins[1]), names);
        }
        if (find_twins(existing, &there, twins)) {
            gsize id = fm_table_find_column(existing, "id");
            return g_strdup_printf("'%s' and '%s' in the layer have the same %s",
                                   fm_table_text(existing, id, twins[0]),
                                   fm_table_text(existing, id, twins[1]), names);
        }
    }
    return NULL;
}

static gboolean refuse(const FmRows *rows, gsize row, const FmTable *existing, const FmRaw *raw,
                       GError **error)
{
    g_autofree char *twins = describe_twins(rows, existing);

    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "%s: is row %" G_GSIZE_FORMAT " new or changed? It is like none of the layer, and "
                "%s; --replace the layer, with --map id=COLUMN if a column tells rows apart",
                raw->name, row_in_file(rows, row),
                twins != NULL ? twins : "neither an id nor a name tells rows apart");
    return FALSE;
}

/* Rows alike in everything are matched one to one. */
static gboolean match_by_content(FmRows *rows, const FmTable *existing, const FmRaw *raw,
                                 GError **error)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_list);

    for (gsize row = fm_table_n_rows(existing); row-- > 0;) {
        char *text = content_of(existing, rows->table, row);
        gpointer key = NULL, list = NULL;
        g_hash_table_steal_extended(known, text, &key, &list);
        g_free(key);
        g_hash_table_insert(known, text, g_slist_prepend(list, GSIZE_TO_POINTER(row + 1)));
    }
    for (gsize row = 0; row < fm_table_n_rows(rows->table); row++) {
        g_autofree char *text = content_of(rows->table, rows->table, row);
        gpointer key = NULL, list = NULL;
        if (!g_hash_table_steal_extended(known, text, &key, &list) || list == NULL) {
            g_free(key);
            return refuse(rows, row, existing, raw, error);
        }
        set_id(rows->table, row, existing, GPOINTER_TO_SIZE(((GSList *)list)->data) - 1);
        g_hash_table_insert(known, key, g_slist_delete_link(list, list));
    }
    return TRUE;
}

/* Columns that their headings call codes, though they were not taken as the id. */
static gboolean match_by_code(FmRows *rows, const FmTable *existing, const FmSynonyms *synonyms,
                              const char **column)
{
    for (gsize i = 0; i < fm_table_n_columns(rows->table); i++) {
        FmMatch how;
        const char *name = fm_table_column_name(rows->table, i);
        const char *const names[MAX_KEY] = {name, NULL};
        if (strcmp(name, "id") != 0 &&
            g_strcmp0(fm_synonyms_field(synonyms, name, &how), "id") == 0 &&
            match_by_key(rows, existing, names)) {
            *column = name;
            return TRUE;
        }
    }
    return FALSE;
}

gboolean fm_identity_match(FmRows *rows, const FmTable *existing, const FmSynonyms *synonyms,
                           FmRaw *raw, GError **error)
{
    const char *code = NULL;

    if (match_by_code(rows, existing, synonyms, &code)) {
        fm_raw_warn(raw, "rows without an id are told apart by %s", code);
        return TRUE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (match_by_key(rows, existing, keys[i])) {
            fm_raw_warn(raw, "rows without an id are told apart by %s%s%s", keys[i][0],
                        keys[i][1] != NULL ? " and " : "", keys[i][1] != NULL ? keys[i][1] : "");
            return TRUE;
        }
    }
    return match_by_content(rows, existing, raw, error);
}
