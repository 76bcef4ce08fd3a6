/* Rows that are there twice, positions that many share, ids that are one.  No pair is looked at
 * that is not near: names are compared among the nearest neighbours of a row (at most 64, in a k-d
 * tree), positions by a radius around each that is not yet in a group. */
#include "check-internal.h"

#include <math.h>
#include <string.h>

enum { MOST_NEIGHBOURS = 64, IDS_LISTED = 5 };
/* Bytes: a longer text in the column of names is none, and comparing it would cost. */
enum { LONGEST_NAME = 2000 };

/* The located rows, indexed; and each row's name. */
typedef struct {
    const FmLayer *layer;
    FmPointIndex *index;
    gsize n;
    gsize *rows;           /* of the index's points */
    FmLonLat *positions;   /* of the index's points */
    FmNameBigrams **names; /* of all rows; NULL without a name */
} Places;

static void places_clear(Places *places)
{
    g_clear_pointer(&places->index, fm_point_index_free);
    g_clear_pointer(&places->rows, g_free);
    g_clear_pointer(&places->positions, g_free);
    for (gsize i = 0; places->names && i < places->layer->n; i++)
        fm_name_bigrams_free(places->names[i]);
    g_clear_pointer(&places->names, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Places, places_clear)

static void make_names(Places *places)
{
    const FmLayer *layer = places->layer;
    g_autofree const char **names = g_new(const char *, layer->n);
    for (gsize row = 0; row < layer->n; row++) {
        names[row] = fm_layer_name_of(layer, row);
        if (names[row] && strlen(names[row]) > LONGEST_NAME)
            names[row] = NULL;
    }
    g_autofree char *stem = fm_name_stem(names, layer->n);
    places->names = g_new0(FmNameBigrams *, layer->n);
    for (gsize row = 0; row < layer->n; row++) {
        g_autofree char *key = names[row] ? fm_name_key(names[row], stem) : NULL;
        if (key && *key != '\0')
            places->names[row] = fm_name_bigrams_new(key);
    }
}

static void places_init(Places *places, const FmLayer *layer)
{
    *places = (Places){.layer = layer};
    places->rows = g_new(gsize, layer->n);
    places->positions = g_new(FmLonLat, layer->n);
    for (gsize row = 0; row < layer->n; row++) {
        if (!fm_position_is_set(layer->positions[row]))
            continue;
        places->rows[places->n] = row;
        places->positions[places->n++] = layer->positions[row];
    }
    places->index = fm_point_index_new(places->positions, places->n);
    make_names(places);
}

static void add_duplicate(const FmLayer *layer, gsize row, gsize other, const char *evidence,
                          GPtrArray *findings)
{
    const char *name = fm_layer_name_of(layer, row), *twin = fm_layer_name_of(layer, other);
    g_autofree char *id = fm_layer_dup_id(layer, other);
    FmFinding *finding = fm_finding_add(findings, FM_CHECK_DUPLICATE, FM_SEVERITY_WARNING, layer,
                                        row, name, "'%s' (%s) %s", twin, id, evidence);
    finding->other_id = g_steal_pointer(&id);
}

/* Two names with different words in brackets are two parts of something: campuses, years. */
static gboolean are_parts(const FmLayer *layer, gsize row, gsize other)
{
    g_autofree char *a = fm_name_note(fm_layer_name_of(layer, row));
    g_autofree char *b = fm_name_note(fm_layer_name_of(layer, other));
    return *a != '\0' && *b != '\0' && strcmp(a, b) != 0;
}

/* The first row above, within reach, that bears the same or a similar name. */
static void check_row(const Places *places, gsize at, const FmCheckThresholds *limits,
                      GPtrArray *findings)
{
    FmNeighbour near[MOST_NEIGHBOURS];
    gsize row = places->rows[at];
    if (!places->names[row])
        return;
    gsize n = fm_point_index_nearest(places->index, places->positions[at], MOST_NEIGHBOURS,
                                     limits->duplicate_m, near);
    for (gsize i = 0; i < n; i++) {
        gsize other = places->rows[near[i].index];
        if (other >= row || !places->names[other])
            continue;
        double similarity = fm_name_similarity(places->names[row], places->names[other]);
        if (similarity < limits->similarity || are_parts(places->layer, row, other))
            continue;
        g_autofree char *evidence =
            similarity >= 1 ? g_strdup_printf("has the same name, %.0f m away", near[i].distance_m)
                            : g_strdup_printf("has a similar name (%.0f %%), %.0f m away",
                                              100 * similarity, near[i].distance_m);
        add_duplicate(places->layer, row, other, evidence, findings);
        return;
    }
}

/* Rows without a position: the same name, the same district, the same address. */
static void check_unlocated(const Places *places, GPtrArray *findings)
{
    const FmLayer *layer = places->layer;
    g_autoptr(GHashTable) first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize row = 0; row < layer->n; row++) {
        if (!places->names[row] || fm_position_is_set(layer->positions[row]))
            continue;
        const char *district = fm_layer_text(layer, layer->district, row);
        const char *address = fm_layer_text(layer, layer->address, row);
        g_autofree char *note = fm_name_note(fm_layer_name_of(layer, row));
        char *key = g_strdup_printf("%s\n%s\n%s\n%s", places->names[row]->key, note,
                                    district ? district : "", address ? address : "");
        gsize other = GPOINTER_TO_SIZE(g_hash_table_lookup(first, key));
        if (other == 0) {
            g_hash_table_insert(first, key, GSIZE_TO_POINTER(row + 1));
            continue;
        }
        g_free(key);
        add_duplicate(
            layer, row, other - 1,
            "has the same name; neither has a position, and nothing else tells them apart",
            findings);
    }
}

