#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

static void test_types(void)
{
    static const struct {
        const char *wkt;
        FmGeometryType type;
        gsize n_points, n_paths, n_parts;
    } cases[] = {
        {"POINT (116.4 39.9)", FM_GEOMETRY_POINT, 1, 1, 1},
        {"point(116.4 39.9)", FM_GEOMETRY_POINT, 1, 1, 1},
        {"POINT Z (1 2 3)", FM_GEOMETRY_POINT, 1, 1, 1},
        {"POINTZM (1 2 3 4)", FM_GEOMETRY_POINT, 1, 1, 1},
        {"pointz(1 2 3)", FM_GEOMETRY_POINT, 1, 1, 1},
        {"MULTIPOINT M ((1 2 3))", FM_GEOMETRY_MULTIPOINT, 1, 1, 1},
        {"SRID=4326;POINT (1 2)", FM_GEOMETRY_POINT, 1, 1, 1},
        {"LINESTRING (0 0, 1 1, 2 0)", FM_GEOMETRY_LINESTRING, 3, 1, 1},
        {"POLYGON ((0 0, 4 0, 4 4, 0 0), (2 1, 3 1, 3 2, 2 1))", FM_GEOMETRY_POLYGON, 8, 2, 1},
        {"MULTIPOINT ((1 2), (3 4))", FM_GEOMETRY_MULTIPOINT, 2, 2, 2},
        {"MULTIPOINT (1 2, 3 4)", FM_GEOMETRY_MULTIPOINT, 2, 2, 2},
        {"MULTIPOINT (EMPTY, (3 4))", FM_GEOMETRY_MULTIPOINT, 1, 1, 1},
        {"MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))", FM_GEOMETRY_MULTILINESTRING, 4, 2, 2},
        {"MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))", FM_GEOMETRY_MULTIPOLYGON, 4, 1, 1},
        {"GEOMETRYCOLLECTION (POINT (1 2), MULTIPOINT (3 4))", FM_GEOMETRY_MULTIPOINT, 2, 2, 2},
        {"  LINESTRING\n(\t0 0 ,1e1 -1.5E-1 )  ", FM_GEOMETRY_LINESTRING, 2, 1, 1},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmGeometry) geometry = geometry_from(cases[i].wkt);
        g_assert_cmpint(geometry->type, ==, cases[i].type);
        g_assert_cmpuint(geometry->n_points, ==, cases[i].n_points);
        g_assert_cmpuint(geometry->n_paths, ==, cases[i].n_paths);
        g_assert_cmpuint(geometry->n_parts, ==, cases[i].n_parts);
        assert_sound_geometry(geometry);
    }
}

static void test_ordinates(void)
{
    g_autoptr(FmGeometry) line = geometry_from("LINESTRING M (0 0 7, 1e1 -1.5E-1 8)");

    g_assert_cmpfloat(line->points[1].lon_deg, ==, 10);
    g_assert_cmpfloat(line->points[1].lat_deg, ==, -0.15);
}

static void test_refused(void)
{
    static const struct {
        const char *wkt;
        FmError code;
        const char *message;
    } cases[] = {
        {"", FM_ERROR_PARSE, "character 1: a geometry type"},
        {"POINT", FM_ERROR_PARSE, "character 6: '(' expected"},
        {"POINT (1)", FM_ERROR_PARSE, "a coordinate is expected"},
        {"POINT (1 2 3 4 5)", FM_ERROR_PARSE, "')' expected"},
        {"POINT (1,2)", FM_ERROR_PARSE, "a coordinate is expected"},
        {"POINT (nan 2)", FM_ERROR_PARSE, "a coordinate is expected"},
        {"POINT (0x10 2)", FM_ERROR_PARSE, "a coordinate is expected"},
        {"POINT (1e999 2)", FM_ERROR_PARSE, "finite"},
        {"POINT (1 2", FM_ERROR_PARSE, "character 11: ')' expected"},
        {"POINT (1 2) x", FM_ERROR_PARSE, "text follows"},
        {"POINT EMPTY", FM_ERROR_PARSE, "empty"},
        {"MULTIPOLYGON EMPTY", FM_ERROR_PARSE, "empty"},
        {"LINESTRING (1 2)", FM_ERROR_PARSE, "fewer than two points"},
        {"POLYGON ((0 0, 1 0, 0 0))", FM_ERROR_PARSE, "fewer than four points"},
        {"POLYGON ((0 0, 1 0, 1 1, 0 1))", FM_ERROR_PARSE, "not closed"},
        {"CIRCULARSTRING (0 0, 1 1, 2 0)", FM_ERROR_UNSUPPORTED, "not supported"},
        {"TIN (((0 0, 1 0, 1 1, 0 0)))", FM_ERROR_UNSUPPORTED, "not supported"},
        {"GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1))", FM_ERROR_UNSUPPORTED, "mixes"},
        {"HEXAGON (1 2)", FM_ERROR_PARSE, "a geometry type"},
        {"POINTS (1 2)", FM_ERROR_PARSE, "a geometry type"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(fm_geometry_from_wkt(cases[i].wkt, &error));
        g_assert_error(error, FM_ERROR, (int)cases[i].code);
        g_assert_nonnull(strstr(error->message, cases[i].message));
    }
}

static void test_nesting(void)
{
    g_autoptr(GString) wkt = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    for (int i = 0; i < 100000; i++) {
        g_string_append(wkt, "GEOMETRYCOLLECTION(");
    }
    g_assert_null(fm_geometry_from_wkt(wkt->str, &error));
    g_assert_error(error, FM_ERROR, FM_ERROR_UNSUPPORTED);
}

/* Every beginning of a text is refused, and none is read beyond its end. */
static void test_truncated(void)
{
    static const char wkt[] = "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0), (2 1, 3 1, 3 2, 2 1)))";

    for (gsize n = 0; n < strlen(wkt); n++) {
        g_autofree char *part = g_strndup(wkt, n);
        g_autoptr(GError) error = NULL;
        g_assert_null(fm_geometry_from_wkt(part, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
    }
}

void test_wkt(void)
{
    g_test_add_func("/geo/wkt/types", test_types);
    g_test_add_func("/geo/wkt/ordinates", test_ordinates);
    g_test_add_func("/geo/wkt/refused", test_refused);
    g_test_add_func("/geo/wkt/nesting", test_nesting);
    g_test_add_func("/geo/wkt/truncated", test_truncated);
}
