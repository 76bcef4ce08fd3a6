#include "town.h"

#include <glib/gstdio.h>
#include <math.h>

static void set_text(FmTable *table, const char *column, gsize row, const char *value)
{
    fm_table_set_text(table, fm_table_find_column(table, column), row, value);
}

FmTable *town_table(const Place *places, gsize n)
{
    static const char *const texts[] = {"id",      "name_zh", "name_en", "district",
                                        "address", "status",  "opens",   "closes"};
    FmTable *table = fm_table_new(FM_GEOMETRY_POINT);
    for (gsize c = 0; c < G_N_ELEMENTS(texts); c++)
        fm_table_add_column(table, texts[c], FM_COLUMN_TEXT);
    gsize capacity = fm_table_add_column(table, "capacity", FM_COLUMN_REAL);
    for (gsize i = 0; i < n; i++) {
        const Place *place = &places[i];
        const char *const values[] = {place->id,       place->name_zh, place->name_en,
                                      place->district, place->address, place->status,
                                      place->opens,    place->closes};
        gsize row = fm_table_append_row(table);
        for (gsize c = 0; c < G_N_ELEMENTS(texts); c++)
            set_text(table, texts[c], row, values[c]);
        fm_table_set_real(table, capacity, row, place->capacity);
        if (fm_position_is_set(place->position))
            fm_table_set_geometry(table, row, fm_geometry_new_point(place->position));
    }
    return table;
}

static const double west_deg = 116.33, south_deg = 39.83, step_deg = 0.01, split_deg = 116.40;

static void add_street(FmTable *table, const char *name, FmLonLat a, FmLonLat b)
{
    const FmLonLat points[] = {a, b};
    gsize row = fm_table_append_row(table);
    g_autofree char *id = g_strdup_printf("street-%" G_GSIZE_FORMAT, row + 1);
    set_text(table, "id", row, id);
    set_text(table, "name_zh", row, name);
    fm_table_set_geometry(table, row, fm_geometry_new_path(FM_GEOMETRY_LINESTRING, points, 2));
}

/* Each street in pieces of one block, as road networks are. */
FmTable *town_streets(void)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_LINESTRING);
    fm_table_add_column(table, "id", FM_COLUMN_TEXT);
    fm_table_add_column(table, "name_zh", FM_COLUMN_TEXT);
    for (int i = 0; i < TOWN_STREETS; i++) {
        g_autofree char *east = g_strdup_printf("东西%02d路", i + 1);
        g_autofree char *north = g_strdup_printf("南北%02d路", i + 1);
        for (int k = 0; k + 1 < TOWN_STREETS; k++) {
            double along = k * step_deg, across = i * step_deg;
            add_street(table, east, (FmLonLat){west_deg + along, south_deg + across},
                       (FmLonLat){west_deg + along + step_deg, south_deg + across});
            add_street(table, north, (FmLonLat){west_deg + across, south_deg + along},
                       (FmLonLat){west_deg + across, south_deg + along + step_deg});
        }
    }
    return table;
}

static void add_district(FmTable *table, const char *id, const char *zh, const char *en,
                         double from_deg, double to_deg)
{
    const double top_deg = south_deg + TOWN_STREETS * step_deg, bottom_deg = south_deg - step_deg;
    const FmLonLat ring[] = {
        {from_deg, bottom_deg}, {to_deg, bottom_deg}, {to_deg, top_deg}, {from_deg, top_deg}};
    gsize row = fm_table_append_row(table);
    set_text(table, "id", row, id);
    set_text(table, "name_zh", row, zh);
    set_text(table, "name_en", row, en);
    fm_table_set_geometry(table, row, fm_geometry_new_path(FM_GEOMETRY_POLYGON, ring, 4));
}

FmTable *town_districts(void)
{
    FmTable *table = fm_table_new(FM_GEOMETRY_POLYGON);
    fm_table_add_column(table, "id", FM_COLUMN_TEXT);
    fm_table_add_column(table, "name_zh", FM_COLUMN_TEXT);
    fm_table_add_column(table, "name_en", FM_COLUMN_TEXT);
    add_district(table, "w", "西区", "West Side", west_deg - step_deg, split_deg);
    add_district(table, "e", "东区", "East Side", split_deg, west_deg + TOWN_STREETS * step_deg);
    return table;
}

