/* From the source's columns to the layer's: what the caller maps, then the usual headings, then
 * everything else under its own name.  The columns that gave the position are not kept: their
 * numbers are in the source's CRS, and beside the layer's geometry they would mislead. */
#include "load-internal.h"

#include <stdlib.h>
#include <string.h>

/* How many rows a guess is tried on. */
#define GUESS_ROWS 10000u

typedef struct {
    const FmRaw *raw;
    const FmSource *source;
    const FmTable *existing;
    gsize first;      /* columns before it are a reject file's own */
    gboolean *taken;  /* for each source column: it is mapped and not kept beside */
    gboolean *barred; /* for each field: the caller said that no column is it */
    FmColumnMap *map;
} Mapper;

/* What a source column may be: a field's key in the synonyms and how well it fits. */
typedef struct {
    gsize column;
    FmMatch match;
} Candidate;

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
        .words = field != FM_FIELD_NONE ? mapper->map->synonyms : NULL,
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
    *column = fm_find_column_as_meant(mapper->raw->table, mapper->map->synonyms, name);
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

/* The keys of a mapping that say where the position is. */
static const struct {
    const char *key;
    FmPairOrder order;
} whole_keys[] = {{"wkt", FM_ORDER_UNKNOWN},
                  {"coordinates", FM_ORDER_UNKNOWN},
                  {"lonlat", FM_ORDER_LON_LAT},
                  {"latlon", FM_ORDER_LAT_LON}};

static gboolean is_position_key(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(whole_keys); i++) {
        if (strcmp(name, whole_keys[i].key) == 0) {
            return TRUE;
        }
    }
    return strcmp(name, "x") == 0 || strcmp(name, "y") == 0;
}

/* One column with whole positions, as the caller names it. */
static gboolean map_whole(Mapper *mapper, gboolean *named, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(whole_keys); i++) {
        const char *own = i == 0 ? mapper->source->wkt_field : NULL;
        const char *column = position_name(mapper->source, own, whole_keys[i].key);
        if (column != NULL) {
            *named = TRUE;
            mapper->map->order = whole_keys[i].order;
            return find_named(mapper, column, whole_keys[i].key, &mapper->map->wkt, error);
        }
    }
    return TRUE;
}

static gboolean guess_position(Mapper *mapper, FmPositionColumns *guess, GError **error)
{
    g_autofree char *ambiguous = NULL;
    FmColumnMap *map = mapper->map;

    if (!fm_guess_position(mapper->raw->table, mapper->first, map->synonyms, guess, &ambiguous)) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "%s: %s", mapper->raw->name, ambiguous);
        return FALSE;
    }
    map->x = guess->x;
    map->y = guess->y;
    map->wkt = guess->wkt;
    return TRUE;
}

