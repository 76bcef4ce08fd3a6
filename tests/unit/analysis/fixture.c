#include "fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

FmTable *fixture_table(const Place *places, gsize n, const char *people)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_ANY);
    gsize id = fm_table_add_column(table, "id", FM_COLUMN_TEXT);
    gsize name_zh = fm_table_add_column(table, "name_zh", FM_COLUMN_TEXT);
    gsize name_en = fm_table_add_column(table, "name_en", FM_COLUMN_TEXT);
    gsize status = fm_table_add_column(table, "status", FM_COLUMN_TEXT);
    gsize opens = fm_table_add_column(table, "opens", FM_COLUMN_TEXT);
    gsize weight = people ? fm_table_add_column(table, people, FM_COLUMN_REAL) : FM_COLUMN_NONE;
    for (gsize i = 0; i < n; i++) {
        gsize row = fm_table_append_row(table);
        fm_table_set_text(table, id, row, places[i].id);
        fm_table_set_text(table, name_en, row, places[i].name_en);
        fm_table_set_text(table, status, row, places[i].status);
        fm_table_set_text(table, opens, row, places[i].opens);
        if (places[i].name_en) {
            g_autofree char *zh = g_strconcat("中", places[i].name_en, NULL);
            fm_table_set_text(table, name_zh, row, zh);
        }
        if (people)
            fm_table_set_real(table, weight, row, places[i].people);
        if (places[i].wkt) {
            GError *error = NULL;
            FmGeometry *geometry = fm_geometry_from_wkt(places[i].wkt, &error);
            g_assert_no_error(error);
            fm_table_set_geometry(table, row, geometry);
        }
    }
    return table;
}

void fixture_open_empty(Fixture *fixture)
{
    GError *error = NULL;
    fixture->folder = g_dir_make_tmp("fm-analysis-XXXXXX", &error);
    g_assert_no_error(error);
    fixture->path = g_build_filename(fixture->folder, "town.sqlite", NULL);
    fixture->workspace =
        fm_workspace_create(fixture->path, &(FmWorkspaceOptions){.crs = "EPSG:32631"}, &error);
    g_assert_no_error(error);
}

void fixture_open(Fixture *fixture)
{
    const Place clinics[] = {
        {"a", "POINT (0 0)", "Clinic A", "open", NULL, NAN},
        {"b", "POINT (0.05 0)", "Clinic B", "open", NULL, NAN},
    };
    const Place quarters[] = {
        {"q0", "POINT (0 0)", "Q0", NULL, NULL, 100},
        {"q1", "POINT (0.01 0)", "Q1", NULL, NULL, 200},
        {"q2", "POINT (0.02 0)", "Q2", NULL, NULL, 300},
        {"q3", "POINT (0.03 0)", "Q3", NULL, NULL, 400},
        {"q4", "POINT (0.04 0)", "Q4", NULL, NULL, 500},
        {"q5", "POINT (0.05 0)", "Q5", NULL, NULL, 600},
    };
    const Place districts[] = {
        {"west", "POLYGON ((-0.02 -0.02, 0.025 -0.02, 0.025 0.02, -0.02 0.02, -0.02 -0.02))",
         "West", NULL, NULL, NAN},
        {"east", "POLYGON ((0.025 -0.02, 0.07 -0.02, 0.07 0.02, 0.025 0.02, 0.025 -0.02))", "East",
         NULL, NULL, NAN},
    };
    fixture_open_empty(fixture);
    fixture_put_places(fixture, "clinic", "hospital", clinics, G_N_ELEMENTS(clinics), NULL);
    fixture_put_places(fixture, "quarter", "demand", quarters, G_N_ELEMENTS(quarters), "people");
    fixture_put_places(fixture, "district", "area", districts, G_N_ELEMENTS(districts), NULL);
}

