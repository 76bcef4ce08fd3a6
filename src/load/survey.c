/* The first of two readings of a large source.  A layer's columns have types, and so has its
 * geometry: all rows must be seen before the first is written; kept of them is a sample in which
 * every column shows all that it shows in the whole file.  One thread reads and looks, the other
 * hashes the same part of the files, and hears what the user wants. */
#include "gdal-log.h"
#include "load-internal.h"

#define FIRST_ROWS 1024u /* of the sample, whatever they show */
#define MILESTONES_WAITING 8u

typedef struct {
    const FmSource *source;
    FmSurvey *survey;
    FmFileHash *hash;
    guint32 *shown; /* for each column, what its values have shown so far */
    const FmProgress *progress;
} Surveyor;

/* How far the first thread is. */
typedef struct {
    double ratio; /* of the file */
    gsize n_rows;
} Milestone;

/* ---- looking ---- */

/* Does the value show anything new? */
static gboolean look(Surveyor *surveyor, gsize column, const char *text)
{
    g_autofree char *valid = fm_text_fault(text) != NULL ? g_utf8_make_valid(text, -1) : NULL;
    guint32 features = fm_infer_features(valid != NULL ? valid : text);
    gboolean is_new = (features & ~surveyor->shown[column]) != 0;

    surveyor->shown[column] |= features;
    return is_new;
}

static void look_at_record(Surveyor *surveyor, const FmCsv *record)
{
    FmRaw *sample = surveyor->survey->sample;
    gsize n = MIN(fm_csv_n_used_values(record), fm_table_n_columns(sample->table));
    gboolean is_new = fm_table_n_rows(sample->table) < FIRST_ROWS;

    for (gsize column = 0; column < n; column++) {
        const char *text = fm_csv_value(record, column);
        is_new |= !fm_text_is_blank(text) && look(surveyor, column, text);
    }
    if (is_new) {
        fm_csv_add_record(sample, record);
    }
    surveyor->survey->n_rows++;
}

static gboolean tell(FmPipe *pipe, double ratio, gsize n_rows)
{
    Milestone *milestone = g_new(Milestone, 1);

    *milestone = (Milestone){ratio, n_rows};
    return fm_pipe_push(pipe, milestone);
}

/* The rows as the sample has them; what is wrong with them is found when they are loaded. */
static gboolean look_at_text(FmPipe *pipe, void *user, GError **error)
{
    Surveyor *surveyor = user;
    FmSurvey *survey = surveyor->survey;
    g_autoptr(FmRaw) header = fm_raw_new(survey->sample->name);
    g_autoptr(FmCsvReader) reader =
        fm_csv_reader_open(surveyor->source->path, survey->encoding, header, error);
    const FmCsv *record = NULL;

    while (reader != NULL && fm_csv_reader_next(reader, &record, error)) {
        if (record == NULL) {
            (void)tell(pipe, 1, survey->n_rows);
            fm_csv_warn_of_empty(survey->sample, fm_csv_reader_n_empty(reader));
            g_hash_table_remove_all(survey->sample->problems);
            return TRUE;
        }
        look_at_record(surveyor, record);
        if (survey->n_rows % FM_PART_ROWS == 0 &&
            !tell(pipe, fm_csv_reader_ratio(reader), survey->n_rows)) {
            return FALSE;
        }
    }
    return FALSE;
}

/* ---- looking at what OGR reads ---- */

static void copy_row(const FmTable *from, gsize row, FmTable *to)
{
    gsize at = fm_table_append_row(to);

    for (gsize column = 0; column < fm_table_n_columns(from); column++) {
        if (fm_table_is_null(from, column, row)) {
            continue;
        }
        switch (fm_table_column_type(from, column)) {
        case FM_COLUMN_TEXT:
            fm_table_set_text(to, column, at, fm_table_text(from, column, row));
            break;
        case FM_COLUMN_INTEGER:
            fm_table_set_integer(to, column, at, fm_table_integer(from, column, row));
            break;
        case FM_COLUMN_REAL:
            fm_table_set_real(to, column, at, fm_table_number(from, column, row));
            break;
        }
    }
}

static void look_at_part(Surveyor *surveyor, const FmTable *part)
{
    FmTable *sample = surveyor->survey->sample->table;

    for (gsize row = 0; row < fm_table_n_rows(part); row++) {
        gboolean is_new = fm_table_n_rows(sample) < FIRST_ROWS;
        for (gsize column = 0; column < fm_table_n_columns(part); column++) {
            const char *text = fm_table_column_type(part, column) == FM_COLUMN_TEXT
                                   ? fm_table_text(part, column, row)
                                   : NULL;
            is_new |= text != NULL && look(surveyor, column, text);
        }
        if (is_new) {
            copy_row(part, row, sample);
        }
    }
    surveyor->survey->n_rows += fm_table_n_rows(part);
}

