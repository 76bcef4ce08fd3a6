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

void test_csv(void)
{
    g_test_add_func("/load/csv/records", records);
    g_test_add_func("/load/csv/unclosed-mark", unclosed_mark);
    g_test_add_func("/load/csv/nul", nul);
    g_test_add_func("/load/csv/truncated", truncated);
}
