/* World files place the page's pixels where the frame says. */
#include "fixture.h"
#include "fm-unit.h"
#include "world-file.h"

#include <string.h>

static void corner_and_size(void)
{
    static char a3[] = "A3";
    FmPage page = {.size = a3, .margin_mm = 12, .panel_ratio = 0.28};
    FmSheet sheet;
    g_assert_true(fm__sheet_init(&sheet, &page, "A4", 150, NULL));
    g_autoptr(FmFrame) frame = fm__frame_new("EPSG:4548", NULL);
    FmBounds bounds = {400000, 4400000, 480000, 4460000};
    g_assert_true(fm__frame_fit(frame, &sheet, bounds, 0.1, NULL));

    g_autofree char *folder = fixture_folder();
    g_autofree char *path = g_build_filename(folder, "a.b.png", NULL);
    g_autoptr(FmOutputs) outputs = fm_outputs_new();
    g_assert_true(fm__world_file_add(outputs, path, &sheet, frame, NULL));
    g_assert_true(fm_outputs_commit(outputs, NULL));

    g_autofree char *world_path = g_build_filename(folder, "a.b.pgw", NULL);
    g_autofree char *world = fixture_read(world_path, NULL);
    g_auto(GStrv) lines = g_strsplit(world, "\n", -1);
    g_assert_cmpuint(g_strv_length(lines), ==, 7);
    double v[6];
    for (int i = 0; i < 6; i++)
        g_assert_true(fm_parse_double(lines[i], &v[i]));
    g_assert_cmpfloat(v[1], ==, 0);
    g_assert_cmpfloat(v[2], ==, 0);
    g_assert_cmpfloat(v[0], ==, -v[3]);
    /* The frame's centre, through the world file, is the frame's centre. */
    double column = (frame->rect.x_px + frame->rect.width_px / 2) * sheet.device_scale - 0.5;
    double row = (frame->rect.y_px + frame->rect.height_px / 2) * sheet.device_scale - 0.5;
    g_assert_cmpfloat_with_epsilon(v[4] + v[0] * column, frame->centre.x_m, 1e-3);
    g_assert_cmpfloat_with_epsilon(v[5] + v[3] * row, frame->centre.y_m, 1e-3);
    /* 1:N at the sheet's resolution: a pixel is an inch / dpi times N, but for the grid's factor.
     * */
    g_assert_cmpfloat_with_epsilon(v[0] / (0.0254 / 150 * frame->scale_denominator), 1, 1e-3);

    g_autofree char *prj_path = g_build_filename(folder, "a.b.prj", NULL);
    g_autofree char *prj = fixture_read(prj_path, NULL);
    g_assert_true(g_str_has_prefix(prj, "PROJCS["));
    g_autofree char *aux_path = g_build_filename(folder, "a.b.png.aux.xml", NULL);
    g_autofree char *aux = fixture_read(aux_path, NULL);
    g_assert_nonnull(strstr(aux, "<GeoTransform>"));
    g_assert_nonnull(strstr(aux, "PROJCS[&quot;"));
    fixture_remove(folder);
}

void test_world_file(void)
{
    g_test_add_func("/render/world-file/corner-and-size", corner_and_size);
}