/* ---- positions that are shared ---------------------------------------------------------- */

static void add_shared(const Places *places, const GArray *group, gsize n_names, double shared_m,
                       GPtrArray *findings)
{
    const FmLayer *layer = places->layer;
    g_autoptr(GString) ids = g_string_new(NULL);
    gsize first = G_MAXSIZE;
    for (guint i = 0; i < group->len; i++) {
        gsize row = places->rows[g_array_index(group, FmNeighbour, i).index];
        first = MIN(first, row);
        g_autofree char *id = fm_layer_dup_id(layer, row);
        if (i < IDS_LISTED)
            g_string_append_printf(ids, "%s%s", i > 0 ? ", " : "", id);
    }
    if (group->len > IDS_LISTED)
        g_string_append(ids, " …");
    g_autofree char *value = g_strdup_printf("%u rows", group->len);
    fm_finding_add(findings, FM_CHECK_SHARED_POSITION, FM_SEVERITY_NOTE, layer, first, value,
                   "%" G_GSIZE_FORMAT " names within %g m: %s", n_names, shared_m, ids->str);
}

static void check_shared(const Places *places, const FmCheckThresholds *limits, GPtrArray *findings)
{
    g_autofree gboolean *grouped = g_new0(gboolean, places->n);
    g_autoptr(GArray) group = g_array_new(FALSE, FALSE, sizeof(FmNeighbour));
    for (gsize at = 0; at < places->n; at++) {
        if (grouped[at] || !places->names[places->rows[at]])
            continue;
        g_array_set_size(group, 0);
        fm_point_index_within(places->index, places->positions[at], limits->shared_m, group);
        if (group->len < limits->shared_min)
            continue;
        g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
        for (guint i = 0; i < group->len; i++) {
            gsize member = g_array_index(group, FmNeighbour, i).index;
            grouped[member] = TRUE;
            if (places->names[places->rows[member]])
                g_hash_table_add(names, places->names[places->rows[member]]->key);
        }
        if (g_hash_table_size(names) >= limits->shared_min)
            add_shared(places, group, g_hash_table_size(names), limits->shared_m, findings);
    }
}

/* ---- ids -------------------------------------------------------------------------------- */

static void check_ids(const FmLayer *layer, GPtrArray *findings)
{
    if (layer->id == FM_COLUMN_NONE)
        return;
    g_autoptr(GHashTable) first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize row = 0; row < layer->n; row++) {
        g_autofree char *id = fm_table_dup_as_text(layer->table, layer->id, row);
        if (!id)
            continue;
        char *folded = fm_text_fold(id);
        gsize other = GPOINTER_TO_SIZE(g_hash_table_lookup(first, folded));
        if (other == 0) {
            g_hash_table_insert(first, folded, GSIZE_TO_POINTER(row + 1));
            continue;
        }
        g_free(folded);
        g_autofree char *twin = fm_layer_dup_id(layer, other - 1);
        FmFinding *finding =
            fm_finding_add(findings, FM_CHECK_ID_VARIANT, FM_SEVERITY_WARNING, layer, row, id,
                           "'%s' and '%s' differ in case, width or blanks only", twin, id);
        finding->other_id = g_steal_pointer(&twin);
    }
}

void fm_check_duplicates(const FmLayer *layer, const FmCheckThresholds *limits, GPtrArray *findings)
{
    check_ids(layer, findings);
    if (layer->name_zh == FM_COLUMN_NONE && layer->name_en == FM_COLUMN_NONE)
        return;
    g_auto(Places) places = {0};
    places_init(&places, layer);
    if (layer->dimension == 0 || layer->n_located == 0) {
        for (gsize at = 0; at < places.n; at++)
            check_row(&places, at, limits, findings);
        check_shared(&places, limits, findings);
    }
    check_unlocated(&places, findings);
}
