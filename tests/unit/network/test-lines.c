/* Rows as lines: shared vertices, node ids of any type, lengths, what is left out. */
#include "fm-unit.h"
#include "road-fixture.h"

#include <math.h>

#define PLAIN "\"speed\": {\"default_kmh\": 36}"

static FmLines *lines_of(const char *text)
{
    g_autoptr(FmTable) table = road_table(text);
    g_autoptr(FmProfile) profile = road_profile(PLAIN);
    g_autoptr(GError) error = NULL;
    FmLines *lines = fm_lines_new();

    g_assert_true(fm_lines_add(lines, "roads", table, profile, TRUE, NULL, &error));
    g_assert_no_error(error);
    return lines;
}

static guint32 vertex(const FmLines *lines, guint32 point)
{
    return g_array_index(lines->vertex, guint32, point);
}

static void test_positions(void)
{
    g_autoptr(FmLines) lines = lines_of("id|wkt\na|LINESTRING (0 0, 1 0, 2 0)\n"
                                        "b|MULTILINESTRING ((1 0.00000004, 1 1), (2 0, 2 1))\n");

    g_assert_cmpuint(lines->lines->len, ==, 3);
    g_assert_cmpuint(lines->n_vertices, ==, 5);
    g_assert_cmpuint(vertex(lines, 1), ==, vertex(lines, 3)); /* to 1e-7 degrees */
    g_assert_cmpuint(vertex(lines, 2), ==, vertex(lines, 5));
    g_assert_cmpstr(g_ptr_array_index(lines->features, 1), ==, "b");
}

/* Text ids, and a row that has none and so meets others where it lies. */
static void test_ids(void)
{
    g_autoptr(FmLines) lines = lines_of("source|target|wkt\nx|y|LINESTRING (0 0, 1 0, 2 0)\n"
                                        "y|z|LINESTRING (2 0, 1 0, 3 0)\n"
                                        "|z|LINESTRING (2 0, 3 0)\n");

    g_assert_cmpuint(vertex(lines, 2), ==, vertex(lines, 3)); /* y */
    g_assert_cmpuint(vertex(lines, 1), ==, FM_NODE_NONE);
    g_assert_cmpuint(vertex(lines, 6), ==, vertex(lines, 2)); /* lies where y lies */
    g_assert_cmpuint(vertex(lines, 7), ==, vertex(lines, 5));
    g_assert_cmpstr(g_ptr_array_index(lines->features, 2), ==, "3"); /* for want of an id */
}

/* One column of numbers, one of text: an id is the same node in both. */
static void test_mixed_ids(void)
{
    g_autoptr(FmLines) lines = lines_of("source:i|target|wkt\n1|2|LINESTRING (0 0, 1 0)\n"
                                        "2|x|LINESTRING (1 0, 2 0)\n"
                                        "3|1|LINESTRING (3 0, 0 0)\n");

    g_assert_cmpuint(lines->n_vertices, ==, 4); /* 1, 2, x, 3 */
    g_assert_cmpuint(vertex(lines, 1), ==, vertex(lines, 2));
    g_assert_cmpuint(vertex(lines, 5), ==, vertex(lines, 0));
}

/* Ids belong to the ends of a row, not to each of its paths; and a road far shorter than the grid
 * joins two nodes all the same. */
static void test_paths_with_ids(void)
{
    g_autoptr(FmLines) lines =
        lines_of("source:i|target:i|wkt\n1|2|MULTILINESTRING ((0 0, 1 0), (1 0, 2 0))\n"
                 "2|3|LINESTRING (2 0, 2.00000001 0)\n");

    g_assert_cmpuint(lines->lines->len, ==, 3);
    g_assert_cmpuint(lines->n_vertices, ==, 4);
    g_assert_cmpuint(vertex(lines, 1), ==, vertex(lines, 2));
    g_assert_cmpuint(vertex(lines, 1), !=, vertex(lines, 3));
    g_assert_cmpuint(vertex(lines, 3), ==, vertex(lines, 4));
    g_assert_cmpuint(vertex(lines, 4), !=, vertex(lines, 5));
    g_assert_cmpint(lines->n_degenerate, ==, 0);
}

/* 1 % and 1 m: both must be passed before a length is doubted; what the layer says counts. */
static void test_lengths(void)
{
    FmLonLat a = {0, 0}, b = {0.001, 0};
    double m = fm_geodesic_distance_m(a, b);
    g_autofree char *text = g_strdup_printf(
        "id|length_m:r|wkt\na|%f|LINESTRING (0 0, 0.001 0)\nb|%f|LINESTRING (0 0, 0.001 0)\n"
        "c||LINESTRING (0 0, 0.001 0)\n",
        m + 1.05, m + 2);
    g_autoptr(FmLines) lines = lines_of(text);
    const FmLine *line = &g_array_index(lines->lines, FmLine, 0);
    const FmFound *found = &g_array_index(lines->found, FmFound, 0);

    g_assert_cmpuint(lines->found->len, ==, 1);
    g_assert_cmpuint(found->kind, ==, FM_FOUND_LENGTH);
    g_assert_cmpuint(found->feature, ==, 1);
    g_assert_cmpfloat_with_epsilon(found->value, 2, 1e-5);
    g_assert_false(line[0].alone);
    g_assert_true(line[1].alone);
    g_assert_cmpfloat_with_epsilon(line[1].stretch, (m + 2) / m, 1e-7);
    g_assert_cmpfloat(line[2].stretch, ==, 1);
}

static void test_degenerate(void)
{
    g_autoptr(FmLines) lines = lines_of("id|wkt\na|LINESTRING (0 0, 0 0)\nb|\n"
                                        "c|LINESTRING (0 0, 1 0, 1 0, 0 0)\n");

    g_assert_cmpint(lines->n_features, ==, 3);
    g_assert_cmpint(lines->n_degenerate, ==, 1);
    g_assert_cmpint(lines->n_unlocated, ==, 1);
    g_assert_cmpuint(lines->lines->len, ==, 1);
    g_assert_cmpuint(lines->points->len, ==, 3); /* there and back */
    g_assert_cmpuint(g_array_index(lines->found, FmFound, 1).kind, ==, FM_FOUND_UNLOCATED);
    g_assert_true(isnan(g_array_index(lines->found, FmFound, 1).position.lon_deg));
}

void test_lines(void)
{
    g_test_add_func("/network/lines/positions", test_positions);
    g_test_add_func("/network/lines/ids", test_ids);
    g_test_add_func("/network/lines/mixed-ids", test_mixed_ids);
    g_test_add_func("/network/lines/paths-with-ids", test_paths_with_ids);
    g_test_add_func("/network/lines/lengths", test_lengths);
    g_test_add_func("/network/lines/degenerate", test_degenerate);
}