FmTable *town_schools(void)
{
    static const char *const firsts[] = {"梧桐", "海棠", "银杏", "松柏", "白杨"};
    static const char *const seconds[] = {"晨光", "育英", "星河", "明德", "朝露", "远帆"};
    static const char *const thirds[] = {"书院", "草堂", "学校", "讲坛", "公馆"};
    FmTable *table = town_table(NULL, 0);
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    for (int i = 0; i < TOWN_PLACES; i++) {
        int street = g_rand_int_range(random, 1, TOWN_STREETS - 2);
        double off_deg = g_rand_double_range(random, 0.0001, 0.0004);
        FmLonLat position = {west_deg + g_rand_double_range(random, 0.02, 0.12),
                             south_deg + street * step_deg + off_deg};
        gboolean west = position.lon_deg < split_deg;
        g_autofree char *id = g_strdup_printf("s%03d", i);
        g_autofree char *name =
            g_strdup_printf("%s%s%s", firsts[i / 30], seconds[i / 5 % 6], thirds[i % 5]);
        g_autofree char *address =
            g_strdup_printf("%s东西%02d路%d号", west ? "西区" : "东区", street + 1, i + 1);
        gsize row = fm_table_append_row(table);
        set_text(table, "id", row, id);
        set_text(table, "name_zh", row, name);
        set_text(table, "name_en", row, id);
        set_text(table, "district", row, west ? "West Side" : "East Side");
        set_text(table, "address", row, address);
        set_text(table, "status", row, "open");
        set_text(table, "opens", row, "1990");
        fm_table_set_real(table, fm_table_find_column(table, "capacity"), row,
                          g_rand_int_range(random, 300, 900));
        fm_table_set_geometry(table, row, fm_geometry_new_point(position));
    }
    return table;
}

void town_misread(FmTable *table, FmSystem system)
{
    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        const FmGeometry *geometry = fm_table_geometry(table, row);
        if (!geometry || system == FM_SYSTEM_WGS84)
            continue;
        FmGeometry *moved = fm_geometry_copy(geometry);
        for (gsize i = 0; i < moved->n_points; i++) {
            moved->points[i] = fm_gcj02_from_wgs84(moved->points[i]);
            if (system == FM_SYSTEM_BD09)
                moved->points[i] = fm_bd09_from_gcj02(moved->points[i]);
        }
        fm_table_set_geometry(table, row, moved);
    }
}

/* ---- a workspace ------------------------------------------------------------------------- */

void office_open(Office *office)
{
    GError *error = NULL;
    office->folder = g_dir_make_tmp("fm-check-XXXXXX", &error);
    g_assert_no_error(error);
    office->path = g_build_filename(office->folder, "town.sqlite", NULL);
    office->workspace =
        fm_workspace_create(office->path, &(FmWorkspaceOptions){.crs = "EPSG:4548"}, &error);
    g_assert_no_error(error);
}

void office_close(Office *office)
{
    g_clear_pointer(&office->workspace, fm_workspace_free);
    g_autoptr(GDir) folder = office->folder ? g_dir_open(office->folder, 0, NULL) : NULL;
    for (const char *name; folder && (name = g_dir_read_name(folder));) {
        g_autofree char *path = g_build_filename(office->folder, name, NULL);
        g_unlink(path);
    }
    if (office->folder)
        g_rmdir(office->folder);
    g_clear_pointer(&office->folder, g_free);
    g_clear_pointer(&office->path, g_free);
}

void office_put(Office *office, const char *name, const char *kind, FmTable *table, const char *crs)
{
    GError *error = NULL;
    g_autofree char *parameters =
        crs ? g_strdup_printf("{\"sources\":[{\"layer\":\"%s\",\"crs\":\"%s\"}]}", name, crs)
            : NULL;
    g_autoptr(FmRun) run = fm_run_begin(office->workspace, "load", NULL, parameters, &error);
    g_assert_no_error(error);
    const FmLayerSpec spec = {.name = name, .kind = kind};
    fm_run_write(run, &spec, table, FM_WRITE_REPLACE, NULL, NULL, &error);
    g_assert_no_error(error);
    fm_run_commit(run, &error);
    g_assert_no_error(error);
    fm_table_free(table);
}

/* ---- findings ---------------------------------------------------------------------------- */

gsize count_kind(const GPtrArray *findings, FmCheckKind kind)
{
    gsize n = 0;
    for (guint i = 0; i < findings->len; i++)
        n += ((const FmFinding *)g_ptr_array_index(findings, i))->kind == kind ? 1 : 0;
    return n;
}

const FmFinding *only_kind(const GPtrArray *findings, FmCheckKind kind)
{
    g_assert_cmpuint(count_kind(findings, kind), ==, 1);
    for (guint i = 0; i < findings->len; i++) {
        const FmFinding *finding = g_ptr_array_index(findings, i);
        if (finding->kind == kind)
            return finding;
    }
    g_error("no finding of kind %d", (int)kind);
}

void assert_no_findings(const GPtrArray *findings)
{
    for (guint i = 0; i < findings->len; i++) {
        const FmFinding *finding = g_ptr_array_index(findings, i);
        g_test_message("%s %s: %s", fm_check_info(finding->kind)->name, finding->feature_id,
                       finding->evidence);
    }
    g_assert_cmpuint(findings->len, ==, 0);
}
