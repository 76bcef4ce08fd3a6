/* One row of a layer through the eyes of a profile: may it be used, which way, how fast?  Columns
 * are found by name once; then every row is read on its own.  The rules, and where the words come
 * from, are in docs/network.md. */
#include "network-internal.h"

#include <math.h>
#include <string.h>

/* The names that a column may have, the first that is there. */
static const char *const column_names[FM_ROAD_N_COLUMNS][4] = {
    [FM_ROAD_FROM] = {"from_node", "source", "u"},
    [FM_ROAD_TO] = {"to_node", "target", "v"},
    [FM_ROAD_FORWARD] = {"car_forward", "forward"},
    [FM_ROAD_BACKWARD] = {"car_backward", "backward"},
    [FM_ROAD_ONEWAY] = {"oneway"},
    [FM_ROAD_ROUNDABOUT] = {"roundabout"},
    [FM_ROAD_SPEED_KMH] = {"speed_kmh"},
    [FM_ROAD_MAXSPEED] = {"maxspeed"},
    [FM_ROAD_LENGTH_M] = {"length_m"},
    [FM_ROAD_CLASS] = {"highway", "fclass"},
};

static gboolean find_columns(FmRoadReader *reader, GError **error)
{
    for (gsize i = 0; i < FM_ROAD_N_COLUMNS; i++) {
        const char *own = reader->profile->columns[i];
        reader->column[i] = FM_COLUMN_NONE;
        if (own != NULL) {
            reader->column[i] = fm_table_find_column(reader->table, own);
            if (reader->column[i] == FM_COLUMN_NONE) {
                g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND,
                            "layer '%s' has no column '%s', which profile '%s' names as its %s",
                            reader->layer, own, reader->profile->name, fm_profile_column_keys[i]);
                return FALSE;
            }
            continue;
        }
        for (gsize n = 0; n < 4 && column_names[i][n] != NULL; n++) {
            if (reader->column[i] == FM_COLUMN_NONE) {
                reader->column[i] = fm_table_find_column(reader->table, column_names[i][n]);
            }
        }
    }
    return TRUE;
}

gboolean fm_road_reader_init(FmRoadReader *reader, const char *layer, const FmTable *table,
                             const FmProfile *profile, GError **error)
{
    char **tags = profile->access_tags;
    gsize n_tags = tags != NULL ? g_strv_length(tags) : 0;

    *reader = (FmRoadReader){.layer = layer, .table = table, .profile = profile};
    if (!find_columns(reader, error)) {
        return FALSE;
    }
    reader->access = g_new(gsize, n_tags);
    for (gsize i = 0; i < n_tags; i++) {
        reader->access[i] = fm_table_find_column(table, tags[i]);
    }
    reader->route = fm_table_find_column(table, "route");
    reader->duration = fm_table_find_column(table, "duration");
    reader->junction = fm_table_find_column(table, "junction");
    reader->fclass = fm_table_find_column(table, "highway") == FM_COLUMN_NONE &&
                     fm_table_find_column(table, "fclass") != FM_COLUMN_NONE;
    /* One end without the other is no topology. */
    if (reader->column[FM_ROAD_FROM] == FM_COLUMN_NONE ||
        reader->column[FM_ROAD_TO] == FM_COLUMN_NONE) {
        reader->column[FM_ROAD_FROM] = reader->column[FM_ROAD_TO] = FM_COLUMN_NONE;
    }
    return TRUE;
}

void fm_road_reader_clear(FmRoadReader *reader)
{
    g_clear_pointer(&reader->access, g_free);
}

/* ---- cells -------------------------------------------------------------------------------- */

#define CELL_BYTES 32

/* The cell as text, NULL for NULL and for "".  @param buffer where a number is written */
static const char *cell_text(const FmRoadReader *reader, gsize column, gsize row,
                             char buffer[CELL_BYTES])
{
    const char *text = NULL;

    if (column == FM_COLUMN_NONE || fm_table_is_null(reader->table, column, row)) {
        return NULL;
    }
    if (fm_table_column_type(reader->table, column) == FM_COLUMN_TEXT) {
        text = fm_table_text(reader->table, column, row);
    } else {
        double value = fm_table_number(reader->table, column, row);
        text = g_ascii_formatd(buffer, CELL_BYTES, "%.9g", value);
    }
    return *text != '\0' ? text : NULL;
}

/* NaN for what is absent; FALSE for text that is no number. */
static gboolean cell_number(const FmRoadReader *reader, gsize column, gsize row, double *out)
{
    char buffer[CELL_BYTES];
    const char *text = cell_text(reader, column, row, buffer);

    *out = (double)NAN;
    if (text == NULL) {
        return TRUE;
    }
    if (fm_table_column_type(reader->table, column) == FM_COLUMN_TEXT) {
        return fm_parse_double(text, out);
    }
    *out = fm_table_number(reader->table, column, row);
    return TRUE;
}

