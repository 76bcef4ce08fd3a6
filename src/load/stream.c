/* A large source into a new layer, in the memory of a few thousand rows.  After the survey one
 * thread reads, places, checks and packs part after part, while the caller's stores the one before.
 * That an id comes twice shows only when all are indexed: then everything is stored once more, with
 * an eye on the ids that do. */
#include "load-internal.h"

#include <string.h>

#define PARTS_WAITING 1u

/* How the progress divides: the rest is for the indexes. */
#define STORE_SHARE 0.7

typedef struct {
    const FmStreamRequest *request;
    FmLoaded *out;
    FmWriter *writer;
    FmPlacing placing;
    FmIdBook book;
    char *first_problem;
    gsize n_read;
    /* The second stage's. */
    const FmProgress *progress;
    gsize n_stored; /* rows of the source, rejected ones included */
    gint64 begun_us;
} Stream;

typedef struct {
    FmPackedRows *rows;
    gsize n_rows; /* of the source */
} Part;

static void part_free(gpointer data)
{
    Part *part = data;

    fm_packed_rows_free(part->rows);
    g_free(part);
}

static void stream_clear(Stream *stream)
{
    g_clear_pointer(&stream->writer, fm_writer_free);
    fm_placing_clear(&stream->placing);
    fm_id_book_clear(&stream->book);
    g_clear_pointer(&stream->first_problem, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Stream, stream_clear)

void fm_loaded_clear(FmLoaded *loaded)
{
    fm_survey_clear(&loaded->survey);
    g_clear_pointer(&loaded->map, fm_column_map_free);
    g_clear_pointer(&loaded->table, fm_table_free);
    g_clear_pointer(&loaded->crs, g_free);
    g_clear_pointer(&loaded->rejects, fm_rejects_free);
}

/* ---- the first stage ---- */

static gboolean note_problems(Stream *stream, const FmRaw *raw, GError **error)
{
    const FmStreamRequest *request = stream->request;
    FmLoaded *out = stream->out;
    guint n = g_hash_table_size(raw->problems);

    if (n == 0) {
        return TRUE;
    }
    if (stream->first_problem == NULL) {
        stream->first_problem =
            fm_problems_describe_first(raw->problems, raw->first_row, fm_table_n_rows(raw->table));
    }
    if (request->strict) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA, "%s: %s", raw->name, stream->first_problem);
        return FALSE;
    }
    out->n_rejected += n;
    if (out->rejects == NULL) {
        out->rejects = fm_rejects_open(request->rejects_path, raw, error);
    }
    return out->rejects != NULL && fm_rejects_add(out->rejects, raw, raw->problems, error);
}

/* Takes a part of the source to packed rows. */
static FmPackedRows *prepare_part(Stream *stream, FmRaw *raw, GError **error)
{
    const FmStreamRequest *request = stream->request;
    FmLoaded *out = stream->out;
    g_auto(FmRows) rows = {NULL};
    g_autoptr(FmPositions) positions =
        fm_positions_new_part(raw, out->map, request->source, request->cells, NULL, raw->problems,
                              &stream->placing, error);

    if (positions == NULL) {
        return NULL;
    }
    if (out->crs == NULL) {
        out->crs = g_strdup(positions->crs);
    }
    fm_rows_build(raw, out->map, positions, request->spec->name, NULL, TRUE, raw->problems,
                  &stream->book, &rows);
    out->n_unlocated += rows.n_unlocated;
    return note_problems(stream, raw, error)
               ? fm_writer_pack(stream->writer, g_steal_pointer(&rows.table), error)
               : NULL;
}

static gboolean prepare_parts(FmPipe *pipe, void *user, GError **error)
{
    Stream *stream = user;
    const FmSurvey *survey = &stream->out->survey;
    const FmSource source = fm_survey_source(survey, stream->request->source);
    g_autoptr(FmRaw) header = fm_raw_new(survey->sample->name);
    g_autoptr(FmPartReader) reader = fm_part_reader_open(&source, header, error);

    for (gboolean more = reader != NULL; more;) {
        g_autoptr(FmRaw) raw = fm_raw_new_part(header, stream->n_read);
        if (!fm_part_reader_read(reader, raw, FM_PART_ROWS, error)) {
            return FALSE;
        }
        gsize n = fm_table_n_rows(raw->table);
        FmPackedRows *rows = prepare_part(stream, raw, error);
        if (rows == NULL) {
            return FALSE;
        }
        Part *part = g_new(Part, 1);
        *part = (Part){rows, n};
        stream->n_read += n;
        more = fm_pipe_push(pipe, part) && n == FM_PART_ROWS;
    }
    return reader != NULL;
}

/* ---- the second stage ---- */

