/* Real files, in the systems that they came in. */
#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

typedef struct {
    const char *file, *crs;
    const char *mapping[8]; /* field, column, … */
    const char *x, *y;
    FmGeometryType type;
    gint64 n_read, n_loaded, n_unlocated; /* as the data's own notes count them */
} RealFile;

/* Everything but what lies in Hebei: a school run by Beijing. */
static const FmExtent region = {115.3, 39.3, 118.7, 41.2};

static gint64 n_outside(const FmTable *table)
{
    gint64 n = 0;

    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        const FmGeometry *geometry = fm_table_geometry(table, row);
        if (geometry == NULL) {
            continue;
        }
        FmExtent extent = fm_geometry_extent(geometry);
        n += extent.west_deg < region.west_deg || extent.east_deg > region.east_deg ||
             extent.south_deg < region.south_deg || extent.north_deg > region.north_deg;
    }
    return n;
}

static void load_real(const RealFile *real)
{
    g_autofree char *path = shared_file(real->file);
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    if (path == NULL) {
        return;
    }
    g_autoptr(FmSource) source = fixture_source(path, "t", real->crs);
    for (gsize i = 0; real->mapping[i] != NULL; i += 2) {
        fixture_map(source, real->mapping[i], real->mapping[i + 1]);
    }
    source->x_field = g_strdup(real->x);
    source->y_field = g_strdup(real->y);
    fixture_load(&fixture, source, NULL, &error);
    g_assert_no_error(error);

    const FmLoadReport *report = g_ptr_array_index(fixture.reports, 0);
    g_test_message("%s: read %d, loaded %d, unlocated %d, rejected %d", real->file,
                   (int)report->n_read, (int)report->n_loaded, (int)report->n_unlocated,
                   (int)report->n_rejected);
    g_assert_cmpint(report->n_read, ==, real->n_read);
    g_assert_cmpint(report->n_loaded, ==, real->n_loaded);
    g_assert_cmpint(report->n_unlocated, ==, real->n_unlocated);
    g_autoptr(FmTable) table = fixture_read(&fixture, "t");
    g_assert_cmpint((gint64)fm_table_n_rows(table), ==, real->n_loaded + real->n_unlocated);
    g_assert_cmpint(fm_table_geometry_type(table), ==, real->type);
    g_assert_cmpint(n_outside(table), ==, 0);
}

static void schools_bd09(void)
{
    static const RealFile real = {
        "poi/beijing_schools_primary_secondary_bd09.csv.gz",
        "BD-09",
        {"id", "placeId", "name_zh", "placeName", "capacity", "studentNum"},
        NULL,
        NULL,
        FM_GEOMETRY_POINT,
        1894,
        1894,
        0};
    load_real(&real);
}

static void hospitals_wgs84(void)
{
    static const RealFile real = {"poi/beijing_3a_hospitals_wgs84.csv",
                                  "EPSG:4326",
                                  {NULL},
                                  NULL,
                                  NULL,
                                  FM_GEOMETRY_POINT,
                                  60,
                                  60,
                                  0};
    load_real(&real);
}

static void stations_gcj02(void)
{
    static const RealFile real = {"poi/beijing_subway_stations_2019_gcj02.csv",
                                  "GCJ-02",
                                  {"name_en", "name_pinyin"},
                                  "lon",
                                  "lat",
                                  FM_GEOMETRY_POINT,
                                  329,
                                  329,
                                  0};
    load_real(&real);
}

static void townships_with_and_without_a_point(void)
{
    static const RealFile real = {"boundaries/beijing_townships_points_gcj02.csv.gz",
                                  "GCJ-02",
                                  {"id", "code"},
                                  NULL,
                                  NULL,
                                  FM_GEOMETRY_POINT,
                                  336,
                                  254,
                                  82};
    load_real(&real);
}

/* A GeoJSON that does not say that it is GCJ-02. */
static void key_schools_gcj02(void)
{
    static const RealFile real = {"poi/beijing_keySchool_en_gcj02.geojson.gz",
                                  "GCJ-02",
                                  {NULL},
                                  NULL,
                                  NULL,
                                  FM_GEOMETRY_POINT,
                                  100,
                                  100,
                                  0};
    load_real(&real);
}

/* In a system without a code, from the file itself; six polygons cross themselves. */
static void districts_krassowsky(void)
{
    static const RealFile real = {"boundaries/beijing_111_districts_krassowsky_tm117.gpkg",
                                  "",
                                  {NULL},
                                  NULL,
                                  NULL,
                                  FM_GEOMETRY_MULTIPOLYGON,
                                  111,
                                  105,
                                  0};
    load_real(&real);
}

static void institutions_without_coordinates(void)
{
    static const RealFile real = {"messy/beijing_medical_institutions_8districts_utf8bom.csv",
                                  "",
                                  {"id", "机构编码", "name_zh", "机构名称"},
                                  NULL,
                                  NULL,
                                  FM_GEOMETRY_NONE,
                                  2035,
                                  2035,
                                  0};
    load_real(&real);
}