/* A length or a speed: absent is NaN, anything but a number above 0 an error. */
static gboolean positive_cell(const FmRoadReader *reader, FmRoadColumn what, gsize row, double *out,
                              GError **error)
{
    gsize column = reader->column[what];
    char buffer[CELL_BYTES];

    if (cell_number(reader, column, row, out) && (isnan(*out) || *out > 0)) {
        return TRUE;
    }
    g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                "layer '%s', row %" G_GSIZE_FORMAT ": %s is '%s', and must be above 0: correct or "
                "remove the row",
                reader->layer, row + 1, fm_table_column_name(reader->table, column),
                cell_text(reader, column, row, buffer));
    return FALSE;
}

static gboolean rule_holds(const FmRoadReader *reader, const FmTagRule *rule, gsize row)
{
    char buffer[CELL_BYTES];
    gsize column = fm_table_find_column(reader->table, rule->tag);
    const char *text = cell_text(reader, column, row, buffer);

    return text != NULL && g_strv_contains((const char *const *)rule->values, text);
}

static gboolean any_rule_holds(const FmRoadReader *reader, const GPtrArray *rules, gsize row)
{
    for (guint i = 0; i < rules->len; i++) {
        if (rule_holds(reader, g_ptr_array_index(rules, i), row)) {
            return TRUE;
        }
    }
    return FALSE;
}

/* ---- access ------------------------------------------------------------------------------- */

static gboolean among(char **words, const char *word)
{
    return words != NULL && g_strv_contains((const char *const *)words, word);
}

/* The most specific tag that is there decides.  A class that the profile does not list is opened
 * by the profile's own tag alone: access=yes makes no footpath of a motorway. */
static gboolean may_use(const FmRoadReader *reader, gsize row, gboolean listed)
{
    const FmProfile *profile = reader->profile;
    gsize n = profile->access_tags != NULL ? g_strv_length(profile->access_tags) : 0;

    if (any_rule_holds(reader, profile->deny, row)) {
        return FALSE;
    }
    for (gsize i = n; i-- > 0;) {
        char buffer[CELL_BYTES];
        const char *value = cell_text(reader, reader->access[i], row, buffer);
        if (value != NULL) {
            return !among(profile->access_no, value) &&
                   (listed || (i == n - 1 && among(profile->access_yes, value)));
        }
    }
    return listed;
}

/* ---- direction ---------------------------------------------------------------------------- */

/* The road's own one-way sign, from its tags. */
static FmOneway tagged_oneway(const FmRoadReader *reader, gsize row, const char *class)
{
    char buffer[CELL_BYTES];
    const char *value = cell_text(reader, reader->column[FM_ROAD_ONEWAY], row, buffer);
    FmOneway oneway = reader->fclass ? fm_tag_oneway_fclass(value) : FM_ONEWAY_UNKNOWN;
    gboolean round = FALSE;

    if (oneway == FM_ONEWAY_UNKNOWN) {
        oneway = fm_tag_oneway(value);
    }
    if (oneway != FM_ONEWAY_UNKNOWN) {
        return oneway;
    }
    value = cell_text(reader, reader->junction, row, buffer);
    if (value != NULL && (g_str_equal(value, "roundabout") || g_str_equal(value, "circular"))) {
        return FM_ONEWAY_FORWARD;
    }
    value = cell_text(reader, reader->column[FM_ROAD_ROUNDABOUT], row, buffer);
    if ((fm_tag_boolean(value, &round) && round) ||
        (class != NULL && among(reader->profile->oneway_classes, class))) {
        return FM_ONEWAY_FORWARD;
    }
    return FM_ONEWAY_NO;
}

static void find_directions(const FmRoadReader *reader, gsize row, const char *class,
                            gboolean open[2])
{
    static const FmRoadColumn columns[] = {FM_ROAD_FORWARD, FM_ROAD_BACKWARD};
    const FmProfile *profile = reader->profile;

    open[0] = open[1] = TRUE;
    if (profile->oneway_ignored || any_rule_holds(reader, profile->oneway_exempt, row)) {
        return;
    }
    if (reader->column[FM_ROAD_FORWARD] != FM_COLUMN_NONE &&
        reader->column[FM_ROAD_BACKWARD] != FM_COLUMN_NONE) {
        for (gsize d = 0; d < 2; d++) {
            char buffer[CELL_BYTES];
            open[d] = FALSE;
            fm_tag_boolean(cell_text(reader, reader->column[columns[d]], row, buffer), &open[d]);
        }
        return;
    }
    FmOneway oneway = tagged_oneway(reader, row, class);
    open[FM_EDGE_FORWARD] = oneway == FM_ONEWAY_NO || oneway == FM_ONEWAY_FORWARD;
    open[FM_EDGE_BACKWARD] = oneway == FM_ONEWAY_NO || oneway == FM_ONEWAY_BACKWARD;
}