static char *describe_pace(const Stream *stream)
{
    gint64 elapsed_us = MAX(g_get_monotonic_time() - stream->begun_us, 1);
    double per_s = (double)stream->n_stored / (double)elapsed_us * G_USEC_PER_SEC;
    g_autofree char *count = fm_format_count((gint64)stream->n_stored);
    g_autofree char *pace = fm_format_count((gint64)per_s);

    return g_strdup_printf("writing %s rows, %s a second", count, pace);
}

static gboolean store_part(gpointer data, void *user, GError **error)
{
    Stream *stream = user;
    Part *part = data;

    gboolean stored = fm_writer_put(stream->writer, part->rows, error);
    stream->n_stored += part->n_rows;
    part_free(part);
    if (!stored) {
        return FALSE;
    }
    double ratio = (double)stream->n_stored / (double)MAX(stream->out->survey.n_rows, 1);
    g_autofree char *stage = describe_pace(stream);
    return fm_progress_report(stream->progress, MIN(ratio, 1.0), stage, error);
}

/* ---- all of it ---- */

/* The layer's columns, and for each the type that fits all of its values. */
static FmTable *layer_columns(const FmLoaded *out, const FmStreamRequest *request)
{
    FmTable *columns = fm_table_new(out->type);

    for (guint i = 0; i < out->map->columns->len; i++) {
        const FmMappedColumn *column = &g_array_index(out->map->columns, FmMappedColumn, i);
        fm_table_add_column(columns, column->name, column->type);
    }
    fm_field_titles_apply(columns, request->column_titles);
    return columns;
}

/* Every part once, and what can only be judged after the last. */
static gboolean store_all(Stream *stream, GHashTable *suspects, GError **error)
{
    FmLoaded *out = stream->out;
    const char *name = out->survey.sample->name;

    fm_id_book_clear(&stream->book);
    fm_id_book_init(&stream->book, suspects);
    stream->begun_us = g_get_monotonic_time();
    if (!fm_pipe_run(PARTS_WAITING, 0, prepare_parts, store_part, part_free, stream, error)) {
        return FALSE;
    }
    if (stream->n_read != out->survey.n_rows) {
        g_set_error(error, FM_ERROR, FM_ERROR_IO, "%s: it was changed while it was read", name);
        return FALSE;
    }
    if (!fm_placing_check(&stream->placing, name, error)) {
        return FALSE;
    }
    if (out->n_rejected == stream->n_read) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "%s: none of %" G_GSIZE_FORMAT " rows can be loaded; %s", name, stream->n_read,
                    stream->first_problem);
        return FALSE;
    }
    return TRUE;
}

static gboolean begin_anew(Stream *stream, GError **error)
{
    FmLoaded *out = stream->out;

    g_clear_pointer(&out->rejects, fm_rejects_free);
    g_clear_pointer(&out->crs, g_free);
    g_clear_pointer(&stream->first_problem, g_free);
    fm_placing_clear(&stream->placing);
    stream->placing = (FmPlacing){.n_placed = 0};
    stream->n_read = stream->n_stored = out->n_rejected = 0;
    out->n_unlocated = 0;
    return fm_writer_rewind(stream->writer, error);
}

static gboolean store(Stream *stream, const FmProgress *progress, GError **error)
{
    FmProgress storing = fm_progress_slice(progress, 0, STORE_SHARE);
    FmProgress finishing = fm_progress_slice(progress, STORE_SHARE, 1);
    g_autoptr(GHashTable) nobody = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) repeated = NULL;
    FmLoaded *out = stream->out;

    stream->progress = &storing;
    /* Ids that are made here are different. */
    if (!store_all(stream, nobody, error) ||
        !fm_writer_find_repeated(stream->writer, &repeated, &finishing, error)) {
        return FALSE;
    }
    if (repeated != NULL) {
        stream->progress = &finishing;
        if (!begin_anew(stream, error) || !store_all(stream, repeated, error)) {
            return FALSE;
        }
    }
    return (out->rejects == NULL || fm_rejects_finish(out->rejects, error)) &&
           fm_writer_finish(stream->writer, &out->written, &finishing, error);
}

gboolean fm_stream_may(const FmSource *source)
{
    return source->cell_m == 0 && source->locate_by == NULL;
}

static FmGeometryType layer_type(const FmLoaded *out)
{
    const FmSurvey *survey = &out->survey;

    if (out->map->x != FM_COLUMN_NONE) {
        return FM_GEOMETRY_POINT;
    }
    if (!survey->sample->has_geometry) {
        return FM_GEOMETRY_NONE;
    }
    return survey->type != FM_GEOMETRY_NONE ? survey->type : FM_GEOMETRY_ANY;
}

gboolean fm_stream(FmRun *run, const FmStreamRequest *request, FmLoaded *out,
                   const FmProgress *progress, GError **error)
{
    g_auto(Stream) stream = {.request = request, .out = out};

    out->type = layer_type(out);
    g_autoptr(FmTable) columns = layer_columns(out, request);
    stream.writer = fm_writer_new(run, request->spec, columns, request->mode, error);
    return stream.writer != NULL && store(&stream, progress, error);
}
