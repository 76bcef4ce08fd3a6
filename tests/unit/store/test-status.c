/* The rule of by_status: every combination of status, dates and options against the rule as
 * store.h states it, term by term. */
#include "fm-unit.h"
#include "support.h"

#include <string.h>

typedef struct {
    const char *text;
    int first, last; /* days from 2021-01-01 that it stands for */
} Date;

static const char *const statuses[] = {NULL,      "",       "open",   "construction",
                                       "planned", "closed", "unknown"};
static const Date dates[] = {
    {NULL, 0, 0},
    {"", 0, 0},
    {"2020", -366, -1},
    {"2021", 0, 364},
    {"2022", 365, 729},
    {"2021-06", 151, 180},
    {"2021-07-01", 181, 181},
    {"2021-06-30", 180, 180},
};

static gboolean is(const char *status, const char *name)
{
    return g_strcmp0(status, name) == 0;
}

/* store.h, with s NULL = open. */
static gboolean rule(const char *status, const Date *o, const Date *c, const Date *as_of,
                     gboolean include_planned)
{
    const char *s = status == NULL || status[0] == '\0' ? "open" : status;
    gboolean o_null = o->text == NULL || o->text[0] == '\0';
    gboolean c_null = c->text == NULL || c->text[0] == '\0';

    if (include_planned && (is(s, "construction") || is(s, "planned"))) {
        return TRUE;
    }
    if (as_of->text == NULL) {
        return is(s, "open");
    }
    return ((!o_null && o->first <= as_of->last) ||
            (o_null && (is(s, "open") || is(s, "closed")))) &&
           (c_null || c->last > as_of->last) && !(c_null && is(s, "closed"));
}

static void check_all(const Date *as_of, gboolean include_planned)
{
    FmFilter filter = {.as_of = as_of->text, .include_planned = include_planned};
    g_autoptr(GError) error = NULL;
    FmStatusRule status_rule;

    g_assert_true(fm_status_rule_init(&status_rule, &filter, &error));
    for (gsize s = 0; s < G_N_ELEMENTS(statuses); s++) {
        for (gsize o = 0; o < G_N_ELEMENTS(dates); o++) {
            for (gsize c = 0; c < G_N_ELEMENTS(dates); c++) {
                gboolean accepts = FALSE;
                g_assert_true(fm_status_rule_accepts(&status_rule, statuses[s], dates[o].text,
                                                     dates[c].text, &accepts, &error));
                if (accepts != rule(statuses[s], &dates[o], &dates[c], as_of, include_planned)) {
                    g_test_message("status %s, opens %s, closes %s, as of %s", statuses[s],
                                   dates[o].text, dates[c].text, as_of->text);
                    g_test_fail();
                }
            }
        }
    }
}

static void test_truth_table(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(dates); i++) {
        if (dates[i].text == NULL || dates[i].text[0] != '\0') {
            check_all(&dates[i], FALSE);
            check_all(&dates[i], TRUE);
        }
    }
}

/* Read once by a person. */
static void test_examples(void)
{
    static const struct {
        const char *as_of, *status, *opens, *closes;
        gboolean planned, accepted;
    } cases[] = {
        {NULL, "open", "2030", NULL, FALSE, TRUE}, /* without a date the status decides alone */
        {NULL, "closed", NULL, NULL, FALSE, FALSE},
        {"2020", "open", "2021-09-01", NULL, FALSE, FALSE},
        {"2021", "open", "2021-09-01", NULL, FALSE, TRUE},   /* a year is its last day */
        {"2021", "construction", "2021", NULL, FALSE, TRUE}, /* it had opened by then */
        {"2021", "planned", NULL, NULL, FALSE, FALSE},
        {"2021", "planned", NULL, NULL, TRUE, TRUE},
        {"2021", "closed", "2010", "2021", FALSE, FALSE}, /* closed on the last day of 2021 */
        {"2021-12-30", "closed", "2010", "2021", FALSE, TRUE},
        {"2015", "closed", NULL, NULL, FALSE, FALSE}, /* closed, nobody knows when */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        FmFilter filter = {.as_of = cases[i].as_of, .include_planned = cases[i].planned};
        g_autoptr(GError) error = NULL;
        FmStatusRule status_rule;
        gboolean accepts = !cases[i].accepted;

        g_assert_true(fm_status_rule_init(&status_rule, &filter, &error));
        g_assert_true(fm_status_rule_accepts(&status_rule, cases[i].status, cases[i].opens,
                                             cases[i].closes, &accepts, &error));
        g_assert_cmpint(accepts, ==, cases[i].accepted);
    }
}

static void test_bad_dates(void)
{
    FmFilter filter = {.as_of = "next year"};
    FmStatusRule status_rule;
    g_autoptr(GError) error = NULL;
    gboolean accepts = FALSE;

    g_assert_false(fm_status_rule_init(&status_rule, &filter, &error));
    test_assert_error(&error, FM_ERROR_PARSE, "next year");

    filter.as_of = "2021";
    g_assert_true(fm_status_rule_init(&status_rule, &filter, &error));
    g_assert_false(fm_status_rule_accepts(&status_rule, "open", "soon", NULL, &accepts, &error));
    test_assert_error(&error, FM_ERROR_PARSE, "column 'opens'");
    g_assert_false(fm_status_rule_accepts(&status_rule, "open", NULL, "2021-13", &accepts, &error));
    test_assert_error(&error, FM_ERROR_PARSE, "column 'closes'");
}

void test_status(void)
{
    g_test_add_func("/store/status/truth-table", test_truth_table);
    g_test_add_func("/store/status/examples", test_examples);
    g_test_add_func("/store/status/bad-dates", test_bad_dates);
}
