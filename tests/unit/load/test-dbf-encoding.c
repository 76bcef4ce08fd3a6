#include "fixture.h"
#include "fm-unit.h"
#include "ogr-files.h"
#include "ogr-open.h"

#include <glib/gstdio.h>
#include <string.h>

#define LANGUAGE_BYTE 29

typedef struct {
    const char *encoding, *text;
    gboolean keep_cpg;
    char language; /* of the header */
    const char *expect, *note;
} Case;

static void check(const Case *c)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    g_autofree char *bytes = NULL;
    gsize n = 0;
    fixture_init(&fixture);
    g_autofree char *shp = g_strdup(fixture_path(&fixture, "a.shp"));
    g_autofree char *option = g_strconcat("ENCODING=", c->encoding, NULL);
    g_autofree char *row = g_strconcat(c->text, "|POINT (116.4 39.9)", NULL);
    ogr_file_write("ESRI Shapefile", shp, "a", "name", row, TRUE, "EPSG:4326", option);
    if (!c->keep_cpg) {
        g_assert_cmpint(g_unlink(fixture_path(&fixture, "a.cpg")), ==, 0);
    }
    const char *dbf = fixture_path(&fixture, "a.dbf");
    g_assert_true(g_file_get_contents(dbf, &bytes, &n, NULL));
    bytes[LANGUAGE_BYTE] = c->language;
    g_assert_true(g_file_set_contents(dbf, bytes, (gssize)n, NULL));

    g_autoptr(FmSource) source = fm_source_new(shp);
    g_autoptr(FmRaw) raw = fm_raw_read(source, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(fm_table_text(raw->table, 0, 0), ==, c->expect);
    if (c->note == NULL) {
        g_assert_cmpuint(raw->warnings->len, ==, 0);
    } else {
        assert_contains(g_ptr_array_index(raw->warnings, 0), c->note);
    }
}

static void encodings(void)
{
    static const Case cases[] = {
        {"GB18030", "北京市", TRUE, 0, "北京市", NULL},
        {"GB18030", "北京市", FALSE, 0, "北京市", "read as GB18030: found out from 3 characters"},
        {"GB18030", "北京市", FALSE, 0x57, "北京市", "read as GB18030"},
        {"GB18030", "北京市", FALSE, 0x4D, "北京市", NULL}, /* the header says code page 936 */
        {"BIG5", "臺北市學校", FALSE, 0, "臺北市學校", "read as BIG5"},
        {"UTF-8", "北京市", FALSE, 0, "北京市", NULL},
        {"UTF-8", "北京市", FALSE, 0x57, "北京市", NULL},
        {"ISO-8859-1", "São Paulo", FALSE, 0x57, "São Paulo", "read as WINDOWS-1252"},
        {"ISO-8859-1", "Paris", FALSE, 0x57, "Paris", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s, language %d", cases[i].encoding, cases[i].language);
        check(&cases[i]);
    }
}

/* Fields are cut at their width, be it in the middle of a character. */
static void cut_values(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    g_autofree char *bytes = NULL;
    gsize n = 0;
    fixture_init(&fixture);
    g_autofree char *shp = g_strdup(fixture_path(&fixture, "a.shp"));
    ogr_file_write("ESRI Shapefile", shp, "a", "name",
                   "北京市第一医院|POINT (1 2);北京市第二小学|POINT (1 2)", TRUE, "EPSG:4326",
                   "ENCODING=GB18030");
    g_assert_cmpint(g_unlink(fixture_path(&fixture, "a.cpg")), ==, 0);
    const char *dbf = fixture_path(&fixture, "a.dbf");
    g_assert_true(g_file_get_contents(dbf, &bytes, &n, NULL));
    gsize at = 0;
    while (at + 3 <= n && memcmp(bytes + at, "\xD4\xBA ", 3) != 0) {
        at++;
    }
    g_assert_cmpuint(at + 3, <=, n);
    bytes[at + 1] = ' ';
    g_assert_true(g_file_set_contents(dbf, bytes, (gssize)n, NULL));

    g_autoptr(FmSource) source = fm_source_new(shp);
    g_autoptr(FmRaw) raw = fm_raw_read(source, NULL, &error);
    g_assert_no_error(error);
    g_assert_true(g_str_has_prefix(fm_table_text(raw->table, 0, 0), "北京市第一医"));
    g_assert_cmpstr(fm_table_text(raw->table, 0, 1), ==, "北京市第二小学");
}

void test_dbf_encoding(void)
{
    g_test_add_func("/load/dbf-encoding/encodings", encodings);
    g_test_add_func("/load/dbf-encoding/cut-values", cut_values);
}
