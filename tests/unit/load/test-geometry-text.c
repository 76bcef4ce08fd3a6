#include "fixture.h"
#include "fm-unit.h"

static void geometries(void)
{
    static const struct {
        const char *text;
        FmGeometryType type;
        gsize n_points;
    } cases[] = {
        {"POINT (116.4 39.9)", FM_GEOMETRY_POINT, 1},
        {"SRID=4326;POINT(116.4 39.9)", FM_GEOMETRY_POINT, 1},
        {"{\"type\":\"Point\",\"coordinates\":[116.4,39.9]}", FM_GEOMETRY_POINT, 1},
        {"{\"type\":\"Point\",\"coordinates\":[116.4,39.9,45]}", FM_GEOMETRY_POINT, 1},
        {"{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4]]}", FM_GEOMETRY_LINESTRING, 2},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}", FM_GEOMETRY_POLYGON,
         4},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(FmGeometry) geometry = fm_geometry_from_text(cases[i].text, &error);
        g_assert_no_error(error);
        g_assert_cmpint(geometry->type, ==, cases[i].type);
        g_assert_cmpuint(geometry->n_points, ==, cases[i].n_points);
    }
}

static void refused(void)
{
    g_autofree char *deep = g_strnfill(100000, '[');
    g_autofree char *nested = g_strconcat("{\"type\":\"Point\",\"coordinates\":", deep, NULL);
    const char *const cases[] = {"{",
                                 "{}",
                                 "{\"type\":\"Point\"}",
                                 "{\"type\":\"Point\",\"coordinates\":[\"a\"]}",
                                 "{\"type\":\"Feature\"}",
                                 "POINT (1)",
                                 "",
                                 nested};

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(fm_geometry_from_text(cases[i], &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
    }
}

void test_geometry_text(void)
{
    g_test_add_func("/load/geometry-text/geometries", geometries);
    g_test_add_func("/load/geometry-text/refused", refused);
}
