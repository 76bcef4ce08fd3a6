/* A large source into a layer, in the memory of a few thousand rows.  After the survey one thread
 * reads, places and checks part after part, while the caller's stores the one before.
 *
 * In a new layer, that an id comes twice shows only when all are indexed: then everything is stored
 * once more, with an eye on the ids that do.  In one that is there, each id is looked up; rows
 * without ids are first read once more, for what else tells them apart. */
#include "load-internal.h"

#include <malloc.h>
#include <string.h>

#define PARTS_WAITING 1u

/* How the progress divides: the rest is for the indexes. */
#define STORE_SHARE 0.7
#define ASK_SHARE 0.3 /* of it, to find out which row is which */

typedef struct {
    FmRun *run;
    const FmStreamRequest *request;
    FmLoaded *out;
    FmWriter *writer;     /* of a new layer */
    FmMerge merge;        /* into one that is there */
    FmIdentity *identity; /* of rows without ids; NULL when they have some */
    gboolean asking;      /* rows are only looked at, to find out which they are */
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
    gsize n_rows; /* of the source */
    FmPackedRows *packed;
    /* For a layer that is there: rows, and where those go that are refused. */
    FmRaw *raw;
    FmRows rows;
} Part;

static void part_free(gpointer data)
{
    Part *part = data;

    fm_packed_rows_free(part->packed);
    fm_rows_clear(&part->rows);
    fm_raw_free(part->raw);
    g_free(part);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Part, part_free)

