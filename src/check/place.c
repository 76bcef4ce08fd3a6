/* Positions that cannot be: at 0, 0; far from where the layer is; outside the area that the row
 * names.  "Where the layer is" are the reference areas when there are any, else the neighbourhood
 * of the median position, which half of the rows would have to be wrong to move. */
#include "check-internal.h"

#include <math.h>

/* Beyond the reference areas by more than this is far: generalised borders err by less. */
#define FAR_FROM_AREAS_M 5000.0
/* Without areas: farther from the median position than so many median distances, and than this. */
#define FAR_MEDIANS 10.0
#define LEAST_FAR_M 300000.0
/* A repair that puts a row so near to another one puts it among its fellows. */
#define BESIDE_M 1000.0
/* Judging by fellows needs some. */
enum { LEAST_FELLOWS = 10 };
/* A repair that so many of all rows need is one mistake in the source, not many. */
#define WHOLE_LAYER_SHARE 0.5

static const double null_island_deg = 0.001;

typedef struct {
    const FmLayer *layer;
    const FmAreaSet *areas;
    const FmStated *stated;
    double radius_m;       /* without areas: of the neighbourhood; 0 = unknown */
    FmPointIndex *fellows; /* all positions */
    gsize row;
} Region;

static gboolean is_near(const Region *region, FmLonLat position)
{
    FmNeighbour nearest;
    if (region->areas)
        return fm_geometry_index_nearest(region->areas->index, position, 1, FAR_FROM_AREAS_M,
                                         &nearest, NULL) == 1;
    return region->radius_m <= 0 ||
           fm_geodesic_distance_m(position, region->layer->middle) <= region->radius_m;
}

/* A repaired position lies in the area that its row names; where it names none, beside a fellow. */
static gboolean is_home(FmLonLat position, gpointer user)
{
    const Region *region = user;
    FmNeighbour nearest;
    gsize stated = region->stated && region->stated->area_of ? region->stated->area_of[region->row]
                                                             : G_MAXSIZE;
    if (stated != G_MAXSIZE)
        return fm_geometry_index_containing(region->areas->index, position) == stated;
    return is_near(region, position) &&
           fm_point_index_nearest(region->fellows, position, 1, BESIDE_M, &nearest) == 1;
}

static double neighbourhood_m(const FmLayer *layer)
{
    if (layer->n_located < LEAST_FELLOWS)
        return 0;
    g_autofree double *distances = g_new(double, layer->n);
    gsize n = 0;
    for (gsize row = 0; row < layer->n; row++)
        if (fm_position_is_set(layer->tested[row]))
            distances[n++] = fm_geodesic_distance_m(layer->tested[row], layer->middle);
    return fmax(FAR_MEDIANS * fm_check_median(distances, n), LEAST_FAR_M);
}

static FmPointIndex *index_fellows(const FmLayer *layer)
{
    g_autofree FmLonLat *positions = g_new(FmLonLat, layer->n);
    gsize n = 0;
    for (gsize row = 0; row < layer->n; row++)
        if (fm_position_is_set(layer->tested[row]))
            positions[n++] = layer->tested[row];
    return fm_point_index_new(positions, n);
}

static char *position_text(FmLonLat position)
{
    char lon[32], lat[32];
    g_ascii_formatd(lon, sizeof lon, "%.6f", position.lon_deg);
    g_ascii_formatd(lat, sizeof lat, "%.6f", position.lat_deg);
    return g_strdup_printf("%s, %s", lon, lat);
}

/* How far, and from what. */
static char *far_text(const Region *region, FmLonLat position)
{
    FmNeighbour nearest = {0};
    if (!region->areas)
        return g_strdup_printf("%.0f km from the middle of the layer",
                               fm_geodesic_distance_m(position, region->layer->middle) / 1000);
    fm_geometry_index_nearest(region->areas->index, position, 1, INFINITY, &nearest, NULL);
    return g_strdup_printf("%.0f km outside '%s'", nearest.distance_m / 1000, region->areas->name);
}

static void report_far(const Region *region, gsize row, const FmRepair *repair, GPtrArray *findings)
{
    static const FmCheckKind kinds[] = {
        [FM_REPAIR_NONE] = FM_CHECK_FAR_OUTSIDE,
        [FM_REPAIR_SWAP] = FM_CHECK_SWAPPED_AXES,
        [FM_REPAIR_ZONE] = FM_CHECK_WRONG_ZONE,
        [FM_REPAIR_DIGIT] = FM_CHECK_COORDINATE_TYPO,
    };
    const FmLayer *layer = region->layer;
    FmLonLat position = layer->positions[row];
    g_autofree char *value = position_text(position);
    g_autofree char *far = far_text(region, layer->tested[row]);
    if (repair->kind == FM_REPAIR_NONE) {
        fm_finding_add(findings, FM_CHECK_FAR_OUTSIDE, FM_SEVERITY_WARNING, layer, row, value, "%s",
                       far);
        return;
    }
    g_autofree char *repaired = position_text(repair->position);
    fm_finding_add(findings, kinds[repair->kind], FM_SEVERITY_ERROR, layer, row, value,
                   "%s; at %s it would lie in its place: %s", far, repaired, repair->what);
}

