/* Rows without ids that update a layer: which row is which is told by a key that the rows have of
 * themselves, such as name and address.  A key must be there, and be another, in every row, of the
 * layer and of the source; the first such set of columns is taken and named.  Without one, only
 * rows that are alike in every column are the same, and a row that is not is refused: whether it is
 * new or changed nobody can tell.
 *
 * The layer and the source each pass once for all keys, and once more when it comes to all columns;
 * kept of a row is a digest of each key (FmMatcher), so that their number does not matter. */
#include "load-internal.h"

#include <string.h>

#define MAX_KEY 2u

/* In this order.  A code of the source's own comes before all of them. */
static const char *const usual_keys[][MAX_KEY + 1] = {
    {"name_zh", "address"},
    {"name_en", "address"},
    {"name_zh", "district"},
    {"name_en", "district"},
    {"name_zh"},
    {"name_en"},
};

typedef struct {
    char **names; /* of its columns, NULL = all of the row */
    FmMatcher *matcher;
    gint64 incomplete[2]; /* the first row of a side that lacks a part of it, or FM_MATCH_NONE */
} Key;

struct FmIdentity {
    FmWorkspace *workspace;
    const char *layer;
    FmTable *columns; /* of the rows that come */
    gboolean given;   /* somebody says which key it is */
    GPtrArray *keys;  /* Key, as they are tried */
    Key *chosen;      /* one of them */
    /* Why the first of the usual keys is none, once it is; for the message. */
    char *twins;
};

static void key_free(gpointer data)
{
    Key *key = data;

    g_strfreev(key->names);
    fm_matcher_free(key->matcher);
    g_free(key);
}

void fm_identity_free(FmIdentity *identity)
{
    if (identity != NULL) {
        fm_table_free(identity->columns);
        g_ptr_array_unref(identity->keys);
        g_free(identity->twins);
        g_free(identity);
    }
}

/* ---- a row's keys ---- */

static void append_part(GString *text, const char *part)
{
    gsize length = strlen(part);

    g_string_append_len(text, (const char *)&length, sizeof length);
    g_string_append_len(text, part, (gssize)length);
}

/* FALSE when a part is missing. */
static gboolean append_key(GString *text, const FmTable *table, char *const *names, gsize row)
{
    for (gsize i = 0; names[i] != NULL; i++) {
        g_autofree char *part =
            fm_table_dup_as_text(table, fm_table_find_column(table, names[i]), row);
        if (part == NULL) {
            return FALSE;
        }
        append_part(text, part);
    }
    return TRUE;
}

/* All columns of the rows that come but the id, by their names, and the geometry. */
static void append_content(GString *text, const FmTable *table, const FmTable *columns, gsize row)
{
    const FmGeometry *geometry = fm_table_geometry(table, row);

    for (gsize i = 0; i < fm_table_n_columns(columns); i++) {
        const char *name = fm_table_column_name(columns, i);
        gsize column = fm_table_find_column(table, name);
        g_autofree char *part = column != FM_COLUMN_NONE && strcmp(name, "id") != 0
                                    ? fm_table_dup_as_text(table, column, row)
                                    : NULL;
        g_string_append_c(text, part != NULL ? '=' : '-');
        if (part != NULL) {
            append_part(text, part);
        }
    }
    for (gsize i = 0; geometry != NULL && i < geometry->n_points; i++) {
        g_string_append_len(text, (const char *)&geometry->points[i], sizeof geometry->points[i]);
    }
}

static gboolean is_complete(const Key *key)
{
    return key->incomplete[FM_MATCH_KNOWN] == FM_MATCH_NONE &&
           key->incomplete[FM_MATCH_COMING] == FM_MATCH_NONE;
}