static void stream_clear(Stream *stream)
{
    g_clear_pointer(&stream->writer, fm_writer_free);
    fm_merge_clear(&stream->merge);
    g_clear_pointer(&stream->identity, fm_identity_free);
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

/* What is there is asked about other parts; within this one ids are looked for here. */
static void watch_part_alone(Stream *stream)
{
    fm_id_book_clear(&stream->book);
    fm_id_book_init(&stream->book, NULL);
}

/* Takes a part of the source to rows that can be stored. */
static gboolean prepare_part(Stream *stream, Part *part, GError **error)
{
    const FmStreamRequest *request = stream->request;
    FmLoaded *out = stream->out;
    FmRaw *raw = part->raw;
    gboolean merges = request->existing != NULL;
    g_autoptr(FmPositions) positions =
        fm_positions_new_part(raw, out->map, request->source, request->cells, NULL, raw->problems,
                              &stream->placing, error);

    if (positions == NULL) {
        return FALSE;
    }
    if (out->crs == NULL) {
        out->crs = g_strdup(positions->crs);
    }
    if (merges) {
        watch_part_alone(stream);
    }
    fm_rows_build(raw, out->map, positions, request->spec->name,
                  merges ? request->existing->highest_made : 0, raw->problems, &stream->book,
                  &part->rows);
    if (merges) {
        return TRUE;
    }
    out->n_unlocated += part->rows.n_unlocated;
    if (note_problems(stream, raw, error)) {
        part->packed = fm_writer_pack(stream->writer, g_steal_pointer(&part->rows.table), error);
    }
    g_clear_pointer(&part->raw, fm_raw_free);
    return part->packed != NULL;
}

static gboolean prepare_parts(FmPipe *pipe, void *user, GError **error)
{
    Stream *stream = user;
    const FmSurvey *survey = &stream->out->survey;
    const FmSource source = fm_survey_source(survey, stream->request->source);
    g_autoptr(FmRaw) header = fm_raw_new(survey->sample->name);
    g_autoptr(FmPartReader) reader = fm_part_reader_open(&source, header, error);

    for (gboolean more = reader != NULL; more;) {
        g_autoptr(Part) part = g_new0(Part, 1);
        part->raw = fm_raw_new_part(header, stream->n_read);
        if (!fm_part_reader_read(reader, part->raw, FM_PART_ROWS, error)) {
            return FALSE;
        }
        gsize n = part->n_rows = fm_table_n_rows(part->raw->table);
        if (!prepare_part(stream, part, error)) {
            return FALSE;
        }
        stream->n_read += n;
        more = fm_pipe_push(pipe, g_steal_pointer(&part)) && n == FM_PART_ROWS;
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

    return g_strdup_printf("%s %s rows, %s a second", stream->asking ? "comparing" : "writing",
                           count, pace);
}

static gboolean take_part(Stream *stream, Part *part, GError **error)
{
    if (part->packed != NULL) {
        return fm_writer_put(stream->writer, part->packed, error);
    }
    if (stream->asking) {
        return fm_identity_add(stream->identity, part->raw, &part->rows, error);
    }
    return fm_merge_rows(&stream->merge, part->raw, stream->out->map, &part->rows, NULL, error) &&
           note_problems(stream, part->raw, error);
}

static gboolean store_part(gpointer data, void *user, GError **error)
{
    Stream *stream = user;
    g_autoptr(Part) part = data;

    stream->n_stored += part->n_rows;
    if (!take_part(stream, part, error)) {
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
    /* The C library keeps a heap for each thread, and what is free in it stays in memory while the
     * layer is indexed. */
    (void)malloc_trim(0);
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

static void begin_anew(Stream *stream)
{
    FmLoaded *out = stream->out;

    g_clear_pointer(&out->rejects, fm_rejects_free);
    g_clear_pointer(&out->crs, g_free);
    g_clear_pointer(&stream->first_problem, g_free);
    fm_placing_clear(&stream->placing);
    stream->placing = (FmPlacing){.n_placed = 0};
    stream->n_read = stream->n_stored = out->n_rejected = 0;
    out->n_unlocated = 0;
}

static gboolean store_new(Stream *stream, const FmProgress *progress, GError **error)
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
        begin_anew(stream);
        if (!fm_writer_rewind(stream->writer, error) || !store_all(stream, repeated, error)) {
            return FALSE;
        }
    }
    return (out->rejects == NULL || fm_rejects_finish(out->rejects, error)) &&
           fm_writer_finish(stream->writer, &out->written, &finishing, error);
}

/* All rows once, or twice, to find out which rows of the layer they are. */
static gboolean identify(Stream *stream, const FmTable *columns, const FmProgress *progress,
                         GError **error)
{
    const FmStreamRequest *request = stream->request;
    FmLoaded *out = stream->out;

    stream->identity =
        fm_identity_new(request->workspace, request->spec->name, request->existing->columns,
                        columns, out->map, out->survey.sample, request->source->key, error);
    stream->progress = progress;
    stream->asking = stream->identity != NULL;
    for (gboolean again = TRUE; stream->asking && again; begin_anew(stream)) {
        if (!store_all(stream, NULL, error) ||
            !fm_identity_settle(stream->identity, out->survey.sample, &again, error)) {
            return FALSE;
        }
    }
    stream->asking = FALSE;
    return stream->identity != NULL;
}

static gboolean store_merged(Stream *stream, const FmTable *columns, const FmProgress *progress,
                             GError **error)
{
    const FmStreamRequest *request = stream->request;
    double ask_share = request->keyless ? ASK_SHARE : 0;
    FmProgress asking = fm_progress_slice(progress, 0, ask_share);
    FmProgress storing = fm_progress_slice(progress, ask_share, STORE_SHARE);
    FmProgress finishing = fm_progress_slice(progress, STORE_SHARE, 1);
    FmLoaded *out = stream->out;

    if ((request->keyless && !identify(stream, columns, &asking, error)) ||
        !fm_merge_init(&stream->merge, stream->run, request->spec, columns, request->existing,
                       request->mode == FM_WRITE_UPDATE, request->changes, error)) {
        return FALSE;
    }
    stream->merge.identity = stream->identity;
    stream->progress = &storing;
    if (!store_all(stream, NULL, error) ||
        !fm_merge_check(&stream->merge, out->survey.sample->name, error)) {
        return FALSE;
    }
    out->n_unlocated = stream->merge.n_unlocated;
    return (out->rejects == NULL || fm_rejects_finish(out->rejects, error)) &&
           fm_merger_finish(stream->merge.merger, &out->written, &finishing, error);
}

gboolean fm_stream_may(const FmSource *source)
{
    return source->cell_m == 0 && source->locate_by == NULL;
}

static FmGeometryType layer_type(const FmLoaded *out, const FmExisting *existing)
{
    const FmSurvey *survey = &out->survey;

    if (out->map->x != FM_COLUMN_NONE) {
        return FM_GEOMETRY_POINT;
    }
    if (!survey->sample->has_geometry) {
        return FM_GEOMETRY_NONE;
    }
    if (survey->type != FM_GEOMETRY_NONE) {
        return survey->type;
    }
    return existing != NULL ? fm_table_geometry_type(existing->columns) : FM_GEOMETRY_ANY;
}

gboolean fm_stream(FmRun *run, const FmStreamRequest *request, FmLoaded *out,
                   const FmProgress *progress, GError **error)
{
    g_auto(Stream) stream = {.run = run, .request = request, .out = out};

    out->type = layer_type(out, request->existing);
    g_autoptr(FmTable) columns = layer_columns(out, request);
    if (request->existing != NULL) {
        return store_merged(&stream, columns, progress, error);
    }
    stream.writer = fm_writer_new(run, request->spec, columns, request->mode, error);
    return stream.writer != NULL && store_new(&stream, progress, error);
}
