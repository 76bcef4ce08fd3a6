#include "town.h"

#include <math.h>
#include <string.h>

FmCoverageOptions town_coverage(FmLimit limits[3])
{
    limits[0] = fixture_limit("1.2km");
    limits[1] = fixture_limit("2.5km");
    limits[2] = fixture_limit("3.5km");
    return (FmCoverageOptions){
        .of = {.layer = "clinic", .filter = {.by_status = TRUE}},
        .demand = {.layer = "quarter"},
        .limits = limits,
        .n_limits = 3,
        .by = "district",
    };
}

void town_open(Town *town)
{
    fixture_open(&town->fixture);
    town->options = town_coverage(town->limits);
}

void town_close(Town *town)
{
    fixture_close(&town->fixture);
}

FmResult *town_covered(Town *town)
{
    return town_cover(&town->fixture, &town->options);
}

FmResult *town_cover(Fixture *fixture, const FmCoverageOptions *options)
{
    GError *error = NULL;
    FmResult *result = fm_coverage(fixture->workspace, options, NULL, &error);
    g_assert_no_error(error);
    return result;
}

FmResult *town_near(Fixture *fixture, const FmProximityOptions *options)
{
    GError *error = NULL;
    FmResult *result = fm_proximity(fixture->workspace, options, NULL, &error);
    g_assert_no_error(error);
    return result;
}

static void assert_failed(const FmResult *result, const GError *error, FmError code,
                          const char *text)
{
    g_assert_null(result);
    g_assert_error(error, FM_ERROR, (gint)code);
    if (!strstr(error->message, text))
        g_error("'%s' does not say '%s'", error->message, text);
    g_assert_null(strchr(error->message, '\n'));
}

void town_cover_fails(Fixture *fixture, const FmCoverageOptions *options, FmError code,
                      const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmResult) result = fm_coverage(fixture->workspace, options, NULL, &error);
    assert_failed(result, error, code, text);
}

void town_near_fails(Fixture *fixture, const FmProximityOptions *options, FmError code,
                     const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmResult) result = fm_proximity(fixture->workspace, options, NULL, &error);
    assert_failed(result, error, code, text);
}

void town_put_plots(Fixture *fixture)
{
    const Place plots[] = {
        {"p0", "POINT (0 0)", "P0", NULL, NULL, NAN},
        {"p1", "POINT (0.01 0)", "P1", NULL, NULL, NAN},
        {"p2", "POINT (0.02 0)", "P2", NULL, NULL, NAN},
        {"p3", "POINT (0.03 0)", "P3", NULL, NULL, NAN},
        {"p4", "POINT (0.04 0)", "P4", NULL, NULL, NAN},
        {"p5", "POINT (0.05 0)", "P5", NULL, NULL, NAN},
    };
    fixture_put_places(fixture, "plot", "project_site", plots, G_N_ELEMENTS(plots), NULL);
}

FmSiteOptions town_siting(FmSiteModel model, gsize n_add, const FmLimit *within)
{
    return (FmSiteOptions){
        .model = model,
        .demand = {.layer = "quarter"},
        .candidates = {.layer = "plot"},
        .n_add = n_add,
        .within = within,
        .name = "next",
    };
}

FmResult *town_site(Fixture *fixture, const FmSiteOptions *options)
{
    GError *error = NULL;
    FmResult *result = fm_site(fixture->workspace, options, NULL, &error);
    g_assert_no_error(error);
    return result;
}

void town_site_fails(Fixture *fixture, const FmSiteOptions *options, FmError code, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmResult) result = fm_site(fixture->workspace, options, NULL, &error);
    assert_failed(result, error, code, text);
}

char *town_chosen(const FmResult *result)
{
    const FmTable *table = fm_result_table(result, "");
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize row = 0; row < fm_table_n_rows(table); row++)
        if (fixture_number(table, "fixed", row) == 0)
            g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "",
                                   fixture_text(table, "site_id", row));
    return g_strdup(text->str);
}

JsonObject *town_object(const char *text)
{
    GError *error = NULL;
    g_autoptr(JsonNode) node = json_from_string(text, &error);
    g_assert_no_error(error);
    return json_node_dup_object(node);
}

void town_assert_warned(const FmResult *result, const char *text)
{
    for (guint i = 0; i < result->warnings->len; i++)
        if (strstr(g_ptr_array_index(result->warnings, i), text))
            return;
    g_error("no warning says '%s'", text);
}

void town_put_grid(Fixture *fixture, GRand *random)
{
    g_autoptr(GArray) streets = g_array_new(FALSE, TRUE, sizeof(Place));
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    for (int y = 0; y < TOWN_STREETS; y++)
        for (int x = 0; x < TOWN_STREETS; x++)
            for (int up = 0; up < 2; up++) {
                gboolean left_out = g_rand_double(random) < 0.2 && (up || y > 0);
                if ((up ? y : x) == TOWN_STREETS - 1 || left_out)
                    continue;
                char *id = g_strdup_printf("s%d%d%d", x, y, up);
                char *wkt =
                    g_strdup_printf("LINESTRING (0.0%d 0.0%d, 0.0%d 0.0%d)", x, y, x + !up, y + up);
                g_ptr_array_add(texts, id);
                g_ptr_array_add(texts, wkt);
                Place street = {id, wkt, NULL, NULL, NULL, NAN};
                g_array_append_val(streets, street);
            }
    fixture_put_places(fixture, "roads", "network", &g_array_index(streets, Place, 0), streets->len,
                       NULL);
}

void town_put_points(Fixture *fixture, const char *layer, const char *kind, gsize n,
                     const int rows[2], GRand *random)
{
    g_autoptr(GArray) points = g_array_new(FALSE, TRUE, sizeof(Place));
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < n; i++) {
        /* Never at a corner, so that a closure is one street. */
        double along = g_rand_double_range(random, 0.002, 0.008);
        int x = g_rand_int_range(random, 0, TOWN_STREETS - 1),
            y = g_rand_int_range(random, rows[0], rows[1]);
        char *id = g_strdup_printf("%s%zu", layer, i);
        char *wkt = g_strdup_printf("POINT (%.5f 0.0%d)", x / 100.0 + along, y);
        g_ptr_array_add(texts, id);
        g_ptr_array_add(texts, wkt);
        Place point = {id, wkt, NULL, NULL, NULL, 10};
        g_array_append_val(points, point);
    }
    fixture_put_places(fixture, layer, kind, &g_array_index(points, Place, 0), n, "people");
}

void town_put_costs(Fixture *fixture, const char *layer, const char *column, const TownCost *rows,
                    gsize n)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_NONE);
    gsize from = fm_table_add_column(table, "from_id", FM_COLUMN_TEXT);
    gsize to = fm_table_add_column(table, "to_id", FM_COLUMN_TEXT);
    gsize cost = fm_table_add_column(table, column, FM_COLUMN_REAL);
    for (gsize i = 0; i < n; i++) {
        gsize row = fm_table_append_row(table);
        fm_table_set_text(table, from, row, rows[i].from);
        fm_table_set_text(table, to, row, rows[i].to);
        if (!isnan(rows[i].cost))
            fm_table_set_real(table, cost, row, rows[i].cost);
    }
    fixture_put(fixture, layer, "costs", table);
}
