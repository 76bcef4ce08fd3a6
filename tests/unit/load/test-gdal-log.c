#include "gdal-log.h"

#include "fixture.h"
#include "fm-unit.h"

#include <gdal.h>

static void keeps_messages_apart(void)
{
    g_auto(FmGdalLog) log;
    fm_gdal_log_begin(&log);
    CPLError(CE_Warning, CPLE_AppDefined, "Odd ring.\n");
    CPLError(CE_Warning, CPLE_AppDefined, "Odd ring.");
    CPLError(CE_Failure, CPLE_FileIO, "first\nline");
    CPLError(CE_Failure, CPLE_FileIO, "second");
    CPLDebug("X", "not heard");
    g_assert_cmpuint(log.warnings->len, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(log.warnings, 0), ==, "Odd ring");
    g_autofree char *failure = fm_gdal_log_take(&log);
    g_assert_cmpstr(failure, ==, "first line");
    g_assert_null(fm_gdal_log_take(&log));
}

static void registers_once(void)
{
    fm_gdal_register();
    int n = GDALGetDriverCount();
    fm_gdal_register();
    g_assert_cmpint(n, >, 0);
    g_assert_cmpint(GDALGetDriverCount(), ==, n);
}

static void nests(void)
{
    g_auto(FmGdalLog) outer;
    fm_gdal_log_begin(&outer);
    {
        g_auto(FmGdalLog) inner;
        fm_gdal_log_begin(&inner);
        CPLError(CE_Failure, CPLE_FileIO, "inner");
        g_assert_cmpstr(inner.failure, ==, "inner");
    }
    g_assert_null(outer.failure);
    CPLError(CE_Failure, CPLE_FileIO, "outer");
    g_assert_cmpstr(outer.failure, ==, "outer");
}

static void becomes_an_error(void)
{
    g_auto(FmGdalLog) log;
    g_autoptr(GError) error = NULL;
    fm_gdal_log_begin(&log);
    CPLError(CE_Failure, CPLE_FileIO, "disk %s", "gone.");
    g_assert_false(fm_gdal_log_fail(&log, FM_ERROR_IO, "a.gpkg", "cannot be read", &error));
    g_assert_cmpstr(error->message, ==, "a.gpkg: cannot be read: disk gone");
    g_clear_error(&error);
    g_assert_false(fm_gdal_log_fail(&log, FM_ERROR_IO, "a.gpkg", "cannot be read", &error));
    assert_error(error, FM_ERROR_IO, "a.gpkg: cannot be read");
}

void test_gdal_log(void)
{
    g_test_add_func("/load/gdal-log/apart", keeps_messages_apart);
    g_test_add_func("/load/gdal-log/nests", nests);
    g_test_add_func("/load/gdal-log/registers-once", registers_once);
    g_test_add_func("/load/gdal-log/error", becomes_an_error);
}
