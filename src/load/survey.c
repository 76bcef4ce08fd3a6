/* The first of two readings of a text table.  A layer's columns have types, so all rows must be seen
 * before the first is written; kept of them is a sample in which every column shows all that it
 * shows in the whole file.  The table is read on one thread, and looked at and hashed on another. */
#include "load-internal.h"

#define FIRST_ROWS 1024u /* of the sample, whatever they show */
#define PARTS_WAITING 1u

typedef struct {
    const FmSource *source;
    FmSurvey *survey;
    FmFileHash *hash;
    guint32 *shown; /* for each column, what its values have shown so far */
    const FmProgress *progress;
} Surveyor;

typedef struct {
    FmRaw *raw;
    double ratio; /* of the file, read so far */
    gsize n_empty;
} Part;

static void part_free(gpointer data)
{
    Part *part = data;

    fm_raw_free(part->raw);
    g_free(part);
}

/* ---- reading ---- */

static gboolean read_parts(FmPipe *pipe, void *user, GError **error)
{
    Surveyor *surveyor = user;
    const FmRaw *sample = surveyor->survey->sample;
    g_autoptr(FmRaw) header = fm_raw_new(sample->name);
    g_autoptr(FmCsvReader) reader =
        fm_csv_reader_open(surveyor->source->path, surveyor->survey->encoding, header, error);
    gsize n_rows = 0;

    for (gboolean more = reader != NULL; more;) {
        Part *part = g_new0(Part, 1);
        part->raw = fm_raw_new_part(header, n_rows);
        if (!fm_csv_reader_read(reader, part->raw, FM_PART_ROWS, error)) {
            part_free(part);
            return FALSE;
        }
        gsize n = fm_table_n_rows(part->raw->table);
        n_rows += n;
        part->ratio = fm_csv_reader_ratio(reader);
        part->n_empty = fm_csv_reader_n_empty(reader);
        more = fm_pipe_push(pipe, part) && n == FM_PART_ROWS;
    }
    return reader != NULL;
}

/* ---- looking ---- */

/* Does the value show anything new? */
static gboolean look(Surveyor *surveyor, gsize column, const char *text)
{
    guint32 features = fm_infer_features(text);
    gboolean is_new = (features & ~surveyor->shown[column]) != 0;

    surveyor->shown[column] |= features;
    return is_new;
}

static gboolean look_at_row(Surveyor *surveyor, const FmTable *table, gsize row)
{
    gboolean is_new = FALSE;

    for (gsize column = 0; column < fm_table_n_columns(table); column++) {
        const char *text = fm_table_text(table, column, row);
        is_new |= text != NULL && look(surveyor, column, text);
    }
    return is_new;
}

static void keep_row(FmTable *sample, const FmTable *table, gsize row)
{
    gsize to = fm_table_append_row(sample);

    for (gsize column = 0; column < fm_table_n_columns(table); column++) {
        fm_table_set_text(sample, column, to, fm_table_text(table, column, row));
    }
}

static gboolean look_at_part(gpointer data, void *user, GError **error)
{
    Surveyor *surveyor = user;
    FmSurvey *survey = surveyor->survey;
    Part *part = data;
    const FmTable *table = part->raw->table;
    double ratio = part->ratio;

    for (gsize row = 0; row < fm_table_n_rows(table); row++) {
        if (look_at_row(surveyor, table, row) ||
            fm_table_n_rows(survey->sample->table) < FIRST_ROWS) {
            keep_row(survey->sample->table, table, row);
        }
    }
    survey->n_rows += fm_table_n_rows(table);
    if (fm_table_n_rows(table) < FM_PART_ROWS) {
        fm_csv_warn_of_empty(survey->sample, part->n_empty);
    }
    part_free(part);
    return fm_file_hash_until(surveyor->hash, ratio, error) &&
           fm_progress_report(surveyor->progress, ratio, "looking at the rows", error);
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
        !fm_pipe_run(PARTS_WAITING, 0, read_parts, look_at_part, part_free, &surveyor, error) ||
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
