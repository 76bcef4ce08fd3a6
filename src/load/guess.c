/* Which columns hold positions, by the headings that people give them (synonyms.c).  A column of
 * whole positions counts only when its values are such: "location" may also be an address. */
#include "load-internal.h"

#include <string.h>

/* How many values are looked at to see whether a column holds positions. */
#define SAMPLE 20u

gsize fm_find_heading(const FmTable *table, gsize first, const char *name)
{
    for (gsize i = first; i < fm_table_n_columns(table); i++) {
        if (g_ascii_strcasecmp(fm_table_column_name(table, i), name) == 0) {
            return i;
        }
    }
    return FM_COLUMN_NONE;
}

gsize fm_find_column_as_meant(const FmTable *table, const FmSynonyms *synonyms, const char *name)
{
    gsize first = fm_rejects_n_own_columns(table);
    gsize column = fm_find_heading(table, first, name);

    for (gsize i = first; column == FM_COLUMN_NONE && i < fm_table_n_columns(table); i++) {
        if (fm_synonyms_same(synonyms, fm_table_column_name(table, i), name)) {
            column = i;
        }
    }
    return column;
}

/* The column that fits a field best; *also another one that fits as well, or FM_COLUMN_NONE. */
static gsize find_best(const FmTable *table, gsize first, const FmSynonyms *synonyms,
                       const char *field, gsize *also)
{
    gsize best = FM_COLUMN_NONE;
    FmMatch best_match = FM_MATCH_QUALIFIED;

    *also = FM_COLUMN_NONE;
    for (gsize i = first; i < fm_table_n_columns(table); i++) {
        FmMatch match;
        const char *means = fm_synonyms_field(synonyms, fm_table_column_name(table, i), &match);
        if (g_strcmp0(means, field) != 0) {
            continue;
        }
        if (best == FM_COLUMN_NONE || match < best_match) {
            best = i;
            best_match = match;
            *also = FM_COLUMN_NONE;
        } else if (match == best_match) {
            *also = i;
        }
    }
    return best;
}

/* Is one of the first values a whole position? */
static gboolean holds_positions(const FmTable *table, gsize column)
{
    guint n_seen = 0;

    if (fm_table_column_type(table, column) != FM_COLUMN_TEXT) {
        return FALSE;
    }
    for (gsize row = 0; row < fm_table_n_rows(table) && n_seen < SAMPLE; row++) {
        const char *value = fm_table_text(table, column, row), *reason;
        FmCoordinate pair[2];
        if (value == NULL) {
            continue;
        }
        n_seen++;
        if (fm_text_is_geometry(value) || fm_coordinates_parse(value, pair, &reason)) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Columns of whole positions: the first kind that there is.  All of them are looked at, for a
 * "geometry" that is a word must not hide the "坐标" beside it. */
static gboolean guess_whole(const FmTable *table, gsize first, const FmSynonyms *synonyms,
                            FmPositionColumns *out, char **ambiguous)
{
    static const struct {
        const char *field;
        FmPairOrder order;
    } kinds[] = {{"wkt", FM_ORDER_UNKNOWN},
                 {"lonlat", FM_ORDER_LON_LAT},
                 {"latlon", FM_ORDER_LAT_LON},
                 {"coordinates", FM_ORDER_UNKNOWN}};

    for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++) {
        for (gsize i = first; i < fm_table_n_columns(table); i++) {
            FmMatch match;
            const char *name = fm_table_column_name(table, i);
            if (g_strcmp0(fm_synonyms_field(synonyms, name, &match), kinds[k].field) != 0 ||
                !holds_positions(table, i)) {
                continue;
            }
            if (out->wkt != FM_COLUMN_NONE) {
                *ambiguous = g_strdup_printf("'%s' and '%s' both hold positions; pass --wkt COLUMN",
                                             fm_table_column_name(table, out->wkt), name);
                return FALSE;
            }
            out->wkt = i;
            out->heading = kinds[k].order;
        }
        if (out->wkt != FM_COLUMN_NONE) {
            return TRUE;
        }
    }
    return TRUE;
}

/* @return FALSE when a name of the pair stands twice */
static gboolean guess_pair(const FmTable *table, gsize first, const FmSynonyms *synonyms,
                           const char *const fields[2], FmPositionColumns *out, char **ambiguous)
{
    gsize found[2], also[2];

    for (guint i = 0; i < 2; i++) {
        found[i] = find_best(table, first, synonyms, fields[i], &also[i]);
    }
    if (found[0] == FM_COLUMN_NONE || found[1] == FM_COLUMN_NONE) {
        return TRUE;
    }
    for (guint i = 0; i < 2; i++) {
        if (also[i] != FM_COLUMN_NONE) {
            *ambiguous = g_strdup_printf(
                "'%s' and '%s' both could be the %s; pass --x COLUMN and --y COLUMN",
                fm_table_column_name(table, found[i]), fm_table_column_name(table, also[i]),
                i == 0 ? "longitude or easting" : "latitude or northing");
            return FALSE;
        }
    }
    out->x = found[0];
    out->y = found[1];
    return TRUE;
}

gboolean fm_guess_position(const FmTable *table, gsize first, const FmSynonyms *synonyms,
                           FmPositionColumns *out, char **ambiguous)
{
    static const char *const degrees[] = {"lon", "lat"}, *const letters[] = {"x", "y"};

    *out = (FmPositionColumns){.x = FM_COLUMN_NONE, .y = FM_COLUMN_NONE, .wkt = FM_COLUMN_NONE};
    if (!guess_whole(table, first, synonyms, out, ambiguous)) {
        return FALSE;
    }
    if (out->wkt != FM_COLUMN_NONE) {
        return TRUE;
    }
    if (!guess_pair(table, first, synonyms, degrees, out, ambiguous)) {
        return FALSE;
    }
    if (out->x == FM_COLUMN_NONE) {
        out->letters = TRUE;
        return guess_pair(table, first, synonyms, letters, out, ambiguous);
    }
    return TRUE;
}
