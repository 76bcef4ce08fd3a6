/* What the run log says of a layer's CRS. */
#include "fm-unit.h"
#include "town.h"

static void test_runs(void)
{
    static const struct {
        const char *command, *parameters, *expected;
    } cases[] = {
        {"load", "{\"sources\":[{\"layer\":\"list\",\"crs\":\"BD-09\"}]}", "BD-09"},
        {"load", "{\"sources\":[{\"crs\":\"GCJ-02\"}]}", "GCJ-02"}, /* the only source */
        {"load", "{\"sources\":[{\"layer\":\"a\",\"crs\":\"x\"},{\"layer\":\"list\"}]}", NULL},
        {"load", "{\"sources\":[{\"crs\":\"x\"},{\"crs\":\"y\"}]}", NULL},
        {"load", "{\"sources\":3}", NULL},
        {"load", "{}", NULL},
        {"check", "{\"sources\":[{\"crs\":\"GCJ-02\"}]}", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FmTable) runs = fm_table_new(FM_GEOMETRY_NONE);
        gsize id = fm_table_add_column(runs, "id", FM_COLUMN_INTEGER);
        gsize command = fm_table_add_column(runs, "command", FM_COLUMN_TEXT);
        gsize parameters = fm_table_add_column(runs, "parameters", FM_COLUMN_TEXT);
        gsize row = fm_table_append_row(runs);
        fm_table_set_integer(runs, id, row, 7);
        fm_table_set_text(runs, command, row, cases[i].command);
        fm_table_set_text(runs, parameters, row, cases[i].parameters);
        char name[] = "list";
        const FmLayerInfo info = {.name = name, .run_id = 7}, other = {.name = name, .run_id = 8};
        g_autofree char *crs = fm_declared_crs(runs, &info);
        g_assert_cmpstr(crs, ==, cases[i].expected);
        g_assert_null(fm_declared_crs(runs, &other));
    }
}

void test_declared(void)
{
    g_test_add_func("/check/declared/runs", test_runs);
}