/* When most rows need the same repair, one finding says so. */
static gboolean report_whole(const Region *region, const FmRepair *repairs, const gboolean *is_far,
                             GPtrArray *findings)
{
    gsize counts[FM_REPAIR_DIGIT + 1] = {0};
    const FmRepair *examples[FM_REPAIR_DIGIT + 1] = {NULL};
    for (gsize row = 0; row < region->layer->n; row++) {
        if (!is_far[row] || repairs[row].kind == FM_REPAIR_NONE ||
            repairs[row].kind == FM_REPAIR_DIGIT)
            continue;
        counts[repairs[row].kind]++;
        examples[repairs[row].kind] = &repairs[row];
    }
    for (guint kind = FM_REPAIR_SWAP; kind <= FM_REPAIR_ZONE; kind++) {
        const FmRepair *example = examples[kind];
        if (!example ||
            (double)counts[kind] <= WHOLE_LAYER_SHARE * (double)region->layer->n_located)
            continue;
        fm_finding_add(
            findings, kind == FM_REPAIR_SWAP ? FM_CHECK_SWAPPED_AXES : FM_CHECK_WRONG_ZONE,
            FM_SEVERITY_ERROR, region->layer, G_MAXSIZE, NULL,
            "%" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " positions would lie in their place: %s",
            counts[kind], region->layer->n_located, example->what);
        return TRUE;
    }
    return FALSE;
}

/* ---- the stated area -------------------------------------------------------------------- */

static double accuracy_m(const FmTable *table, gsize column, gsize row)
{
    if (column == FM_COLUMN_NONE || fm_table_column_type(table, column) == FM_COLUMN_TEXT)
        return 0;
    double value_m = fm_table_number(table, column, row);
    return value_m > 0 ? value_m : 0;
}

static void check_stated(const Region *region, gsize row, const FmCheckThresholds *limits,
                         GPtrArray *findings)
{
    const FmLayer *layer = region->layer;
    const FmAreaSet *areas = region->areas;
    gsize area = region->stated->area_of[row];
    if (area == G_MAXSIZE || fm_geometry_index_containing(areas->index, layer->tested[row]) == area)
        return;
    FmNeighbour nearest = {0};
    fm_geometry_index_nearest(areas->each[area], layer->tested[row], 1, INFINITY, &nearest, NULL);
    gsize column = fm_table_find_column(layer->table, "position_accuracy_m");
    double allowed_m = limits->stated_m + accuracy_m(layer->table, column, row) +
                       accuracy_m(areas->table, areas->accuracy, area);
    if (nearest.distance_m <= allowed_m)
        return;
    gsize inside = fm_geometry_index_containing(areas->index, layer->tested[row]);
    const char *place = inside != G_MAXSIZE ? fm_layer_name_of(areas->layer, inside) : NULL;
    const char *claimed = fm_layer_name_of(areas->layer, area);
    fm_finding_add(findings, FM_CHECK_OUTSIDE_STATED, FM_SEVERITY_WARNING, layer, row, claimed,
                   "'%s' says %s; it lies %.1f km outside it, %s%s",
                   fm_table_column_name(layer->table, region->stated->column),
                   claimed ? claimed : "an area", nearest.distance_m / 1000,
                   place ? "in " : "in no area", place ? place : "");
}

void fm_check_places(const FmLayer *layer, const FmAreaSet *areas, const FmStated *stated,
                     const FmSystems *systems, const FmCheckThresholds *limits, GPtrArray *findings)
{
    Region region = {.layer = layer, .areas = areas, .stated = stated};
    region.radius_m = areas ? 0 : neighbourhood_m(layer);
    g_autoptr(FmPointIndex) fellows = index_fellows(layer);
    region.fellows = fellows;
    g_autofree gboolean *is_far = g_new0(gboolean, layer->n);
    g_autofree FmRepair *repairs = g_new0(FmRepair, layer->n);
    for (gsize row = 0; row < layer->n; row++) {
        FmLonLat position = layer->tested[row];
        if (!fm_position_is_set(position))
            continue;
        if (fabs(position.lon_deg) < null_island_deg && fabs(position.lat_deg) < null_island_deg &&
            !is_near(&region, position)) {
            g_autofree char *value = position_text(position);
            fm_finding_add(findings, FM_CHECK_NULL_ISLAND, FM_SEVERITY_ERROR, layer, row, value,
                           "an empty position that was written as zero");
            continue;
        }
        is_far[row] = !is_near(&region, position);
        region.row = row;
        if (is_far[row])
            repairs[row] =
                fm_repair_find(position, systems->zoned, layer->middle, is_home, &region);
        else if (areas && stated && stated->area_of && !stated->is_name)
            check_stated(&region, row, limits, findings);
    }
    gboolean whole = report_whole(&region, repairs, is_far, findings);
    for (gsize row = 0; row < layer->n; row++)
        if (is_far[row] &&
            (!whole || repairs[row].kind == FM_REPAIR_NONE || repairs[row].kind == FM_REPAIR_DIGIT))
            report_far(&region, row, &repairs[row], findings);
}
