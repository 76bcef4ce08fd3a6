/* The first of two readings of a text table.  A layer's columns have types, so all rows must be
 * seen before the first is written; kept of them is a sample in which every column shows all
 * that it shows in the whole file.  One thread reads and looks, the other hashes the same part
 * of the file, and hears what the user wants. */
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
static gboolean look_at_rows(FmPipe *pipe, void *user, GError **error)
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

gboolean fm_survey_text(FmSurvey *survey, const FmSource *source, const FmProgress *progress,
                        GError **error)
{
    g_autofree char *name = fm_path_name(source->path);
    g_auto(FmEncoding) found = {.encoding = NULL};

    *survey = (FmSurvey){.sample = fm_raw_new(name)};
    if (!fm_csv_encoding(source, survey->sample, &found, error)) {
        return FALSE;
    }
    survey->encoding = g_strdup(found.encoding);
    if (!read_heading(survey, source, error)) {
        return FALSE;
    }
    g_autofree guint32 *shown = g_new0(guint32, fm_table_n_columns(survey->sample->table) + 1);
    g_autoptr(FmFileHash) hash = fm_file_hash_open(source->path, error);
    Surveyor surveyor = {
        .source = source, .survey = survey, .hash = hash, .shown = shown, .progress = progress};
    if (hash == NULL ||
        !fm_pipe_run(MILESTONES_WAITING, 0, look_at_rows, hash_until, g_free, &surveyor, error) ||
        !fm_file_hash_until(hash, 1, error)) {
        return FALSE;
    }
    survey->sample->sha256 = fm_file_hash_finish(hash);
    if (survey->n_rows == 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA, "%s: no rows: there is nothing to load", name);
    }
    return survey->n_rows > 0;
}

void fm_survey_clear(FmSurvey *survey)
{
    g_clear_pointer(&survey->sample, fm_raw_free);
    g_clear_pointer(&survey->encoding, g_free);
}