static gboolean add_row(FmIdentity *identity, FmMatchSide side, const FmTable *table, gsize row,
                        gint64 number, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < identity->keys->len; i++) {
        Key *key = g_ptr_array_index(identity->keys, i);
        g_string_truncate(text, 0);
        if (!is_complete(key)) {
            continue;
        }
        if (key->names == NULL) {
            append_content(text, table, identity->columns, row);
        } else if (!append_key(text, table, key->names, row)) {
            key->incomplete[side] = number;
            continue;
        }
        if (!fm_matcher_add(key->matcher, side, text->str, text->len, number, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean add_known(const FmTable *rows, const gint64 *fids, void *user, GError **error)
{
    for (gsize row = 0; row < fm_table_n_rows(rows); row++) {
        if (!add_row(user, FM_MATCH_KNOWN, rows, row, fids[row], error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean fm_identity_add(FmIdentity *identity, const FmRaw *raw, const FmRows *rows, GError **error)
{
    for (gsize row = 0; row < fm_table_n_rows(rows->table); row++) {
        gsize number = raw->first_row + g_array_index(rows->sources, gsize, row);
        if (!add_row(identity, FM_MATCH_COMING, rows->table, row, (gint64)number, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* ---- the keys to try ---- */

/* @param names copied; NULL = all of the row */
static void add_key(FmIdentity *identity, const char *const *names)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    Key *key = g_new0(Key, 1);

    for (gsize i = 0; names != NULL && names[i] != NULL; i++) {
        g_strv_builder_add(builder, names[i]);
    }
    key->names = names != NULL ? g_strv_builder_end(builder) : NULL;
    key->matcher = fm_matcher_new();
    key->incomplete[FM_MATCH_KNOWN] = key->incomplete[FM_MATCH_COMING] = FM_MATCH_NONE;
    g_ptr_array_add(identity->keys, key);
}

static gboolean has_columns(const FmTable *table, const char *const *names)
{
    gboolean has = TRUE;

    for (gsize i = 0; names[i] != NULL; i++) {
        has &= fm_table_find_column(table, names[i]) != FM_COLUMN_NONE;
    }
    return has;
}

/* Columns that their headings call codes, though they were not taken as the id; then the usual. */
static void add_usual_keys(FmIdentity *identity, const FmTable *known, const FmSynonyms *synonyms)
{
    for (gsize i = 0; i < fm_table_n_columns(identity->columns); i++) {
        FmMatch how;
        const char *names[] = {fm_table_column_name(identity->columns, i), NULL};
        if (strcmp(names[0], "id") != 0 && has_columns(known, names) &&
            g_strcmp0(fm_synonyms_field(synonyms, names[0], &how), "id") == 0) {
            add_key(identity, names);
        }
    }
    for (gsize i = 0; i < G_N_ELEMENTS(usual_keys); i++) {
        if (has_columns(identity->columns, usual_keys[i]) && has_columns(known, usual_keys[i])) {
            add_key(identity, usual_keys[i]);
        }
    }
}

/* What `--key` names, by the heading in the source or by the column of the layer. */
static const char *find_given(const FmColumnMap *map, const FmRaw *raw, const FmTable *columns,
                              const char *name)
{
    for (guint i = 0; i < map->columns->len; i++) {
        const FmMappedColumn *column = &g_array_index(map->columns, FmMappedColumn, i);
        if (column->source != FM_COLUMN_NONE &&
            strcmp(fm_table_column_name(raw->table, column->source), name) == 0) {
            return column->name;
        }
    }
    return fm_table_find_column(columns, name) != FM_COLUMN_NONE ? name : NULL;
}

static gboolean add_given_key(FmIdentity *identity, const FmTable *known, const FmColumnMap *map,
                              const FmRaw *raw, const char *given, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(given, ",", -1);
    g_autofree const char **names = g_new0(const char *, g_strv_length(parts) + 1);

    for (gsize i = 0; parts[i] != NULL; i++) {
        const char *name = find_given(map, raw, identity->columns, g_strstrip(parts[i]));
        const char *const one[] = {name, NULL};
        if (name == NULL || !has_columns(known, one)) {
            g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND,
                        "--key %s: no column '%s' in %s; name columns that the file and the layer "
                        "have, by their headings",
                        given, parts[i], name == NULL ? raw->name : identity->layer);
            return FALSE;
        }
        names[i] = name;
    }
    add_key(identity, names);
    return TRUE;
}

static gboolean read_layer(FmIdentity *identity, GError **error)
{
    return fm_workspace_each_part(identity->workspace, identity->layer, add_known, identity, NULL,
                                  error);
}

FmIdentity *fm_identity_new(FmWorkspace *workspace, const char *layer, const FmTable *known,
                            const FmTable *columns, const FmColumnMap *map, const FmRaw *raw,
                            const char *given, GError **error)
{
    g_autoptr(FmIdentity) identity = g_new0(FmIdentity, 1);

    identity->workspace = workspace;
    identity->layer = layer;
    identity->given = given != NULL;
    identity->keys = g_ptr_array_new_with_free_func(key_free);
    identity->columns = fm_table_new(FM_GEOMETRY_NONE);
    for (gsize i = 0; i < fm_table_n_columns(columns); i++) {
        fm_table_add_column(identity->columns, fm_table_column_name(columns, i),
                            fm_table_column_type(columns, i));
    }
    if (given == NULL) {
        add_usual_keys(identity, known, map->synonyms);
    } else if (!add_given_key(identity, known, map, raw, given, error)) {
        return NULL;
    }
    return read_layer(identity, error) ? g_steal_pointer(&identity) : NULL;
}

/* ---- when nothing tells them apart ---- */

static char *name_of(const Key *key)
{
    return g_strjoinv(" and ", key->names);
}

/* Two rows of the layer by their ids.  Transfer full. */
static char *describe_known(const FmIdentity *identity, const gint64 fids[2])
{
    g_autofree char *where =
        g_strdup_printf("fid IN (%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ")", fids[0], fids[1]);
    const FmFilter filter = {.where = where};
    g_autoptr(FmTable) rows =
        fm_workspace_read(identity->workspace, identity->layer, &filter, NULL, NULL);
    gsize id = rows != NULL ? fm_table_find_column(rows, "id") : FM_COLUMN_NONE;

    if (id == FM_COLUMN_NONE || fm_table_n_rows(rows) != 2) {
        return g_strdup("two rows");
    }
    return g_strdup_printf("'%s' and '%s'", fm_table_text(rows, id, 0), fm_table_text(rows, id, 1));
}

/* Rows that share a key; NULL when none do.  Transfer full. */
static char *describe_twins(const FmIdentity *identity, const Key *key)
{
    g_autofree char *name = name_of(key);
    gint64 rows[2];

    if (fm_matcher_has_twins(key->matcher, FM_MATCH_COMING, rows)) {
        return g_strdup_printf("rows %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT
                               " of the file have the same %s",
                               rows[0] + 1, rows[1] + 1, name);
    }
    if (fm_matcher_has_twins(key->matcher, FM_MATCH_KNOWN, rows)) {
        g_autofree char *known = describe_known(identity, rows);
        return g_strdup_printf("%s in the layer have the same %s", known, name);
    }
    return NULL;
}

static gboolean refuse_row(const FmIdentity *identity, gint64 row, const FmRaw *raw, GError **error)
{
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "%s: is row %" G_GINT64_FORMAT " new or changed? It is like none of the layer, and "
                "%s; name columns that tell rows apart with --key, or --replace the layer, with "
                "--map id=COLUMN if there is such a column",
                raw->name, row + 1,
                identity->twins != NULL ? identity->twins
                                        : "neither an id nor a name tells rows apart");
    return FALSE;
}

static gboolean refuse_given(const FmIdentity *identity, const Key *key, const char *twins,
                             const FmRaw *raw, GError **error)
{
    g_autofree char *name = name_of(key);
    g_autofree char *why = twins != NULL ? g_strdup(twins)
                           : key->incomplete[FM_MATCH_COMING] != FM_MATCH_NONE
                               ? g_strdup_printf("row %" G_GINT64_FORMAT " of the file has none",
                                                 key->incomplete[FM_MATCH_COMING] + 1)
                               : g_strdup_printf("a row of layer '%s' has none", identity->layer);

    g_set_error(
        error, FM_ERROR, FM_ERROR_USAGE,
        "%s: --key %s does not tell rows apart: %s; add a column to it, or correct the rows",
        raw->name, name, why);
    return FALSE;
}

/* ---- the verdict ---- */

static gboolean try_key(FmIdentity *identity, Key *key, FmRaw *raw, GError **error)
{
    gboolean complete = is_complete(key);

    if (!fm_matcher_join(key->matcher, error)) {
        return FALSE;
    }
    g_autofree char *twins = complete ? describe_twins(identity, key) : NULL;
    if (complete && twins == NULL) {
        g_autofree char *name = name_of(key);
        identity->chosen = key;
        fm_raw_warn(raw, "rows without an id are told apart by %s", name);
        return TRUE;
    }
    if (identity->given) {
        return refuse_given(identity, key, twins, raw, error);
    }
    if (identity->twins == NULL) {
        identity->twins = g_steal_pointer(&twins);
    }
    return TRUE;
}

static gboolean settle_by_content(FmIdentity *identity, Key *content, const FmRaw *raw,
                                  GError **error)
{
    if (!fm_matcher_join(content->matcher, error)) {
        return FALSE;
    }
    identity->chosen = content;
    gint64 unmatched = fm_matcher_first_unmatched(content->matcher);
    return unmatched < 0 || refuse_row(identity, unmatched, raw, error);
}

gboolean fm_identity_settle(FmIdentity *identity, FmRaw *raw, gboolean *again, GError **error)
{
    Key *first = identity->keys->len > 0 ? g_ptr_array_index(identity->keys, 0) : NULL;

    *again = FALSE;
    if (first != NULL && first->names == NULL) {
        return settle_by_content(identity, first, raw, error);
    }
    for (guint i = 0; identity->chosen == NULL && i < identity->keys->len; i++) {
        if (!try_key(identity, g_ptr_array_index(identity->keys, i), raw, error)) {
            return FALSE;
        }
    }
    *again = identity->chosen == NULL;
    if (*again) {
        g_ptr_array_set_size(identity->keys, 0);
        add_key(identity, NULL);
        return read_layer(identity, error);
    }
    return TRUE;
}

gboolean fm_identity_find(FmIdentity *identity, gint64 row, gint64 *fid, GError **error)
{
    return fm_matcher_find(identity->chosen->matcher, row, fid, error);
}
