/* Rows without a position, placed by the name of their area: at a point on the area's surface, with
 * the distance to its farthest point as their accuracy, so that no map and no check takes them for
 * exact.  An area is found by its id or its names; "东城" finds 东城区 when no other area answers
 * to it.  A row that names no area, or several, stays without a position. */
#include "load-internal.h"

#include <math.h>
#include <string.h>

/* Endings that people leave out, folded. */
static const char *const endings[] = {"区",   "县",       "市",     "镇",   "乡",
                                      "街道", "district", "county", "city", NULL};
#define AMBIGUOUS G_MAXUINT
/* How many names are listed in the note on those that were not found. */
#define LISTED 3u

typedef struct {
    FmLonLat point;
    double radius_m;
} Place;

struct FmLocator {
    char *layer;
    gsize column;      /* of the source, with the area's name */
    GArray *places;    /* Place, one for each row of the area layer; radius < 0: it has no area */
    GHashTable *names; /* folded name → place + 1, or AMBIGUOUS */
    GHashTable *stems; /* the same without endings */
    FmSynonyms *synonyms;
    gsize n_located, n_unknown, n_ambiguous;
    GPtrArray *unknown; /* char*, the first names that no area has */
};

static void add_name(GHashTable *names, char *name, guint place)
{
    guint there = GPOINTER_TO_UINT(g_hash_table_lookup(names, name));
    guint entry = there == 0 || there == place + 1 ? place + 1 : AMBIGUOUS;

    if (*name == '\0') {
        g_free(name);
        return;
    }
    g_hash_table_replace(names, name, GUINT_TO_POINTER(entry));
}

/* "东城区" → "东城"; a stem of one letter ("县") says nothing.  Transfer full, NULL without. */
static char *stem_of(const char *folded)
{
    for (const char *const *ending = endings; *ending != NULL; ending++) {
        gsize length = strlen(folded), cut = strlen(*ending);
        if (length > cut && g_str_has_suffix(folded, *ending) &&
            g_utf8_strlen(folded, (gssize)(length - cut)) >= 2) {
            return g_strndup(folded, length - cut);
        }
    }
    return NULL;
}

static double radius_m(const FmGeometry *area, FmLonLat from)
{
    double radius = 0;

    for (gsize i = 0; i < area->n_points; i++) {
        radius = fmax(radius, fm_geodesic_distance_m(from, area->points[i]));
    }
    return radius;
}

static void add_area(FmLocator *locator, const FmTable *areas, gsize row)
{
    static const char *const columns[] = {"id", "name_zh", "name_en"};
    const FmGeometry *area = fm_table_geometry(areas, row);
    Place place = {.radius_m = -1};

    if (area != NULL && fm_geometry_dimension(area) == 2) {
        place.point = fm_geometry_point_on_surface(area);
        place.radius_m = radius_m(area, place.point);
    }
    g_array_append_val(locator->places, place);
    for (gsize i = 0; i < G_N_ELEMENTS(columns); i++) {
        gsize column = fm_table_find_column(areas, columns[i]);
        g_autofree char *text =
            column != FM_COLUMN_NONE ? fm_table_dup_as_text(areas, column, row) : NULL;
        if (text == NULL) {
            continue;
        }
        char *folded = fm_synonyms_fold(locator->synonyms, text);
        char *stem = stem_of(folded);
        add_name(locator->stems, stem != NULL ? stem : g_strdup(folded), (guint)row);
        add_name(locator->names, folded, (guint)row);
    }
}

