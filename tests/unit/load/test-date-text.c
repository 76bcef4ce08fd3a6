#include "fixture.h"
#include "fm-unit.h"

static void spellings(void)
{
    static const struct {
        const char *text, *expect;
    } cases[] = {
        {"2010年9月1日", "2010-09-01"},
        {"2010年09月1号", "2010-09-01"},
        {"2010年9月", "2010-09"},
        {"2010年", "2010"},
        {"２０１０年９月", "2010-09"},
        {"2010/9/1", "2010-09-01"},
        {"2010.9", "2010-09"},
        {"2010-9-1", "2010-09-01"},
        {"2010-09-01 00:00:00", "2010-09-01"},
        {"2010/09/01T00:00:00Z", "2010-09-01"},
        {" 20100901 ", "2010-09-01"},
        {"2012-02-29", "2012-02-29"},
        {"1947—07", "1947-07"},
        {"1959--06", "1959-06"},
        {"1958_09", "1958-09"},
        {"1941-", "1941"},
        /* Another day in another country, or no day at all. */
        {"1/9/2010", NULL},
        {"10/9/1", NULL},
        {"2010/9-1", NULL},
        {"2010-09-01 08:30:00", NULL},
        {"2010年13月", NULL},
        {"2011-2-29", NULL},
        {"20101301", NULL},
        {"201204", NULL}, /* a month of 2012 or a day of 2020 */
        {"-", NULL},
        {"2010年9", NULL},
        {"2010.", NULL},
        {"", NULL},
        {"soon", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *tidy = fm_date_tidy(cases[i].text);
        g_assert_cmpstr(tidy, ==, cases[i].expect);
    }
}

void test_date_text(void)
{
    g_test_add_func("/load/date-text/spellings", spellings);
}
