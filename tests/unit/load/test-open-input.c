#include "open-input.h"

#include "fixture.h"
#include "fm-unit.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static gboolean open_path(FmInput *input, const char *path, GError **error)
{
    g_autoptr(FmSource) source = fm_source_new(path);

    gboolean done = fm_input_open(input, source, NULL, error);
    input->source = (FmSource){.path = input->path};
    return done;
}

static void suffixes(void)
{
    static const struct {
        const char *bytes;
        gsize n;
        const char *suffix;
    } cases[] = {
        {"", 0, ".csv"},
        {"id,lon\n", 7, ".csv"},
        {"\xFF\xFEi\0", 4, ".csv"},
        {" {\"type\"", 8, ".geojson"},
        {"\xEF\xBB\xBF[", 4, ".geojson"},
        {"\x1E{", 2, ".geojson"},
        {"<?xml version='1.0'?><osm", 25, ".osm"},
        {"<?xml version='1.0'?><kml", 25, ".kml"},
        {"<x xmlns:gml='u'/>", 18, ".gml"},
        {"<x/>", 4, ".xml"},
        {"SQLite format 3\0", 16, ".sqlite"},
        {"fgb\x03", 4, ".fgb"},
        {"\xD0\xCF\x11\xE0\xA1", 5, ".xls"},
        {"\x1F\x8B\x08", 3, ".gz"},
        {"\0\0\0\x0D\n\x09OSMHeader", 15, ".osm.pbf"},
        {"PK\x03\x04\0\0[Content_Types].xml", 25, ".xlsx"},
        {"PK\x03\x04\0\0doc.kml", 13, ".kmz"},
        {"PK\x03\x04\0\0a.csv", 11, ".zip"},
        {"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", 58, ".ods"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *bytes = g_memdup2(cases[i].bytes, cases[i].n + 1);
        g_test_message("case %d", (int)i);
        g_assert_cmpstr(fm_input_suffix(bytes, cases[i].n), ==, cases[i].suffix);
    }
    g_autofree char *database = g_malloc0(100);
    memcpy(database, "SQLite format 3", 15);
    memcpy(database + 68, "GPKG", 4);
    g_assert_cmpstr(fm_input_suffix(database, 100), ==, ".gpkg");
}

static void plain_paths(void)
{
    static const char *const paths[] = {"a.csv", "PG:dbname=x", "/vsigzip/a.gz",
                                        "a.gpkg|layername=b"};

    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_auto(FmInput) input = {0};
        g_assert_true(open_path(&input, paths[i], NULL));
        g_assert_cmpstr(input.source.path, ==, paths[i]);
        g_assert_null(input.temporary);
    }
}

/* A stored, uncompressed archive: the format's least. */
static void append_entry(GByteArray *zip, GByteArray *directory, const char *name, const char *text)
{
    guint32 crc = 0xFFFFFFFFu, offset = zip->len, size = (guint32)strlen(text);
    guint8 local[30] = {'P', 'K', 3, 4, 20}, central[46] = {'P', 'K', 1, 2, 20, 0, 20};

    for (const char *c = text; *c != '\0'; c++) {
        crc ^= (guint8)*c;
        for (int k = 0; k < 8; k++) {
            crc = crc >> 1 ^ (0xEDB88320u & (0u - (crc & 1)));
        }
    }
    crc = ~crc;
    guint32 values[] = {GUINT32_TO_LE(crc), GUINT32_TO_LE(size), GUINT32_TO_LE(size)};
    guint16 length = GUINT16_TO_LE((guint16)strlen(name));
    offset = GUINT32_TO_LE(offset);
    memcpy(local + 14, values, sizeof values);
    memcpy(local + 26, &length, sizeof length);
    memcpy(central + 16, values, sizeof values);
    memcpy(central + 28, &length, sizeof length);
    memcpy(central + 42, &offset, sizeof offset);
    g_byte_array_append(zip, local, sizeof local);
    g_byte_array_append(zip, (const guint8 *)name, (guint)strlen(name));
    g_byte_array_append(zip, (const guint8 *)text, size);
    g_byte_array_append(directory, central, sizeof central);
    g_byte_array_append(directory, (const guint8 *)name, (guint)strlen(name));
}

