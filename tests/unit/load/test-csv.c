#include "fixture.h"
#include "fm-unit.h"

#include <string.h>

/* All records, values in brackets, one record a line. */
static char *dump(const char *text, gsize length, GError **error)
{
    g_auto(FmCsv) csv;
    g_autoptr(GError) failure = NULL;
    g_autoptr(GString) out = g_string_new(NULL);

    fm_csv_init(&csv, text, length);
    while (fm_csv_next(&csv, &failure)) {
        for (gsize i = 0; i < fm_csv_n_values(&csv); i++) {
            g_string_append_printf(out, "[%s]", fm_csv_value(&csv, i));
        }
        g_string_append(out, csv.nul ? "!\n" : "\n");
    }
    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return NULL;
    }
    return g_strdup(out->str);
}

static void records(void)
{
    static const struct {
        const char *text, *records;
    } cases[] = {
        {"a,b\n1,2\n", "[a][b]\n[1][2]\n"},
        {"a,b\r\n1,2\r\n", "[a][b]\n[1][2]\n"},
        {"a,b\r1,2\r", "[a][b]\n[1][2]\n"},
        {"a,b\n1,2", "[a][b]\n[1][2]\n"},
        {"a,b\n\n\n1,\n,\n", "[a][b]\n[1][]\n[][]\n"},
        {"a;b\n1,5;2\n", "[a][b]\n[1,5][2]\n"},
        {"a\tb\n1 2\t3\n", "[a][b]\n[1 2][3]\n"},
        {"a|b\n1|2\n", "[a][b]\n[1][2]\n"},
        {"\"a;;;\",b\n1,2\n", "[a;;;][b]\n[1][2]\n"},
        {"name en\nx y\n", "[name en]\n[x y]\n"},
        {"a,b\n\"x\ny\",\"say \"\"no\"\"\"\n", "[a][b]\n[x\ny][say \"no\"]\n"},
        {"a,b\n5\" pipe,\"q\"uote\n", "[a][b]\n[5\" pipe][quote]\n"},
        {"a,b\n\"\",\"\"\n", "[a][b]\n[][]\n"},
        {"a,b\n1,2,3\n1\n", "[a][b]\n[1][2][3]\n[1]\n"},
        {"", ""},
        {"\n\r\n", ""},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = dump(cases[i].text, strlen(cases[i].text), NULL);
        g_assert_cmpstr(text, ==, cases[i].records);
    }
}

static void unclosed_mark(void)
{
    const char *text = "a,b\n\"x\ny\",1\n2,\"never\n3,4\n";
    g_autoptr(GError) error = NULL;

    g_assert_null(dump(text, strlen(text), &error));
    assert_error(error, FM_ERROR_PARSE, "line 4: a quotation mark is opened and never closed");
}

static void nul(void)
{
    g_autofree char *text = dump("a\nx\0y\nz\n", 8, NULL);
    g_assert_cmpstr(text, ==, "[a]\n[x\uFFFDy]!\n[z]\n");
}

/* Any cut of any text ends, without reading beyond it. */
static void truncated(void)
{
    const char *text = "a,\"b\"\n\"x\"\"\",1\r\n,,\n";

    for (gsize n = 0; n <= strlen(text); n++) {
        g_autofree char *exact = g_memdup2(text, n);
        g_autoptr(GError) error = NULL;
        g_autofree char *out = dump(exact, n, &error);
        g_assert_true((out == NULL) == (error != NULL));
    }
}

static char *dump_parts(const char *text, gsize length, gsize cut)
{
    g_autofree char *first = g_memdup2(text, cut), *rest = NULL;
    GString *out = g_string_new(NULL);
    g_auto(FmCsv) csv;
    gboolean partial = TRUE;

    fm_csv_init(&csv, text, length); /* for the separator */
    fm_csv_continue(&csv, first, cut, TRUE);
    for (;;) {
        if (fm_csv_next(&csv, NULL)) {
            g_string_append_printf(out, "%" G_GSIZE_FORMAT ":", csv.line);
            for (gsize i = 0; i < fm_csv_n_values(&csv); i++) {
                g_string_append_printf(out, "[%s]", fm_csv_value(&csv, i));
            }
        } else if (partial && csv.starved) {
            gsize used = (gsize)(csv.at - first);
            rest = g_memdup2(text + used, length - used);
            fm_csv_continue(&csv, rest, length - used, FALSE);
            partial = FALSE;
        } else {
            return g_string_free(out, FALSE);
        }
    }
}

/* Wherever a text is cut in two, its records and their lines are the same. */
static void parts(void)
{
    static const char text[] = "a,b\r\n\r\n\"x\"\"y\",\"1\n2\"\r,\n\n\"q\"z,last\r\n";
    gsize length = strlen(text);
    g_autofree char *whole = dump_parts(text, length, length);

    g_assert_cmpstr(whole, ==, "2:[a][b]5:[x\"y][1\n2]6:[][]8:[qz][last]");
    for (gsize cut = 0; cut < length; cut++) {
        g_autofree char *found = dump_parts(text, length, cut);
        g_assert_cmpstr(found, ==, whole);
    }
}

void test_csv(void)
{
    g_test_add_func("/load/csv/parts", parts);
    g_test_add_func("/load/csv/records", records);
    g_test_add_func("/load/csv/unclosed-mark", unclosed_mark);
    g_test_add_func("/load/csv/nul", nul);
    g_test_add_func("/load/csv/truncated", truncated);
}