static gboolean map_position(Mapper *mapper, GError **error)
{
    const FmSource *source = mapper->source;
    FmColumnMap *map = mapper->map;
    const char *x = position_name(source, source->x_field, "x");
    const char *y = position_name(source, source->y_field, "y");
    FmPositionColumns guess = {.letters = FALSE};
    gboolean whole = FALSE;

    if ((x == NULL) != (y == NULL)) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "%s: a column for %s is given but none for %s",
                    mapper->raw->name, x != NULL ? "x" : "y", x != NULL ? "y" : "x");
        return FALSE;
    }
    if ((x != NULL && (!find_named(mapper, x, "x", &map->x, error) ||
                       !find_named(mapper, y, "y", &map->y, error))) ||
        !map_whole(mapper, &whole, error)) {
        return FALSE;
    }
    if (x == NULL && !whole && !mapper->raw->has_geometry &&
        !guess_position(mapper, &guess, error)) {
        return FALSE;
    }
    const gsize used[] = {map->x, map->y, map->wkt};
    for (gsize i = 0; i < G_N_ELEMENTS(used); i++) {
        if (used[i] != FM_COLUMN_NONE) {
            mapper->taken[used[i]] = TRUE;
        }
    }
    return fm_axis_order_decide(map, mapper->raw, &guess,
                                source->crs != NULL ? source->crs : mapper->raw->crs, error);
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
        if (is_position_key(name)) {
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

/* Keeps those that fit best. */
static GArray *best_of(const GArray *candidates)
{
    GArray *best = g_array_new(FALSE, FALSE, sizeof(Candidate));

    for (guint i = 0; i < candidates->len; i++) {
        Candidate candidate = g_array_index(candidates, Candidate, i);
        FmMatch match = best->len > 0 ? g_array_index(best, Candidate, 0).match : candidate.match;
        if (candidate.match < match) {
            g_array_set_size(best, 0);
        }
        if (candidate.match <= match) {
            g_array_append_val(best, candidate);
        }
    }
    return best;
}

/* Columns that mean `key`, as Candidate.  Transfer full. */
static GArray *find_candidates(const Mapper *mapper, const char *key)
{
    const FmTable *table = mapper->raw->table;
    GArray *found = g_array_new(FALSE, FALSE, sizeof(Candidate));

    for (gsize i = mapper->first; i < fm_table_n_columns(table); i++) {
        Candidate candidate = {.column = i};
        const char *means = fm_synonyms_field(mapper->map->synonyms, fm_table_column_name(table, i),
                                              &candidate.match);
        if (!mapper->taken[i] && g_strcmp0(means, key) == 0) {
            g_array_append_val(found, candidate);
        }
    }
    return found;
}

/* Why the value of a row cannot be of that field, or NULL.  Transfer full. */
static char *misfit(const Mapper *mapper, const FmMappedColumn *column, gsize row, GHashTable *ids)
{
    g_auto(FmCell) cell = {.is_null = FALSE};
    char *reason = NULL;

    if (!fm_cell_read(mapper->raw->table, column, row, &cell, &reason) ||
        column->field != FM_FIELD_ID) {
        return reason;
    }
    if (cell.is_null) {
        return g_strdup("empty");
    }
    return g_hash_table_add(ids, g_strdup(cell.text)) ? NULL : g_strdup("not the only one");
}

/* A guess must not cost a row: a column that only looks like a field is taken when the first rows
 * have nothing else in it.  One that is called exactly so is one. */
static gboolean can_be(Mapper *mapper, const Candidate *candidate, FmField field)
{
    const FmTable *table = mapper->raw->table;
    const char *name = fm_table_column_name(table, candidate->column);
    g_autofree char *target = g_strdup(fm_field_info(field)->name);
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const FmMappedColumn column = {.name = target,
                                   .source = candidate->column,
                                   .field = field,
                                   .type = fm_field_info(field)->type,
                                   .words = mapper->map->synonyms};

    if (candidate->match == FM_MATCH_OWN_NAME) {
        return TRUE;
    }
    for (gsize row = 0; row < MIN(fm_table_n_rows(table), GUESS_ROWS); row++) {
        g_autofree char *reason = misfit(mapper, &column, row, ids);
        if (reason != NULL) {
            g_autofree char *value = fm_table_dup_as_text(table, candidate->column, row);
            g_ptr_array_add(mapper->map->notes,
                            g_strdup_printf("'%s' is not taken as %s: it has '%s', %s; --map %s=%s "
                                            "takes it and rejects such rows",
                                            name, target, value != NULL ? value : "", reason,
                                            target, name));
            return FALSE;
        }
    }
    return TRUE;
}

/* Maps the column that fits the field best.  Of two that fit equally well neither is taken, and the
 * user is told what to pass. */
static void map_best(Mapper *mapper, FmField field, const GArray *candidates)
{
    const char *name = fm_field_info(field)->name;
    g_autoptr(GArray) best = best_of(candidates);
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint i = 0; i < best->len; i++) {
        gsize column = g_array_index(best, Candidate, i).column;
        g_string_append_printf(names, "%s'%s'", i > 0 ? ", " : "",
                               fm_table_column_name(mapper->raw->table, column));
    }
    if (best->len == 1) {
        const Candidate *only = &g_array_index(best, Candidate, 0);
        if (can_be(mapper, only, field)) {
            add(mapper, name, only->column, field);
        }
    } else if (best->len > 1) {
        gsize first = g_array_index(best, Candidate, 0).column;
        g_ptr_array_add(mapper->map->notes,
                        g_strdup_printf("%u columns could be %s: %s; none is taken, pass for "
                                        "instance --map %s=%s",
                                        best->len, name, names->str, name,
                                        fm_table_column_name(mapper->raw->table, first)));
    }
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
static void map_plain_names(Mapper *mapper)
{
    static const FmField fields[] = {FM_FIELD_NAME_ZH, FM_FIELD_NAME_EN};
    g_autoptr(GArray) candidates = find_candidates(mapper, "name");

    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        g_autoptr(GArray) of_script = g_array_new(FALSE, FALSE, sizeof(Candidate));
        for (guint k = 0; k < candidates->len; k++) {
            Candidate candidate = g_array_index(candidates, Candidate, k);
            if (holds_han(mapper->raw->table, candidate.column) == (i == 0)) {
                g_array_append_val(of_script, candidate);
            }
        }
        if (is_open(mapper, fields[i])) {
            map_best(mapper, fields[i], of_script);
        }
    }
}

