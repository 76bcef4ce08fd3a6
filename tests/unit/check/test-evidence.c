/* Misfits: every reference sees the system that the schools are in, as far as it can. */
#include "fm-unit.h"
#include "town.h"

static const FmEvidence *of_kind(const GPtrArray *all, FmEvidenceKind kind)
{
    for (guint i = 0; i < all->len; i++) {
        const FmEvidence *evidence = g_ptr_array_index(all, i);
        if (evidence->kind == kind)
            return evidence;
    }
    g_error("no evidence of kind %d", (int)kind);
}

static GPtrArray *collect(FmTable *table, const FmReferences *references)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmLayer) layer = fm_check_layer_new("list", table);
    g_auto(FmSystems) systems = {0};
    fm_systems_init(&systems, "EPSG:4326", layer->middle, &error);
    g_assert_no_error(error);
    return fm_evidence_collect(layer, &systems, references);
}

static void test_streets_and_areas(void)
{
    g_autoptr(FmLineSet) lines = fm_line_set_new("street", town_streets());
    g_autoptr(FmAreaSet) areas = fm_area_set_new("area", town_districts());
    const FmReferences references = {.areas = areas, .lines = lines};
    for (guint system = FM_SYSTEM_WGS84; system <= FM_SYSTEM_BD09; system++) {
        g_autoptr(FmTable) table = town_schools();
        town_misread(table, system);
        g_autoptr(GPtrArray) all = collect(table, &references);
        const FmEvidence *named = of_kind(all, FM_EVIDENCE_NAMED_LINE);
        g_assert_true(named->clear);
        g_assert_cmpuint(named->best, ==, system);
        g_assert_cmpuint(named->n, ==, TOWN_PLACES);
        g_assert_cmpstr(named->column, ==, "address");
        g_assert_cmpfloat(named->median_m[system], <, 45); /* as the schools were made */
        g_assert_cmpfloat(named->p, <, 1e-6);
        const FmEvidence *nearest = of_kind(all, FM_EVIDENCE_NEAREST);
        g_assert_cmpuint(nearest->best, ==, system);
        const FmEvidence *stated = of_kind(all, FM_EVIDENCE_STATED_AREA);
        g_assert_cmpuint(stated->best, ==, system);
        g_assert_cmpfloat(stated->inside[system], ==, 1);
        g_assert_cmpfloat(stated->inside[stated->second], <, 1);
    }
}

/* A trusted list of the same places: by name, and by the nearest. */
static void test_points(void)
{
    g_autoptr(FmLineSet) points = fm_line_set_new("known", town_schools());
    g_autoptr(FmTable) table = town_schools();
    town_misread(table, FM_SYSTEM_GCJ02);
    g_autoptr(GPtrArray) all = collect(table, &(FmReferences){.points = points});
    const FmEvidence *same = of_kind(all, FM_EVIDENCE_SAME_NAME);
    g_assert_true(same->clear);
    g_assert_cmpuint(same->best, ==, FM_SYSTEM_GCJ02);
    g_assert_cmpfloat(same->median_m[FM_SYSTEM_GCJ02], <, 0.01);
    g_assert_nonnull(of_kind(all, FM_EVIDENCE_NEAREST));
}

/* Areas: by the border of the same name; without names by any border. */
static void test_borders(void)
{
    g_autoptr(FmAreaSet) areas = fm_area_set_new("area", town_districts());
    g_autoptr(FmTable) table = fm_table_new(FM_GEOMETRY_POLYGON);
    gsize name = fm_table_add_column(table, "name_zh", FM_COLUMN_TEXT);
    for (gsize area = 0; area < areas->n; area++) {
        FmLonLat ring[21];
        const FmGeometry *from = areas->geometries[area];
        for (gsize i = 0; i < G_N_ELEMENTS(ring); i++) { /* five to each side */
            FmLonLat a = from->points[i / 5 % 4], b = from->points[i / 5 % 4 + 1];
            double part = (double)(i % 5) / 5;
            ring[i] = (FmLonLat){a.lon_deg + part * (b.lon_deg - a.lon_deg),
                                 a.lat_deg + part * (b.lat_deg - a.lat_deg)};
        }
        gsize row = fm_table_append_row(table);
        fm_table_set_text(table, name, row, area == 0 ? "西区" : "东区");
        fm_table_set_geometry(table, row,
                              fm_geometry_new_path(FM_GEOMETRY_POLYGON, ring, G_N_ELEMENTS(ring)));
    }
    town_misread(table, FM_SYSTEM_BD09);
    const FmReferences references = {.areas = areas};
    g_autoptr(GPtrArray) named = collect(table, &references);
    const FmEvidence *own = of_kind(named, FM_EVIDENCE_SAME_NAME);
    g_assert_cmpuint(own->best, ==, FM_SYSTEM_BD09);
    g_assert_true(own->clear);
    for (gsize row = 0; row < 2; row++)
        fm_table_set_text(table, name, row, NULL);
    g_autoptr(GPtrArray) unnamed = collect(table, &references);
    const FmEvidence *any = of_kind(unnamed, FM_EVIDENCE_NEAREST);
    g_assert_cmpuint(any->best, ==, FM_SYSTEM_BD09);
}

static void test_nothing(void)
{
    g_autoptr(FmTable) table = town_schools();
    g_autoptr(GPtrArray) none = collect(table, &(FmReferences){0});
    g_assert_cmpuint(none->len, ==, 0);
    g_autoptr(FmTable) empty = town_table(NULL, 0);
    g_autoptr(FmLineSet) lines = fm_line_set_new("street", town_streets());
    g_autoptr(GPtrArray) no_rows = collect(empty, &(FmReferences){.lines = lines});
    g_assert_cmpuint(no_rows->len, ==, 0);
}

void test_evidence(void)
{
    g_test_add_func("/check/evidence/streets-and-areas", test_streets_and_areas);
    g_test_add_func("/check/evidence/points", test_points);
    g_test_add_func("/check/evidence/borders", test_borders);
    g_test_add_func("/check/evidence/nothing", test_nothing);
}
