/* Nothing is lost, whatever a table holds: random tables of the values that lists really have, good
 * and bad, under every mode.  loaded + updated + unchanged + unlocated + rejected = read, the layer
 * has the rows that the report says, and a reject file loads once its rows are corrected.
 * The fixture asserts the sum after each load; the tables are the same on every run. */
#include "fixture.h"
#include "fm-unit.h"

#define TABLES 12u
#define MAX_ROWS 40
#define SHARE_GOOD 0.9 /* of the values that are picked from the good ones */

#define HEAD "编号,名称,状态,开业时间,床位数,备注,经度,纬度\n"

/* For each column; the first `n_good` spoil no row, by themselves. */
static const struct {
    guint n_good;
    const char *values[16];
} columns[] = {
    {4, {"a1", "A1", "ａ１", "007", "", "a1", NULL}}, /* numbered on, but for the empty one */
    {7, {"一校", "\"O'Neill, \"\"二\"\"校\"", "🏫", "=1+1", "", "无", "x;y|z", NULL}},
    {5, {"在建", "open", "", "规划", "N/A", "营业中吗", "?", NULL}},
    {5, {"2010年9月", "2021", "", "不详", "2021-09-01", "2021-13", "tomorrow", "0/0/0", NULL}},
    {4, {"120", "", "0", "—", "-5", "1e308", "NaN", "12a", "99999999999999999999", "5.5", NULL}},
    {5, {"", "a\tb", "\"two\nlines\"", "007", "1e999", "\"a,b\"", NULL}},
    {4, {"116.4", "", "116°23′29″E", "东经116度23分", "Inf", "1161.4", "116,4", "0", NULL}},
    {4, {"39.9", "", "39°54′N", "北纬39度54分", "nan", "399", "３９.９", "39..9", NULL}},
};

static const char *pick(GRand *random, gsize column, gboolean good)
{
    guint n = 0;

    while (columns[column].values[n] != NULL) {
        n++;
    }
    return columns[column]
        .values[g_rand_int_range(random, 0, (gint32)(good ? columns[column].n_good : n))];
}

static void add_row(GRand *random, GString *text, guint number)
{
    for (gsize i = 0; i < G_N_ELEMENTS(columns); i++) {
        const char *value = pick(random, i, g_rand_double(random) < SHARE_GOOD);
        g_string_append_printf(text, "%s%s", i > 0 ? "," : "", value);
        if (i == 0 && *value != '\0' && g_rand_int_range(random, 0, 20) > 0) {
            g_string_append_printf(text, "-%u", number);
        }
    }
    g_string_append(text, g_rand_int_range(random, 0, 30) == 0 ? ",one,too many\n" : "\n");
}

static char *random_table(GRand *random, guint first)
{
    GString *text = g_string_new(HEAD);
    guint n = (guint)g_rand_int_range(random, 1, MAX_ROWS);

    g_string_append_printf(text, "good-%u,好,open,2001,1,,116.4,39.9\n", first);
    for (guint i = 0; i < n; i++) {
        add_row(random, text, first + i);
    }
    return g_string_free(text, FALSE);
}

/* Loads a text as layer "t" with the mapping that takes every column as what it is called, so that
 * bad values reject their rows. */
static const FmLoadReport *load(Fixture *fixture, const char *text, FmLoadMode mode)
{
    static const char *const fields[][2] = {
        {"id", "编号"}, {"status", "状态"}, {"opens", "开业时间"}, {"capacity", "床位数"}};
    const FmLoadOptions options = {.mode = mode};
    g_autoptr(FmSource) source =
        fixture_source(fixture_write(fixture, "dirty.csv", text), "t", NULL);
    g_autoptr(GError) error = NULL;

    source->encoding = g_strdup("UTF-8");
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        fixture_map(source, fields[i][0], fields[i][1]);
    }
    fixture_load(fixture, source, &options, &error);
    g_assert_no_error(error);
    return g_ptr_array_index(fixture->reports, 0);
}

static gint64 n_stored(Fixture *fixture)
{
    g_autoptr(FmTable) table = fixture_read(fixture, NULL);

    return (gint64)fm_table_n_rows(table);
}

/* The heading of the reject file, with as many good rows as it has. */
static char *corrected(const FmLoadReport *report, guint first)
{
    g_autofree char *rejects = NULL;
    g_auto(FmCsv) csv;
    gsize length = 0;
    g_autoptr(GError) error = NULL;

    g_assert_true(g_file_get_contents(report->rejects_file, &rejects, &length, &error));
    fm_csv_init(&csv, rejects, length);
    g_assert_true(fm_csv_next(&csv, &error));
    GString *text = g_string_new_len(rejects, csv.at - rejects);
    for (guint n = 0; fm_csv_next(&csv, &error); n++) {
        /* its own columns as they are, then the row, corrected */
        for (gsize i = 0; i < 4; i++) {
            g_string_append_printf(text, "\"%s\",", i == 0 ? fm_csv_value(&csv, i) : "");
        }
        g_string_append_printf(text, "fixed-%u,好,open,2001,1,,116.4,39.9\n", first + n);
    }
    return g_string_free(text, FALSE);
}

static void check_rejects(Fixture *fixture, guint first)
{
    const FmLoadReport *report = g_ptr_array_index(fixture->reports, 0);
    gint64 n = report->n_rejected, before = n_stored(fixture);

    g_assert_true((n > 0) == (report->rejects_file != NULL));
    if (n == 0) {
        return;
    }
    g_autofree char *text = corrected(report, first);
    report = load(fixture, text, FM_LOAD_APPEND);
    g_assert_cmpint(report->n_loaded, ==, n);
    g_assert_cmpint(report->n_read, ==, n);
    g_assert_cmpint(n_stored(fixture), ==, before + n);
}

static void nothing_is_lost(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(2021);
    gint64 n_rejected = 0, n_unlocated = 0;

    for (guint i = 0; i < TABLES; i++) {
        g_auto(Fixture) fixture;
        fixture_init(&fixture);
        g_autofree char *first = random_table(random, 1000), *more = random_table(random, 2000);
        g_test_message("%s", first);
        const FmLoadReport *report = load(&fixture, first, FM_LOAD_CREATE);
        n_rejected += report->n_rejected;
        n_unlocated += report->n_unlocated;
        g_assert_cmpint(n_stored(&fixture), ==, report->n_loaded + report->n_unlocated);

        /* The same again changes nothing, and rejects what it rejected before. */
        gint64 stored = n_stored(&fixture), bad = report->n_rejected;
        report = load(&fixture, first, FM_LOAD_UPDATE);
        g_assert_cmpint(report->n_unchanged, ==, stored);
        g_assert_cmpint(report->n_rejected, ==, bad);
        check_rejects(&fixture, 5000);

        stored = n_stored(&fixture);
        report = load(&fixture, more, FM_LOAD_APPEND);
        g_assert_cmpint(n_stored(&fixture), ==, stored + report->n_loaded + report->n_unlocated);
        check_rejects(&fixture, 7000);
    }
    g_assert_cmpint(n_rejected, >, 0);
    g_assert_cmpint(n_unlocated, >, 0);
}

void test_dirty_tables(void)
{
    g_test_add_func("/load/dirty-tables/nothing-is-lost", nothing_is_lost);
}
