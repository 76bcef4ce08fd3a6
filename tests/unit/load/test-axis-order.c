#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

/* "x→column y→column order; first note" of a table with one text a line, or "!error". */
static char *decide(const char *text, const char *crs, const char *mapping)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    g_autoptr(FmSource) source = fixture_source(fixture_write(&fixture, "t.csv", text), "t", crs);
    if (mapping != NULL) {
        fixture_map(source, mapping, "坐标");
    }
    g_autoptr(FmRaw) raw = fm_raw_read(source, NULL, &error);
    g_assert_no_error(error);
    g_autoptr(FmColumnMap) map = fm_column_map_new(raw, source, NULL, &error);
    if (map == NULL) {
        return g_strconcat("!", error->message, NULL);
    }
    static const char *const orders[] = {"-", "lonlat", "latlon"};
    const char *x = map->x != FM_COLUMN_NONE ? fm_table_column_name(raw->table, map->x) : "-";
    const char *note = map->notes->len > 0 ? g_ptr_array_index(map->notes, 0) : "";
    return g_strdup_printf("%s %s; %s", x, orders[map->order], note);
}

static void columns_called_x_and_y(void)
{
    /* Survey tables write X for the northing; GIS writes it for the easting. */
    g_autofree char *survey =
        decide("id,X,Y\n1,4419565.435,448481.575\n2,4419600,448500\n", "EPSG:4548", NULL);
    g_assert_true(g_str_has_prefix(survey, "Y -; 'X' is read as the northing"));
    assert_contains(survey, "2 of the first 2 positions");
    g_autofree char *gis = decide("id,X,Y\n1,448481.575,4419565.435\n", "EPSG:4548", NULL);
    g_assert_cmpstr(gis, ==, "X -; ");
    g_autofree char *degrees = decide("id,x,y\n1,39.9,116.4\n", "EPSG:4326", NULL);
    g_assert_true(g_str_has_prefix(degrees, "y -; 'x' is read as the latitude"));
    /* One row the right way round, and the letters are as in GIS: the other row is wrong. */
    g_autofree char *mixed = decide("id,x,y\n1,39.9,116.4\n2,116.4,39.9\n", "EPSG:4326", NULL);
    g_assert_cmpstr(mixed, ==, "x -; ");
    /* A longitude is one by its name: a wrong number under it is no convention. */
    g_autofree char *named = decide("id,lon,lat\n1,39.9,116.4\n", "EPSG:4326", NULL);
    g_assert_cmpstr(named, ==, "lon -; ");
}

static void pairs_in_one_column(void)
{
    static const struct {
        const char *values, *crs, *mapping, *expect;
    } cases[] = {
        {"\"116.40,39.91\"\n\"116.41,39.92\"\n", "EPSG:4326", NULL,
         "- lonlat; '坐标' is read as longitude, latitude: 2 of the first 2 positions fit only so"},
        {"39.91 116.40\n", "GCJ-02", NULL,
         "- latlon; '坐标' is read as latitude, longitude: 1 of the first 1 positions fit only so"},
        {"\"4419565,448481\"\n", "EPSG:4548", NULL,
         "- latlon; '坐标' is read as latitude, longitude: 1 of the first 1 positions fit only so"},
        /* In the middle of Europe both orders are somewhere. */
        {"\"10.01,50.01\"\n", "EPSG:4326", NULL,
         "!t.csv: column '坐标': nothing tells the longitudes from the latitudes; pass --map "
         "lonlat=坐标 or --map latlon=坐标"},
        {"\"10.01,50.01\"\n", "EPSG:4326", "lonlat", "- lonlat; "},
        {"\"10.01,50.01\"\n", "EPSG:4326", "latlon", "- latlon; "},
        {"\"10.01,50.01\"\n", "EPSG:4548", "latlon", "- latlon; "},
        {"\"116.40,39.91\"\n\"39.91,116.40\"\n", "EPSG:4326", NULL,
         "!t.csv: column '坐标': some rows have the longitude first and some the latitude; pass "
         "--map lonlat=坐标 or --map latlon=坐标"},
        /* Every value says it itself. */
        {"E10.01 N50.01\nN50.01 E10.01\n", "EPSG:4326", NULL, "- -; "},
        {"POINT(10.01 50.01)\n", "EPSG:4326", NULL, "- -; "},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strconcat("坐标\n", cases[i].values, NULL);
        g_autofree char *found = decide(text, cases[i].crs, cases[i].mapping);
        g_assert_cmpstr(found, ==, cases[i].expect);
    }
}

static void a_heading_that_states_the_order(void)
{
    g_autofree char *found = decide("id,latlng\n1,\"50.01,10.01\"\n", "EPSG:4326", NULL);

    g_assert_cmpstr(found, ==,
                    "- latlon; 'latlng' is read as latitude, longitude, as its heading says");
    /* Evidence wins over the heading. */
    g_autofree char *evident = decide("id,经纬度\n1,\"39.91,116.40\"\n", "EPSG:4326", NULL);
    g_assert_true(
        g_str_has_prefix(evident, "- latlon; '经纬度' is read as latitude, longitude: 1"));
}

/* One row in twenty with a typing error does not decide. */
static void rare_errors(void)
{
    g_autoptr(GString) text = g_string_new("坐标\n");

    for (guint i = 0; i < 20; i++) {
        g_string_append(text, i == 7 ? "\"39.91,116.40\"\n" : "\"116.40,39.91\"\n");
    }
    g_autofree char *found = decide(text->str, "EPSG:4326", NULL);
    g_assert_true(g_str_has_prefix(found, "- lonlat;"));
}

void test_axis_order(void)
{
    g_test_add_func("/load/axis-order/letters", columns_called_x_and_y);
    g_test_add_func("/load/axis-order/pairs", pairs_in_one_column);
    g_test_add_func("/load/axis-order/heading", a_heading_that_states_the_order);
    g_test_add_func("/load/axis-order/rare-errors", rare_errors);
}