/* @param names NULL-terminated; each file holds a small table */
static const char *write_zip(Fixture *fixture, const char *file, const char *const *names)
{
    g_autoptr(GByteArray) zip = g_byte_array_new();
    g_autoptr(GByteArray) directory = g_byte_array_new();
    guint8 end[22] = {'P', 'K', 5, 6};
    guint16 n = 0;

    for (; names[n] != NULL; n++) {
        append_entry(zip, directory, names[n], "id\n1\n");
    }
    guint32 place[] = {GUINT32_TO_LE(directory->len), GUINT32_TO_LE(zip->len)};
    n = GUINT16_TO_LE(n);
    memcpy(end + 8, &n, sizeof n);
    memcpy(end + 10, &n, sizeof n);
    memcpy(end + 12, place, sizeof place);
    g_byte_array_append(zip, directory->data, directory->len);
    g_byte_array_append(zip, end, sizeof end);
    return fixture_write_bytes(fixture, file, (const char *)zip->data, zip->len);
}

static void archives(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    const char *const one[] = {"readme.txt", "__MACOSX/._a.csv", "folder/a.csv", NULL};
    const char *const two[] = {"a.csv", "b.xlsx", NULL};
    const char *const text[] = {"list.txt", NULL};

    const struct {
        const char *const *names;
        const char *inner;
    } cases[] = {{one, "/vsizip/%s/folder/a.csv"}, {text, "/vsizip/%s/list.txt"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(FmInput) input = {0};
        const char *path = write_zip(&fixture, i == 0 ? "one.zip" : "text.zip", cases[i].names);
        g_autoptr(GString) expect = g_string_new(cases[i].inner);
        g_string_replace(expect, "%s", path, 0);
        g_assert_true(open_path(&input, path, &error));
        g_assert_cmpstr(input.source.path, ==, expect->str);
    }
    g_auto(FmInput) several = {0};
    const char *path = write_zip(&fixture, "two.zip", two);
    g_assert_false(open_path(&several, path, &error));
    assert_error(error, FM_ERROR_USAGE,
                 "two.zip: 2 files in it (a.csv, b.xlsx); name one, such as two.zip/a.csv");
    g_clear_error(&error);

    g_auto(FmInput) named = {0};
    g_autofree char *inside = g_strconcat(path, "/a.csv", NULL);
    g_autofree char *expect = g_strconcat("/vsizip/", inside, NULL);
    g_assert_true(open_path(&named, inside, NULL));
    g_assert_cmpstr(named.source.path, ==, expect);

    g_auto(FmInput) broken = {0};
    g_assert_false(open_path(&broken, fixture_write(&fixture, "c.zip", "PK\x03\x04"), &error));
    assert_error(error, FM_ERROR_PARSE, "c.zip: no zip archive, damaged, or empty");
}

/* A pipe is copied, named by its bytes, and its copy removed. */
static void pipes(void)
{
    g_auto(Fixture) fixture;
    g_autoptr(GError) error = NULL;
    fixture_init(&fixture);
    const char *path = fixture_path(&fixture, "pipe");
    g_assert_cmpint(mkfifo(path, 0600), ==, 0);
    g_autofree char *quoted = g_shell_quote(path);
    g_autofree char *command = g_strdup_printf("printf '{\"type\":1}' >%s", quoted);
    g_autoptr(GSubprocess) writer =
        g_subprocess_new(G_SUBPROCESS_FLAGS_NONE, &error, "sh", "-c", command, NULL);
    g_assert_no_error(error);
    g_autofree char *copy = NULL;
    g_autofree char *folder = NULL;
    {
        g_auto(FmInput) input = {0};
        g_autofree char *text = NULL;
        g_assert_true(open_path(&input, path, &error));
        g_assert_no_error(error);
        g_assert_true(g_str_has_suffix(input.source.path, "/pipe.geojson"));
        g_assert_true(g_file_get_contents(input.source.path, &text, NULL, NULL));
        g_assert_cmpstr(text, ==, "{\"type\":1}");
        copy = g_strdup(input.temporary);
        folder = g_strdup(input.folder);
    }
    g_assert_false(g_file_test(copy, G_FILE_TEST_EXISTS));
    g_assert_false(g_file_test(folder, G_FILE_TEST_EXISTS));
    g_assert_true(g_subprocess_wait_check(writer, NULL, NULL));
}

static void devices(void)
{
    g_auto(FmInput) input = {0};
    g_autoptr(GError) error = NULL;

    g_assert_false(open_path(&input, "/dev/null", &error));
    assert_error(error, FM_ERROR_IO, "/dev/null: a device, not a file");
}

void test_open_input(void)
{
    g_test_add_func("/load/open-input/suffixes", suffixes);
    g_test_add_func("/load/open-input/plain-paths", plain_paths);
    g_test_add_func("/load/open-input/archives", archives);
    g_test_add_func("/load/open-input/pipes", pipes);
    g_test_add_func("/load/open-input/devices", devices);
}