/* The sixteen districts moved from GCJ-02: Tiananmen is in Dongcheng, and their areas add up to
 * that of the municipality (16,410 km2 officially; within 1 %). */
static void districts_gcj02(void)
{
    g_autofree char *path = shared_file("boundaries/beijing_16districts_gcj02.geojson.gz");
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    double area_m2 = 0;
    fixture_init(&fixture);
    if (path == NULL) {
        return;
    }
    g_autoptr(FmSource) source = fixture_source(path, "area", "GCJ-02");
    fixture_map(source, "id", "adcode");
    g_assert_true(fixture_load(&fixture, source, NULL, &error));
    const FmLoadReport *report = g_ptr_array_index(fixture.reports, 0);
    g_assert_cmpint(report->n_loaded, ==, 16);
    g_autoptr(FmTable) table = fixture_read(&fixture, "area");
    g_autoptr(GPtrArray) areas = g_ptr_array_new();
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        g_ptr_array_add(areas, (gpointer)(guintptr)fm_table_geometry(table, row));
        area_m2 += fm_geodesic_area_m2(fm_table_geometry(table, row));
    }
    g_autoptr(FmGeometryIndex) index =
        fm_geometry_index_new((const FmGeometry *const *)areas->pdata, areas->len);
    gsize at = fm_geometry_index_containing(index, (FmLonLat){116.3975, 39.9087});
    g_assert_cmpuint(at, <, areas->len);
    gsize name = fm_table_find_column(table, "name_zh");
    g_assert_cmpstr(fm_table_text(table, name, at), ==, "东城区");
    g_assert_cmpfloat_with_epsilon(area_m2, 16410e6, 164e6);
}

/* The datasets that come with facmap: every row of theirs is good. */
static void shipped_datasets(void)
{
    static const char *const names[] = {"beijing", "rivertown"};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *top = g_getenv("FACMAP_SOURCE");
        g_autofree char *path =
            g_build_filename(top != NULL ? top : "", "geodata", names[i], "dataset.json", NULL);
        g_auto(Fixture) fixture;
        g_autoptr(GError) error = NULL;
        GPtrArray *reports = NULL;
        fixture_init(&fixture);
        if (top == NULL) {
            g_test_skip("FACMAP_SOURCE does not say where the source tree is");
            return;
        }
        g_autoptr(FmDataset) dataset = fm_dataset_read(path, &error);
        g_assert_no_error(error);
        fm_load(fixture_workspace(&fixture), dataset,
                (const FmSource *const *)dataset->sources->pdata, dataset->sources->len, NULL,
                &reports, NULL, NULL, &error);
        g_assert_no_error(error);
        for (guint k = 0; k < reports->len; k++) {
            const FmLoadReport *report = g_ptr_array_index(reports, k);
            assert_counts_add_up(report);
            g_assert_cmpint(report->n_rejected, ==, 0);
            g_assert_cmpuint(report->warnings->len, ==, 0);
        }
        g_ptr_array_unref(reports);
    }
}

/* Declared wrongly, each is refused as a whole, with what is the matter. */
static void wrong_declarations(void)
{
    static const struct {
        const char *file, *crs, *words;
    } cases[] = {
        {"poi/beijing_3a_hospitals_wgs84.csv", "", "pass --crs EPSG:4326"},
        {"poi/beijing_3a_hospitals_wgs84.csv", "EPSG:4548", "look like degrees"},
        {"boundaries/beijing_111_districts_krassowsky_tm117.gpkg", "EPSG:4326", "look like metres"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = shared_file(cases[i].file);
        g_auto(Fixture) fixture;
        g_autoptr(GError) error = NULL;
        fixture_init(&fixture);
        if (path == NULL) {
            return;
        }
        g_autoptr(FmSource) source = fixture_source(path, "t", cases[i].crs);
        g_assert_false(fixture_load(&fixture, source, NULL, &error));
        assert_error(error, FM_ERROR_CRS, cases[i].words);
    }
}

void test_shared(void)
{
    g_test_add_func("/load/shared/schools-bd09", schools_bd09);
    g_test_add_func("/load/shared/hospitals-wgs84", hospitals_wgs84);
    g_test_add_func("/load/shared/stations-gcj02", stations_gcj02);
    g_test_add_func("/load/shared/townships-gcj02", townships_with_and_without_a_point);
    g_test_add_func("/load/shared/key-schools-gcj02", key_schools_gcj02);
    g_test_add_func("/load/shared/districts-krassowsky", districts_krassowsky);
    g_test_add_func("/load/shared/institutions", institutions_without_coordinates);
    g_test_add_func("/load/shared/districts-gcj02", districts_gcj02);
    g_test_add_func("/load/shared/shipped-datasets", shipped_datasets);
    g_test_add_func("/load/shared/wrong-declarations", wrong_declarations);
}
