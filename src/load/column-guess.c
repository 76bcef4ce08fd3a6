/* Which column is which field, by its heading, when nobody says: the best fit, tried on the first
 * rows, since a guess must not cost a row. */
#include "columns.h"

#include <string.h>

/* How many rows a guess is tried on. */
#define GUESS_ROWS 10000u

/* What a source column may be: a field's key in the synonyms and how well it fits. */
typedef struct {
    gsize column;
    FmMatch match;
} Candidate;

static gboolean is_open(const FmMapper *mapper, FmField field)
{
    return !mapper->barred[field] && !fm_mapper_has_field(mapper->map, field);
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
static GArray *find_candidates(const FmMapper *mapper, const char *key)
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
static char *misfit(const FmMapper *mapper, const FmMappedColumn *column, gsize row,
                    GHashTable *ids)
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
static gboolean can_be(FmMapper *mapper, const Candidate *candidate, FmField field)
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
            g_ptr_array_add(
                mapper->map->notes,
                g_strdup_printf("'%s' is not taken as %s: it has '%s', %s; --map %s=%s "
                                "takes it and rejects such rows%s",
                                name, target, value != NULL ? value : "", reason, target, name,
                                field == FM_FIELD_STATUS ? "; without it every row counts as open"
                                                         : ""));
            return FALSE;
        }
    }
    return TRUE;
}

/* Maps the column that fits the field best.  Of two that fit equally well neither is taken, and the
 * user is told what to pass. */
static void map_best(FmMapper *mapper, FmField field, const GArray *candidates)
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
            fm_mapper_add(mapper, name, only->column, field);
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
static void map_plain_names(FmMapper *mapper)
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

void fm_mapper_map_usual(FmMapper *mapper)
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
    return key != NULL && fm_field_find(key) == FM_FIELD_NONE && !fm_mapper_is_position_key(key) &&
           strcmp(key, "name") != 0 && strcmp(key, "lon") != 0 && strcmp(key, "lat") != 0;
}

char *fm_mapper_own_name(const FmMapper *mapper, gsize column)
{
    const char *name = fm_table_column_name(mapper->raw->table, column);
    FmMatch match;
    const char *key = fm_synonyms_field(mapper->map->synonyms, name, &match);

    if (!names_own_column(key) || fm_mapper_has_name(mapper->map, key) ||
        (mapper->existing != NULL &&
         fm_table_find_column(mapper->existing, name) != FM_COLUMN_NONE)) {
        return g_strdup(name);
    }
    g_autoptr(GArray) candidates = find_candidates(mapper, key);
    g_autoptr(GArray) best = best_of(candidates);
    gboolean only = best->len == 1 && g_array_index(best, Candidate, 0).column == column;
    return g_strdup(only ? key : name);
}