static gboolean look_at_features(FmPipe *pipe, void *user, GError **error)
{
    Surveyor *surveyor = user;
    FmSurvey *survey = surveyor->survey;
    g_autoptr(FmRaw) header = fm_raw_new(survey->sample->name);
    g_autoptr(FmOgrReader) reader = fm_ogr_reader_open(surveyor->source, TRUE, header, error);

    for (gsize n = FM_PART_ROWS; reader != NULL && n == FM_PART_ROWS;) {
        g_autoptr(FmRaw) part = fm_raw_new_part(header, survey->n_rows);
        if (!fm_ogr_reader_read(reader, part, FM_PART_ROWS, error)) {
            return FALSE;
        }
        n = fm_table_n_rows(part->table);
        look_at_part(surveyor, part->table);
        if (!tell(pipe, fm_ogr_reader_ratio(reader), survey->n_rows)) {
            return FALSE;
        }
    }
    if (reader != NULL) {
        survey->type = fm_ogr_reader_type(reader);
        fm_ogr_reader_warn(reader, survey->sample);
    }
    return reader != NULL;
}

/* ---- hashing ---- */

static gboolean hash_until(gpointer data, void *user, GError **error)
{
    Surveyor *surveyor = user;
    g_autofree Milestone *milestone = data;
    g_autofree char *count = fm_format_count((gint64)milestone->n_rows);
    g_autofree char *stage = g_strdup_printf("looking at %s rows", count);

    return fm_file_hash_until(surveyor->hash, milestone->ratio, error) &&
           fm_progress_report(surveyor->progress, milestone->ratio, stage, error);
}

/* ---- both ---- */

/* The headings, with what is to be said about them. */
static gboolean read_heading(FmSurvey *survey, const FmSource *source, GError **error)
{
    g_autoptr(FmCsvReader) reader =
        fm_csv_reader_open(source->path, survey->encoding, survey->sample, error);

    return reader != NULL;
}

/* Reads all of the source with `look_at`, and hashes its files meanwhile. */
static gboolean look_through(FmSurvey *survey, const FmSource *source, const char *const *files,
                             FmProduceFunc look_at, const FmProgress *progress, GError **error)
{
    g_autofree guint32 *shown = g_new0(guint32, fm_table_n_columns(survey->sample->table) + 1);
    g_autoptr(FmFileHash) hash = fm_file_hash_new(files);
    Surveyor surveyor = {
        .source = source, .survey = survey, .hash = hash, .shown = shown, .progress = progress};

    if (!fm_pipe_run(MILESTONES_WAITING, 0, look_at, hash_until, g_free, &surveyor, error) ||
        !fm_file_hash_until(hash, 1, error)) {
        return FALSE;
    }
    survey->sample->sha256 = fm_file_hash_finish(hash);
    if (survey->n_rows == 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA, "%s: no rows: there is nothing to load",
                    survey->sample->name);
    }
    return survey->n_rows > 0;
}

gboolean fm_survey_text(FmSurvey *survey, const FmSource *source, const FmProgress *progress,
                        GError **error)
{
    const char *const files[] = {source->path, NULL};
    g_autofree char *name = fm_path_name(source->path);
    g_auto(FmEncoding) found = {.encoding = NULL};

    *survey = (FmSurvey){.sample = fm_raw_new(name)};
    if (!fm_raw_check_file(source, name, error) ||
        !fm_csv_encoding(source, survey->sample, &found, error)) {
        return FALSE;
    }
    survey->encoding = g_strdup(found.encoding);
    return read_heading(survey, source, error) &&
           look_through(survey, source, files, look_at_text, progress, error);
}

gboolean fm_survey_ogr(FmSurvey *survey, const FmSource *source, gboolean *large,
                       const FmProgress *progress, GError **error)
{
    g_autofree char *name = fm_path_name(source->path);
    g_auto(GStrv) files = NULL;

    *large = FALSE;
    *survey = (FmSurvey){.sample = fm_raw_new(name)};
    if (!fm_raw_check_file(source, name, error)) {
        return FALSE;
    }
    fm_gdal_register(); /* on this thread, before the other uses it */
    g_autoptr(FmOgrReader) reader = fm_ogr_reader_open(source, TRUE, survey->sample, error);
    if (reader == NULL) {
        return FALSE;
    }
    gint64 n_expected = fm_ogr_reader_n_expected(reader);
    if (n_expected >= 0 && n_expected < FM_WHOLE_ROWS) {
        return TRUE;
    }
    survey->encoding = g_strdup(fm_ogr_reader_encoding(reader));
    files = fm_ogr_reader_files(reader);
    g_clear_pointer(&reader, fm_ogr_reader_free);
    const FmSource known = fm_survey_source(survey, source);
    if (!look_through(survey, &known, (const char *const *)files, look_at_features, progress,
                      error)) {
        return FALSE;
    }
    *large = survey->n_rows >= FM_WHOLE_ROWS;
    return TRUE;
}

FmSource fm_survey_source(const FmSurvey *survey, const FmSource *source)
{
    FmSource known = *source;

    known.encoding = survey->encoding != NULL ? survey->encoding : source->encoding;
    return known;
}

void fm_survey_clear(FmSurvey *survey)
{
    g_clear_pointer(&survey->sample, fm_raw_free);
    g_clear_pointer(&survey->encoding, g_free);
}