void fixture_close(Fixture *fixture)
{
    g_clear_pointer(&fixture->workspace, fm_workspace_free);
    g_autoptr(GDir) folder = fixture->folder ? g_dir_open(fixture->folder, 0, NULL) : NULL;
    for (const char *name; folder && (name = g_dir_read_name(folder));) {
        g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
        g_unlink(path);
    }
    if (fixture->folder)
        g_rmdir(fixture->folder);
    g_clear_pointer(&fixture->folder, g_free);
    g_clear_pointer(&fixture->path, g_free);
}

static void put(Fixture *fixture, const char *name, const char *kind, FmTable *table,
                gboolean modelled)
{
    GError *error = NULL;
    g_autofree char *title_en = g_strdup_printf("The %ss", name);
    g_autofree char *title_zh = g_strdup_printf("中%s", name);
    FmLayerSpec spec = {.name = name,
                        .kind = kind,
                        .title_en = title_en,
                        .title_zh = title_zh,
                        .modelled = modelled};
    g_autoptr(FmRun) run = fm_run_begin(fixture->workspace, "load", NULL, NULL, &error);
    g_assert_no_error(error);
    fm_run_write(run, &spec, table, FM_WRITE_REPLACE, NULL, NULL, &error);
    g_assert_no_error(error);
    fm_run_commit(run, &error);
    g_assert_no_error(error);
    fm_table_free(table);
}

void fixture_put(Fixture *fixture, const char *name, const char *kind, FmTable *table)
{
    put(fixture, name, kind, table, FALSE);
}

void fixture_put_modelled(Fixture *fixture, const char *name, const char *kind, FmTable *table)
{
    put(fixture, name, kind, table, TRUE);
}

void fixture_put_places(Fixture *fixture, const char *name, const char *kind, const Place *places,
                        gsize n, const char *people)
{
    fixture_put(fixture, name, kind, fixture_table(places, n, people));
}

double fixture_number(const FmTable *table, const char *column, gsize row)
{
    gsize found = fm_table_find_column(table, column);
    g_assert_true(found != FM_COLUMN_NONE);
    return fm_table_number(table, found, row);
}

const char *fixture_text(const FmTable *table, const char *column, gsize row)
{
    gsize found = fm_table_find_column(table, column);
    g_assert_true(found != FM_COLUMN_NONE);
    return fm_table_text(table, found, row);
}

gsize fixture_row(const FmTable *table, const char *column, const char *value)
{
    for (gsize row = 0; row < fm_table_n_rows(table); row++)
        if (g_strcmp0(fixture_text(table, column, row), value) == 0)
            return row;
    g_error("no row where %s is '%s'", column, value);
}

FmLimit fixture_limit(const char *text)
{
    GError *error = NULL;
    FmLimit limit;
    fm_limit_parse(text, &limit, &error);
    g_assert_no_error(error);
    return limit;
}

FmLonLat *fixture_random(guint32 seed, gsize n, FmExtent extent)
{
    GRand *random = g_rand_new_with_seed(seed);
    FmLonLat *positions = g_new(FmLonLat, n);
    for (gsize i = 0; i < n; i++) {
        positions[i].lon_deg = g_rand_double_range(random, extent.west_deg, extent.east_deg);
        positions[i].lat_deg = g_rand_double_range(random, extent.south_deg, extent.north_deg);
    }
    g_rand_free(random);
    return positions;
}

FmGeometry **fixture_points(const FmLonLat *positions, gsize n)
{
    FmGeometry **geometries = g_new(FmGeometry *, n);
    for (gsize i = 0; i < n; i++)
        geometries[i] = fm_geometry_new_point(positions[i]);
    return geometries;
}

void fixture_free_geometries(FmGeometry **geometries, gsize n)
{
    for (gsize i = 0; i < n; i++)
        fm_geometry_free(geometries[i]);
    g_free(geometries);
}

void fixture_assert_bytes(gconstpointer a, gconstpointer b, gsize size)
{
    g_assert_true(size == 0 || memcmp(a, b, size) == 0);
}

gboolean fixture_cancel(double fraction, const char *stage, void *user)
{
    (void)fraction, (void)stage, (void)user;
    return FALSE;
}
