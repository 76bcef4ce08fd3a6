#include "fixture.h"
#include "fm-unit.h"

#include <math.h>

typedef struct {
    FmRaw *raw;
    FmPositions *positions;
} Placed;

static void placed_clear(Placed *placed)
{
    g_clear_pointer(&placed->positions, fm_positions_free);
    g_clear_pointer(&placed->raw, fm_raw_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Placed, placed_clear)

static gboolean place(const char *text, const char *crs, Placed *out, GError **error)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    const char *path = fixture_write(&fixture, "t.csv", text);
    g_autoptr(FmSource) source = fixture_source(path, "t", crs);
    *out = (Placed){0};
    out->raw = fm_raw_read(source, NULL, error);
    g_assert_nonnull(out->raw);
    g_autoptr(FmColumnMap) map = fm_column_map_new(out->raw, source, NULL, error);
    g_assert_nonnull(map);
    out->positions = fm_positions_new(out->raw, map, source, NULL, NULL, out->raw->problems, error);
    return out->positions != NULL;
}

/* One case a row of "id,lon,lat"; the good first row keeps the source's CRS out of doubt. */
static void rows(void)
{
    static const struct {
        const char *lon_lat, *field, *reason; /* reason NULL = placed; field NULL too = unlocated */
    } cases[] = {
        {"116.4,39.9", "", NULL},
        {" 116.4 , 39.9 ", "", NULL},
        {",", NULL, NULL},
        {"116.4,", "lat", "empty, but lon is not"},
        {",39.9", "lon", "empty, but lat is not"},
        {"east,39.9", "lon", "not a coordinate"},
        {"116.4,NaN", "lat", "not a coordinate"},
        {"\"116,4\",\"39,9\"", "", NULL},
        {"\"448,481\",39.9", "lon", "not a coordinate"},
        {"116°24′E,39°54′N", "", NULL},
        {"东经116度24分,北纬39度54分", "", NULL},
        {"39°54′N,116°24′E", "lon", "a latitude, where the longitude is expected"},
        {"0,0", "lon, lat", "position 0,0"},
        {"39.9,116.4", "lon, lat", "swapped"},
        {"1164,39.9", "lon, lat", "outside -180..180"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Placed) placed;
        g_autoptr(GError) error = NULL;
        g_autofree char *text =
            g_strdup_printf("id,lon,lat\n1,116.4,39.9\n2,%s\n", cases[i].lon_lat);
        place(text, "EPSG:4326", &placed, &error);
        g_assert_no_error(error);
        const FmProblem *problem = fm_problems_get(placed.raw->problems, 1);
        const FmGeometry *geometry = g_ptr_array_index(placed.positions->geometries, 1);
        g_assert_true((problem != NULL) == (cases[i].reason != NULL));
        g_assert_true((geometry != NULL) == (cases[i].reason == NULL && cases[i].field != NULL));
        if (problem != NULL) {
            g_assert_cmpstr(problem->field, ==, cases[i].field);
            assert_contains(problem->reason, cases[i].reason);
        }
    }
}

/* Reference pairs of GCJ-02 and BD-09 (eviltransform's test vectors). */
static void chinese_offsets(void)
{
    static const struct {
        const char *crs, *lon_lat;
    } cases[] = {
        {"GCJ-02", "121.531541859215,31.17530398364597"},
        {"BD-09", "121.5380156864386,31.1813286068745"},
        {"EPSG:4326", "121.5272106,31.1774276"},
    };
    const FmLonLat expect = {121.5272106, 31.1774276};

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Placed) placed;
        g_autofree char *text = g_strdup_printf("id,lon,lat\n1,%s\n", cases[i].lon_lat);
        g_assert_true(place(text, cases[i].crs, &placed, NULL));
        const FmGeometry *geometry = g_ptr_array_index(placed.positions->geometries, 0);
        g_assert_cmpfloat(fm_geodesic_distance_m(geometry->points[0], expect), <, 0.001);
        g_assert_cmpstr(placed.positions->crs, ==, cases[i].crs);
    }
}