FmLocator *fm_locator_new(const FmTable *areas, const char *layer, const FmRaw *raw,
                          const FmColumnMap *map, const char *field, GError **error)
{
    gsize column = fm_find_column_as_meant(raw->table, map->synonyms, field);

    if (column == FM_COLUMN_NONE) {
        g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND,
                    "%s: no column '%s' with the name of an area (--locate-by)", raw->name, field);
        return NULL;
    }
    g_autoptr(FmLocator) locator = g_new0(FmLocator, 1);
    locator->layer = g_strdup(layer);
    locator->column = column;
    locator->places = g_array_new(FALSE, FALSE, sizeof(Place));
    locator->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    locator->stems = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    locator->unknown = g_ptr_array_new_with_free_func(g_free);
    locator->synonyms = fm_synonyms_ref(map->synonyms);
    gboolean any = FALSE;
    for (gsize row = 0; row < fm_table_n_rows(areas); row++) {
        add_area(locator, areas, row);
        any = any || g_array_index(locator->places, Place, row).radius_m >= 0;
    }
    if (!any) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "--locate-by: layer '%s' has no polygons to place rows in", layer);
        return NULL;
    }
    return g_steal_pointer(&locator);
}

void fm_locator_free(FmLocator *locator)
{
    if (locator != NULL) {
        g_free(locator->layer);
        g_clear_pointer(&locator->places, g_array_unref);
        g_clear_pointer(&locator->names, g_hash_table_unref);
        g_clear_pointer(&locator->stems, g_hash_table_unref);
        g_clear_pointer(&locator->unknown, g_ptr_array_unref);
        fm_synonyms_unref(locator->synonyms);
        g_free(locator);
    }
}

/* The full name first: 朝阳 may be the stem of a district and the name of a street. */
static guint find(const FmLocator *locator, const char *text)
{
    g_autofree char *folded = fm_synonyms_fold(locator->synonyms, text);
    guint entry = GPOINTER_TO_UINT(g_hash_table_lookup(locator->names, folded));

    if (entry == 0) {
        g_autofree char *stem = stem_of(folded);
        entry = GPOINTER_TO_UINT(g_hash_table_lookup(locator->stems, stem != NULL ? stem : folded));
    }
    return entry;
}

static void note_unknown(FmLocator *locator, const char *text)
{
    locator->n_unknown++;
    for (guint i = 0; i < locator->unknown->len; i++) {
        if (strcmp(g_ptr_array_index(locator->unknown, i), text) == 0) {
            return;
        }
    }
    if (locator->unknown->len < LISTED) {
        g_ptr_array_add(locator->unknown, g_strdup(text));
    }
}

FmGeometry *fm_locator_place(FmLocator *locator, const FmTable *rows, gsize row, double *accuracy_m)
{
    g_autofree char *text = fm_table_dup_as_text(rows, locator->column, row);

    if (text == NULL) {
        return NULL;
    }
    guint entry = find(locator, text);
    if (entry == AMBIGUOUS) {
        locator->n_ambiguous++;
        return NULL;
    }
    const Place *place = entry > 0 ? &g_array_index(locator->places, Place, entry - 1) : NULL;
    if (place == NULL || place->radius_m < 0) {
        note_unknown(locator, text);
        return NULL;
    }
    locator->n_located++;
    *accuracy_m = place->radius_m;
    return fm_geometry_new_point(place->point);
}

void fm_locator_note(const FmLocator *locator, FmRaw *raw)
{
    g_autofree char *located = fm_format_count((gint64)locator->n_located);

    fm_raw_warn(raw,
                "rows without a position of their own that are placed in their area ('%s'), with "
                "its size as position_accuracy_m: %s",
                locator->layer, located);
    if (locator->n_unknown > 0) {
        g_autoptr(GString) names = g_string_new(NULL);
        for (guint i = 0; i < locator->unknown->len; i++) {
            g_string_append_printf(names, "%s'%s'", i > 0 ? ", " : "",
                                   (const char *)g_ptr_array_index(locator->unknown, i));
        }
        fm_raw_warn(raw, "rows that name an area which '%s' does not have (%s%s): %" G_GSIZE_FORMAT,
                    locator->layer, names->str, locator->unknown->len == LISTED ? ", …" : "",
                    locator->n_unknown);
    }
    if (locator->n_ambiguous > 0) {
        fm_raw_warn(raw, "rows that name an area which '%s' has more than once: %" G_GSIZE_FORMAT,
                    locator->layer, locator->n_ambiguous);
    }
}
