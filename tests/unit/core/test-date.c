#include "fm-unit.h"

#include <facmap/core.h>
#include <string.h>

static void test_forms(void)
{
    static const struct {
        const char *text;
        gint64 first, last;
    } cases[] = {
        {"1970-01-01", 0, 0},
        {"1969-12-31", -1, -1},
        {"2021-09-01", 18871, 18871},
        {"2021", 18628, 18992},
        {"2021-02", 18659, 18686},
        {"2020-02", 18293, 18321}, /* a leap year */
        {"2000-02-29", 11016, 11016},
        {" 2021-09-01 ", 18871, 18871},
        {"0001-01-01", -719162, -719162},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        gint64 days = 0;
        g_assert_true(fm_date_parse(cases[i].text, FM_DATE_FIRST_DAY, &days, NULL));
        g_assert_cmpint(days, ==, cases[i].first);
        g_assert_true(fm_date_parse(cases[i].text, FM_DATE_LAST_DAY, &days, NULL));
        g_assert_cmpint(days, ==, cases[i].last);
    }
}

static void test_refused(void)
{
    static const char *const cases[] = {
        "",
        "21",
        "2021-13",
        "2021-00",
        "2021-02-29",
        "1900-02-29",
        "2021-09-00",
        "2021-09-31",
        "2021/09/01",
        "2021-9-1",
        "0000",
        "20210901",
        "2021-09-0x",
        "2021-09-",
        "2021-",
        "year",
        "2021-09-01T00:00:00Z",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        gint64 untouched = 77;
        g_assert_false(fm_date_parse(cases[i], FM_DATE_FIRST_DAY, &untouched, &error));
        g_assert_error(error, FM_ERROR, FM_ERROR_PARSE);
        g_assert_cmpint(untouched, ==, 77);
        g_autofree char *quoted = g_strdup_printf("'%s'", cases[i]);
        g_assert_nonnull(strstr(error->message, quoted));
    }
}

static void test_timestamp(void)
{
    g_autofree char *before = g_strdup(g_getenv("SOURCE_DATE_EPOCH"));

    g_setenv("SOURCE_DATE_EPOCH", "1619602200", TRUE);
    g_autofree char *fixed = fm_timestamp_now();
    g_setenv("SOURCE_DATE_EPOCH", "tomorrow", TRUE);
    g_autofree char *ignored = fm_timestamp_now();
    g_unsetenv("SOURCE_DATE_EPOCH");
    g_autoptr(GDateTime) earlier = g_date_time_new_now_utc();
    g_autofree char *now = fm_timestamp_now();
    if (before != NULL) {
        g_setenv("SOURCE_DATE_EPOCH", before, TRUE);
    }

    g_assert_cmpstr(fixed, ==, "2021-04-28T09:30:00Z");
    g_assert_cmpstr(ignored, !=, fixed);
    g_autoptr(GDateTime) read = g_date_time_new_from_iso8601(now, NULL);
    g_assert_nonnull(read);
    g_assert_cmpint(g_date_time_to_unix(read) - g_date_time_to_unix(earlier), <=, 60);
    g_assert_cmpint(g_date_time_to_unix(read), >=, g_date_time_to_unix(earlier));
}

void test_date(void)
{
    g_test_add_func("/core/date/forms", test_forms);
    g_test_add_func("/core/date/refused", test_refused);
    g_test_add_func("/core/date/timestamp", test_timestamp);
}