static void wrong_systems(void)
{
    static const struct {
        const char *crs, *lon_lat, *words;
    } cases[] = {
        {"", "116.4,39.9",
         "t.csv: the file does not say its coordinate system; pass --crs EPSG:4326 (WGS 84), "
         "GCJ-02 (AutoNavi, Tencent) or BD-09 (Baidu)"},
        {"EPSG:4326", "39.9,116.4", "the other way round, with --x and --y"},
        {"EPSG:4548", "116.4,39.9", "t.csv: none of 1 position fits EPSG:4548 (row 1: lon, lat"},
        {"EPSG:4548", "116.4,39.9", "the numbers look like degrees"},
        {"EPSG:4326", "448481,4419565", "the numbers look like metres"},
        {"EPSG:4548", "39448481,4419565", "zone number 39"},
        {"EPSG:99999", "116.4,39.9", "t.csv: "},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Placed) placed;
        g_autoptr(GError) error = NULL;
        g_autofree char *text = g_strdup_printf("id,lon,lat\n1,%s\n", cases[i].lon_lat);
        g_assert_false(place(text, cases[i].crs, &placed, &error));
        assert_error(error, FM_ERROR_CRS, cases[i].words);
    }
}

/* Nothing to place: no CRS is asked for. */
static void no_positions(void)
{
    g_auto(Placed) blank, plain;

    g_assert_true(place("id,lon,lat\n1,,\n", "", &blank, NULL));
    g_assert_cmpint(blank.positions->type, ==, FM_GEOMETRY_POINT);
    g_assert_null(blank.positions->crs);
    g_assert_true(place("id,name\n1,a\n", "", &plain, NULL));
    g_assert_cmpint(plain.positions->type, ==, FM_GEOMETRY_NONE);
    g_assert_null(g_ptr_array_index(plain.positions->geometries, 0));
}

static void wkt_columns(void)
{
    g_auto(Placed) placed;
    g_autoptr(GError) error = NULL;

    place("id;wkt\n1;POLYGON ((0 0, 1 0, 1 1, 0 0))\n"
          "2;MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))\n3;POINT EMPTY\n4;\n"
          "5;POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))\n6;POLYGON ((0 0\n",
          "EPSG:4326", &placed, &error);
    g_assert_no_error(error);
    g_assert_cmpint(placed.positions->type, ==, FM_GEOMETRY_MULTIPOLYGON);
    g_assert_cmpuint(placed.positions->n_flattened, ==, 0);
    g_assert_null(fm_problems_get(placed.raw->problems, 2));
    g_assert_null(fm_problems_get(placed.raw->problems, 3));
    const FmProblem *crossing = fm_problems_get(placed.raw->problems, 4);
    g_assert_cmpstr(crossing->field, ==, "wkt");
    assert_contains(crossing->reason, "0.5");
    assert_contains(fm_problems_get(placed.raw->problems, 5)->reason, "WKT");
}

static void wkt_with_z(void)
{
    g_auto(Placed) placed;

    g_assert_true(place("id;wkt\n1;POINT Z (1 2 3)\n2;POINT (1 2)\n3;LINESTRING(1 2  3,4 5 6)\n"
                        "4;LINESTRING (1 2 , 3 4)\n5;MULTIPOINT ((1 2),(3 4))\n",
                        "EPSG:4326", &placed, NULL));
    g_assert_cmpuint(placed.positions->n_flattened, ==, 2);
    g_assert_cmpuint(g_hash_table_size(placed.raw->problems), ==, 0);
}

void test_position(void)
{
    g_test_add_func("/load/position/rows", rows);
    g_test_add_func("/load/position/chinese-offsets", chinese_offsets);
    g_test_add_func("/load/position/wrong-systems", wrong_systems);
    g_test_add_func("/load/position/none", no_positions);
    g_test_add_func("/load/position/wkt", wkt_columns);
    g_test_add_func("/load/position/wkt-with-z", wkt_with_z);
}
