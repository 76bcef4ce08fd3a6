#include "fixture.h"
#include "fm-unit.h"
#include "ogr-files.h"

#include <string.h>

/* What shows in one late row alone is in the sample, and the sample stays small. */
static void late_values(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_auto(FmSurvey) survey = {NULL};
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) text = g_string_new("beds,name,code,empty\n");
    gsize n = 2 * FM_PART_ROWS + 1;

    for (gsize i = 0; i < n; i++) {
        g_string_append_printf(text, "%s,%s,%s,\n", i == n - 1 ? "1.5" : "2",
                               i == n - 2 ? "医院" : "clinic", i == FM_PART_ROWS ? "007" : "7");
    }
    g_autoptr(FmSource) source = fm_source_new(fixture_write(&fixture, "t.csv", text->str));
    g_assert_true(fm_survey_text(&survey, source, NULL, &error));
    g_assert_no_error(error);
    const FmTable *sample = survey.sample->table;
    g_assert_cmpuint(survey.n_rows, ==, n);
    g_assert_cmpuint(fm_table_n_rows(sample), <, 1100);
    g_assert_cmpint(fm_infer_type(sample, 0), ==, FM_COLUMN_REAL);
    g_assert_cmpint(fm_infer_type(sample, 2), ==, FM_COLUMN_TEXT);
    gsize last = fm_table_n_rows(sample) - 1;
    g_assert_cmpstr(fm_table_text(sample, 1, last - 1), ==, "医院");
    g_assert_cmpstr(fm_table_text(sample, 0, last), ==, "1.5");
    g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, -1);
    g_assert_cmpstr(survey.sample->sha256, ==, sha256);
    g_assert_cmpstr(survey.encoding, ==, "UTF-8");
}

static gboolean stop(double fraction, const char *stage, void *user)
{
    (void)fraction;
    (void)user;
    return !g_str_has_prefix(stage, "looking at ");
}

static void errors(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    FmProgress progress = fm_progress_init(stop, NULL);

    for (gsize i = 0; i < 3; i++) {
        static const char *const texts[] = {"id\n", "id\n1\n\"2\n", "id\n1\n"};
        static const FmError codes[] = {FM_ERROR_DATA, FM_ERROR_PARSE, FM_ERROR_CANCELLED};
        static const char *const words[] = {"t.csv: no rows", "t.csv: line 3: a quotation mark",
                                            ""};
        g_auto(FmSurvey) survey = {NULL};
        g_autoptr(GError) error = NULL;
        g_autoptr(FmSource) source = fm_source_new(fixture_write(&fixture, "t.csv", texts[i]));
        g_assert_false(fm_survey_text(&survey, source, i == 2 ? &progress : NULL, &error));
        assert_error(error, codes[i], words[i]);
    }
}

/* Few rows are not worth a survey; of many, the last one counts. */
static void of_features(void)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    g_autoptr(GString) rows = g_string_new("0|clinic|POINT (1 2)");
    gsize n = FM_WHOLE_ROWS + 1;

    for (gsize i = 1; i < n; i++) {
        g_string_append_printf(rows, ";%" G_GSIZE_FORMAT "|%s|POINT %s", i,
                               i + 1 == n ? "医院" : "clinic", i + 1 == n ? "Z (1 2 3)" : "(1 2)");
    }
    const char *small = fixture_path(&fixture, "a.gpkg"), *big = fixture_path(&fixture, "b.gpkg");
    ogr_file_write("GPKG", small, "a", "id", "1|POINT (1 2)", TRUE, "EPSG:4326", NULL);
    ogr_file_write("GPKG", big, "b", "id:I,name", rows->str, TRUE, "EPSG:4326", NULL);
    for (gsize i = 0; i < 2; i++) {
        g_auto(FmSurvey) survey = {NULL};
        g_autoptr(GError) error = NULL;
        g_autoptr(FmSource) source = fm_source_new(i == 0 ? small : big);
        gboolean large = i == 0;
        g_assert_true(fm_survey_ogr(&survey, source, &large, NULL, &error));
        g_assert_no_error(error);
        g_assert_cmpint(large, ==, i == 1);
        if (!large) {
            continue;
        }
        const FmTable *sample = survey.sample->table;
        gsize last = fm_table_n_rows(sample) - 1;
        const char *const files[] = {big, NULL};
        g_autofree char *sha256 = fm_files_sha256(files, NULL);
        g_assert_cmpuint(survey.n_rows, ==, n);
        g_assert_cmpuint(last, <, 1100);
        g_assert_cmpstr(fm_table_text(sample, 1, last), ==, "医院");
        g_assert_cmpint(fm_table_integer(sample, 0, last), ==, FM_WHOLE_ROWS);
        g_assert_cmpint(survey.type, ==, FM_GEOMETRY_POINT);
        g_assert_cmpstr(survey.sample->sha256, ==, sha256);
        g_assert_cmpstr(survey.sample->crs, ==, "EPSG:4326");
        g_assert_cmpstr(g_ptr_array_index(survey.sample->warnings, 0), ==,
                        "Z or M dropped from 1 row");
    }
}

void test_survey(void)
{
    g_test_add_func("/load/survey/late-values", late_values);
    g_test_add_func("/load/survey/errors", errors);
    g_test_add_func("/load/survey/features", of_features);
}