/* ---- speed -------------------------------------------------------------------------------- */

/* By the limit on the road, as the profile takes it. */
static double limited_speed(const FmRoadReader *reader, gsize row, double mps, FmRoad *road)
{
    const FmProfile *profile = reader->profile;
    char buffer[CELL_BYTES];
    double limit = 0;

    if (profile->maxspeed == FM_MAXSPEED_IGNORED) {
        return mps;
    }
    const char *text = cell_text(reader, reader->column[FM_ROAD_MAXSPEED], row, buffer);
    FmMaxspeedState state = fm_tag_maxspeed(text, profile->zones_mps, &limit);
    /* Geofabrik's shapefiles write 0 where nothing is known. */
    road->bad_maxspeed = state == FM_MAXSPEED_BAD && !(reader->fclass && g_str_equal(text, "0"));
    if (state != FM_MAXSPEED_KNOWN) {
        return mps;
    }
    return profile->maxspeed == FM_MAXSPEED_FOLLOWED ? limit * profile->maxspeed_factor
                                                     : MIN(mps, limit);
}

static gboolean find_speed(const FmRoadReader *reader, gsize row, const char *class,
                           double geodesic_m, FmRoad *road, double *mps, GError **error)
{
    const FmProfile *profile = reader->profile;
    const double *listed = class != NULL ? g_hash_table_lookup(profile->class_mps, class) : NULL;
    char buffer[CELL_BYTES];
    double kmh = (double)NAN, duration_s = 0;

    if (profile->speed_column && !positive_cell(reader, FM_ROAD_SPEED_KMH, row, &kmh, error)) {
        return FALSE;
    }
    if (fm_tag_duration(cell_text(reader, reader->duration, row, buffer), &duration_s)) {
        *mps = geodesic_m / duration_s; /* a ferry: as long as it takes, whoever is on board */
        return TRUE;
    }
    *mps = listed != NULL ? *listed : profile->default_mps;
    *mps = isnan(kmh) ? limited_speed(reader, row, *mps, road) : kmh * FM_KMH;
    for (guint i = 0; i < profile->factors->len; i++) {
        const FmTagRule *rule = g_ptr_array_index(profile->factors, i);
        *mps *= rule_holds(reader, rule, row) ? rule->factor : 1;
    }
    *mps = CLAMP(*mps, profile->min_mps, profile->max_mps);
    return TRUE;
}

/* ---- the row ------------------------------------------------------------------------------ */

/* The class, or NULL where the layer has none.  FALSE: the row is no road at all. */
static gboolean find_class(const FmRoadReader *reader, gsize row, char buffer[CELL_BYTES],
                           const char **class)
{
    char other[CELL_BYTES];

    *class = cell_text(reader, reader->column[FM_ROAD_CLASS], row, buffer);
    if (*class != NULL) {
        return TRUE;
    }
    const char *route = cell_text(reader, reader->route, row, other);
    if (route != NULL && g_str_equal(route, "ferry")) {
        *class = "ferry";
        return TRUE;
    }
    return reader->column[FM_ROAD_CLASS] == FM_COLUMN_NONE;
}

gboolean fm_road_read(const FmRoadReader *reader, gsize row, double geodesic_m, FmRoad *road,
                      GError **error)
{
    const FmProfile *profile = reader->profile;
    char buffer[CELL_BYTES];
    const char *class = NULL;
    gboolean open[2];
    double mps = 0;

    *road = (FmRoad){.length_m = (double)NAN, .crossing_s = profile->crossing_s};
    road->road = find_class(reader, row, buffer, &class);
    if (!road->road) {
        return TRUE;
    }
    const double *wait =
        class != NULL ? g_hash_table_lookup(profile->class_crossing_s, class) : NULL;
    if (wait != NULL) {
        road->crossing_s = *wait;
    }
    gboolean listed = class == NULL || g_hash_table_contains(profile->class_mps, class);
    find_directions(reader, row, class, open);
    if (!(open[0] || open[1]) || !may_use(reader, row, listed)) {
        return TRUE;
    }
    if (!positive_cell(reader, FM_ROAD_LENGTH_M, row, &road->length_m, error) ||
        !find_speed(reader, row, class, geodesic_m, road, &mps, error)) {
        return FALSE;
    }
    road->mps[0] = open[0] ? mps : 0;
    road->mps[1] = open[1] ? mps : 0;
    return TRUE;
}