static void map_usual(Mapper *mapper)
{
    for (guint i = 0; i < FM_N_FIELDS; i++) {
        if (is_open(mapper, (FmField)i)) {
            g_autoptr(GArray) candidates = find_candidates(mapper, fm_field_info((FmField)i)->name);
            map_best(mapper, (FmField)i, candidates);
        }
    }
    map_plain_names(mapper);
}

/* Is it one of the words for a position, of which a layer's column must not have the name? */
static gboolean names_own_column(const char *key)
{
    return key != NULL && fm_field_find(key) == FM_FIELD_NONE && !is_position_key(key) &&
           strcmp(key, "name") != 0 && strcmp(key, "lon") != 0 && strcmp(key, "lat") != 0;
}

/* The name that a source column has in the layer: "address" for 详细地址, when it is the only one.
 * Transfer full. */
static char *own_name(const Mapper *mapper, gsize column)
{
    const char *name = fm_table_column_name(mapper->raw->table, column);
    FmMatch match;
    const char *key = fm_synonyms_field(mapper->map->synonyms, name, &match);

    if (!names_own_column(key) || has_name(mapper->map, key) ||
        (mapper->existing != NULL &&
         fm_table_find_column(mapper->existing, name) != FM_COLUMN_NONE)) {
        return g_strdup(name);
    }
    g_autoptr(GArray) candidates = find_candidates(mapper, key);
    g_autoptr(GArray) best = best_of(candidates);
    gboolean only = best->len == 1 && g_array_index(best, Candidate, 0).column == column;
    return g_strdup(only ? key : name);
}

/* Everything that is left keeps its name, unless that means something else in a layer. */
static void keep_others(Mapper *mapper)
{
    const FmTable *table = mapper->raw->table;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    /* All names before the first column is taken: two addresses are ambiguous for both. */
    for (gsize i = mapper->first; i < fm_table_n_columns(table); i++) {
        g_ptr_array_add(names, own_name(mapper, i));
    }
    for (gsize i = mapper->first; i < fm_table_n_columns(table); i++) {
        if (mapper->taken[i]) {
            continue;
        }
        g_autofree char *name = g_strdup(g_ptr_array_index(names, i - mapper->first));
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
static void keep_status_words(Mapper *mapper)
{
    for (guint i = 0; i < mapper->map->columns->len; i++) {
        const FmMappedColumn *status = mapped(mapper->map, i);
        if (status->field != FM_FIELD_STATUS || has_name(mapper->map, "status_source") ||
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
static void add_method(Mapper *mapper)
{
    if (mapper->source->locate_by == NULL) {
        return;
    }
    if (!has_field(mapper->map, FM_FIELD_POSITION_ACCURACY)) {
        add(mapper, "position_accuracy_m", FM_COLUMN_NONE, FM_FIELD_POSITION_ACCURACY);
    }
    if (!has_name(mapper->map, "position_method")) {
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
    Mapper mapper = {.raw = raw,
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
    if (!map_position(&mapper, error) || !map_named(&mapper, error)) {
        return NULL;
    }
    map_usual(&mapper);
    map->made_ids = !has_field(map, FM_FIELD_ID);
    if (map->made_ids) {
        add(&mapper, "id", FM_COLUMN_NONE, FM_FIELD_ID);
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
        const FmMappedColumn *column = mapped(map, i);
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
