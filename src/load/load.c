/* The conductor: begins a run, takes each source through reading, mapping, placing and checking,
 * writes its layer, and commits all of them or none.  Reject files get their names after the
 * commit, so that a failed load leaves nothing behind. */
#include "load-internal.h"
#include "open-input.h"

#include <facmap/check.h>
#include <string.h>

/* How a source's share of the progress divides into reading and writing. */
#define READ_SHARE 0.6
#define CHECK_SHARE 0.7
#define LOOK_SHARE 0.2 /* when it is read twice */

typedef struct {
    FmWorkspace *workspace;
    const FmDataset *dataset; /* or NULL */
    const FmLoadOptions *options;
    FmRun *run;
    GHashTable *written; /* names of layers that this run has written (owned) */
    GPtrArray *reports;  /* FmLoadReport */
    GPtrArray *rejects;  /* FmRejects or NULL, one for each report */
} Load;

static void rejects_free(gpointer rejects)
{
    fm_rejects_free(rejects);
}

static void report_free(gpointer report)
{
    fm_load_report_free(report);
}

static void load_clear(Load *load)
{
    g_clear_pointer(&load->run, fm_run_free);
    g_clear_pointer(&load->written, g_hash_table_unref);
    g_clear_pointer(&load->reports, g_ptr_array_unref);
    g_clear_pointer(&load->rejects, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Load, load_clear)

void fm_load_report_free(FmLoadReport *report)
{
    if (report == NULL) {
        return;
    }
    g_free(report->layer);
    g_free(report->path);
    g_free(report->crs);
    g_free(report->sha256);
    g_free(report->rejects_file);
    g_clear_pointer(&report->warnings, g_ptr_array_unref);
    g_clear_pointer(&report->mapping, g_ptr_array_unref);
    g_clear_pointer(&report->changes, g_ptr_array_unref);
    g_free(report);
}

/* ---- the target ---- */

static char *layer_name(const FmSource *source, GError **error)
{
    g_autofree char *name =
        source->layer != NULL ? g_strdup(source->layer) : fm_path_layer_name(source->path, error);

    if (name == NULL || !fm_layer_name_check(name, error)) {
        return NULL;
    }
    return g_steal_pointer(&name);
}

/* A second source for the same layer adds to what the first one wrote. */
static FmLoadMode mode_for(const Load *load, const char *layer)
{
    FmLoadMode mode = load->options->mode;
    gboolean again = g_hash_table_contains(load->written, layer);

    return again && mode != FM_LOAD_UPDATE ? FM_LOAD_APPEND : mode;
}

/* The layer as it is, for a mode that adds to it; *out NULL when there is none yet. */
static gboolean read_existing(const Load *load, const char *layer, FmLoadMode mode,
                              FmExisting **out, GError **error)
{
    g_autoptr(GError) failure = NULL;

    *out = NULL;
    if (mode != FM_LOAD_APPEND && mode != FM_LOAD_UPDATE) {
        return TRUE;
    }
    FmTable *table = fm_workspace_read(load->workspace, layer, NULL, NULL, &failure);
    if (table != NULL) {
        *out = fm_existing_new(table, layer);
        return TRUE;
    }
    if (g_error_matches(failure, FM_ERROR, FM_ERROR_NOT_FOUND)) {
        return TRUE;
    }
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

static FmWriteMode write_mode(FmLoadMode mode, gboolean exists)
{
    switch (mode) {
    case FM_LOAD_APPEND:
        return exists ? FM_WRITE_APPEND : FM_WRITE_CREATE;
    case FM_LOAD_UPDATE:
        return exists ? FM_WRITE_UPDATE : FM_WRITE_CREATE;
    case FM_LOAD_REPLACE:
        return FM_WRITE_REPLACE;
    case FM_LOAD_CREATE:
    default:
        return FM_WRITE_CREATE;
    }
}

/* ---- one source ---- */

/* A source on its way. */
typedef struct {
    const FmSource *source;
    FmInput input; /* where its bytes are */
    FmLoadMode mode;
    char *layer;
    FmExisting *existing;
    FmLayerSpec spec;
    char *cells;        /* the workspace's projected CRS, or NULL */
    char *rejects_path; /* where they would go */
    FmLoaded out;
    FmChanges *changes; /* of an update */
} Job;

static void job_clear(Job *job)
{
    g_clear_pointer(&job->layer, g_free);
    g_clear_pointer(&job->existing, fm_existing_free);
    g_clear_pointer(&job->cells, g_free);
    g_clear_pointer(&job->rejects_path, g_free);
    fm_loaded_clear(&job->out);
    g_clear_pointer(&job->changes, fm_changes_free);
    fm_input_clear(&job->input);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Job, job_clear)

/* "<workspace>.<layer>.rejects.csv", numbered when a layer has several sources. */
static char *rejects_path(const Load *load, const char *layer)
{
    guint n = 1;

    if (load->options->rejects_path != NULL) {
        return g_strdup(load->options->rejects_path);
    }
    for (guint i = 0; i < load->reports->len; i++) {
        const FmLoadReport *report = g_ptr_array_index(load->reports, i);
        n += strcmp(report->layer, layer) == 0;
    }
    g_autofree char *number = n > 1 ? g_strdup_printf(".%u", n) : g_strdup("");
    return g_strdup_printf("%s.%s%s.rejects.csv", fm_workspace_path(load->workspace), layer,
                           number);
}

static gboolean job_init(const Load *load, Job *job, GError **error)
{
    g_autoptr(GError) failure = NULL;

    job->layer = layer_name(job->source, error);
    if (job->layer == NULL) {
        return FALSE;
    }
    job->mode = mode_for(load, job->layer);
    job->rejects_path = rejects_path(load, job->layer);
    job->cells = fm_workspace_get(load->workspace, "crs", &failure);
    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    return read_existing(load, job->layer, job->mode, &job->existing, error);
}

static const char *either(const char *first, const char *second)
{
    return first != NULL ? first : second;
}

/* How the layer is registered, once the source has been looked at. */
static void describe_layer(Job *job)
{
    const FmSource *source = job->source;
    const FmRaw *raw = job->out.survey.sample;
    gboolean cited = job->existing == NULL || source->source != NULL;
    /* A layer that is there keeps what is said of it, but not that its data are no model. */
    const FmSource *said = raw->said != NULL ? raw->said : source;
    const FmSource *file = job->existing == NULL ? said : source;

    job->spec = (FmLayerSpec){
        .name = job->layer,
        .kind = either(source->kind, file->kind),
        .title_en = either(source->title_en, file->title_en),
        .title_zh = either(source->title_zh, file->title_zh),
        /* Rows that are added without a citation leave the layer's own. */
        .source = either(either(source->source, file->source), cited ? raw->name : NULL),
        .source_sha256 = cited ? raw->sha256 : NULL,
        .licence = either(source->licence, file->licence),
        .note = either(source->note, file->note),
        .modelled = source->modelled || said->modelled,
    };
}

static gboolean map_columns(Job *job, GError **error)
{
    FmRaw *raw = job->out.survey.sample;
    const FmTable *existing = job->existing != NULL ? job->existing->table : NULL;

    job->out.map = fm_column_map_new(raw, job->source, existing, error);
    if (job->out.map == NULL) {
        return FALSE;
    }
    for (guint i = 0; i < job->out.map->notes->len; i++) {
        fm_raw_warn(raw, "%s", (const char *)g_ptr_array_index(job->out.map->notes, i));
    }
    describe_layer(job);
    return TRUE;
}

/* ---- all rows at once ---- */

/* The areas that rows without a position may be placed in; *out NULL when nobody asks for it. */
static gboolean make_locator(const Load *load, const Job *job, FmLocator **out, GError **error)
{
    const char *asked = job->source->locate_by;
    const char *colon = asked != NULL ? strchr(asked, ':') : NULL;

    *out = NULL;
    if (asked == NULL) {
        return TRUE;
    }
    if (colon == NULL || colon == asked || colon[1] == '\0') {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "--locate-by %s: write AREA:COLUMN, a layer with areas and the column that "
                    "names one",
                    asked);
        return FALSE;
    }
    if (job->mode == FM_LOAD_UPDATE) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "--locate-by with --update would move rows that have better positions by now: "
                    "leave --locate-by out to update, or --append the new rows with it");
        return FALSE;
    }
    g_autofree char *layer = g_strndup(asked, (gsize)(colon - asked));
    g_autoptr(FmTable) areas = fm_workspace_read(load->workspace, layer, NULL, NULL, error);
    if (areas == NULL || !fm_run_add_input(load->run, layer, error)) {
        g_prefix_error(error, "--locate-by: ");
        return FALSE;
    }
    *out = fm_locator_new(areas, layer, job->out.survey.sample, job->out.map, colon + 1, error);
    return *out != NULL;
}

/* Which rows of the layer an update means, and what it changes in them. */
static gboolean compare_rows(Job *job, FmRows *rows, GError **error)
{
    FmLoaded *out = &job->out;

    if (job->mode != FM_LOAD_UPDATE || job->existing == NULL) {
        return TRUE;
    }
    const FmTable *existing = job->existing->table;
    if (out->map->made_ids &&
        !fm_identity_match(rows, existing, out->map->synonyms, out->survey.sample, error)) {
        return FALSE;
    }
    fm_changes_find(job->changes, existing, rows->table);
    return TRUE;
}

static gboolean check_rows(const Load *load, Job *job, GError **error)
{
    FmRaw *raw = job->out.survey.sample;
    gsize n_rows = job->out.survey.n_rows;

    job->out.n_rejected = g_hash_table_size(raw->problems);
    if (job->out.n_rejected == 0) {
        return TRUE;
    }
    g_autofree char *first = fm_problems_describe_first(raw->problems, 0, n_rows);
    if (load->options->strict) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA, "%s: %s", raw->name, first);
        return FALSE;
    }
    if (job->out.n_rejected == n_rows) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "%s: none of %" G_GSIZE_FORMAT " rows can be loaded; %s", raw->name, n_rows,
                    first);
        return FALSE;
    }
    job->out.rejects = fm_rejects_write(job->rejects_path, raw, raw->problems, error);
    return job->out.rejects != NULL;
}

static gboolean build_rows(const Load *load, Job *job, FmRows *rows, GError **error)
{
    FmLoaded *out = &job->out;
    FmRaw *raw = out->survey.sample;
    g_autoptr(FmLocator) locator = NULL;
    g_auto(FmIdBook) book;

    fm_id_book_init(&book, NULL);
    if (!make_locator(load, job, &locator, error)) {
        return FALSE;
    }
    g_autoptr(FmPositions) positions =
        fm_positions_new(raw, out->map, job->source, job->cells, locator, raw->problems, error);
    if (positions == NULL) {
        return FALSE;
    }
    if (locator != NULL) {
        fm_locator_note(locator, raw);
    }
    if (positions->n_flattened > 0) {
        fm_raw_warn(raw, "Z or M dropped from %" G_GSIZE_FORMAT " rows", positions->n_flattened);
    }
    fm_rows_build(raw, out->map, positions, job->layer, job->existing, job->mode != FM_LOAD_UPDATE,
                  raw->problems, &book, rows);
    if (!compare_rows(job, rows, error)) {
        return FALSE;
    }
    fm_field_titles_apply(rows->table, raw->said != NULL && job->source->column_titles == NULL
                                           ? raw->said->column_titles
                                           : job->source->column_titles);
    out->type = positions->type;
    out->crs = g_strdup(positions->crs);
    out->n_unlocated = rows->n_unlocated;
    return check_rows(load, job, error);
}

static gboolean load_whole(const Load *load, Job *job, const FmProgress *progress, GError **error)
{
    FmProgress reading = fm_progress_slice(progress, 0, READ_SHARE);
    FmProgress writing = fm_progress_slice(progress, CHECK_SHARE, 1);
    FmLoaded *out = &job->out;
    g_auto(FmRows) rows = {NULL};

    out->survey.sample = fm_raw_read(&job->input.source, &reading, error);
    if (out->survey.sample == NULL) {
        return FALSE;
    }
    out->survey.n_rows = fm_table_n_rows(out->survey.sample->table);
    gboolean done =
        map_columns(job, error) && build_rows(load, job, &rows, error) &&
        fm_progress_report(progress, CHECK_SHARE, "checking", error) &&
        fm_run_write(load->run, &job->spec, rows.table,
                     write_mode(job->mode, job->existing != NULL), &out->written, &writing, error);
    out->table = g_steal_pointer(&rows.table);
    return done;
}

/* ---- part by part ---- */

/* *done is FALSE when the source must be read whole after all. */
static gboolean load_stream(const Load *load, Job *job, gboolean *done, const FmProgress *progress,
                            GError **error)
{
    FmProgress looking = fm_progress_slice(progress, 0, LOOK_SHARE);
    FmProgress storing = fm_progress_slice(progress, LOOK_SHARE, 1);

    *done = FALSE;
    if (!fm_survey_text(&job->out.survey, &job->input.source, &looking, error) ||
        !map_columns(job, error)) {
        return FALSE;
    }
    /* What is small is read whole, and looked at as a whole afterwards; and positions in one column
     * may be geometries of any type. */
    if (job->out.survey.n_rows < FM_WHOLE_ROWS || job->out.map->wkt != FM_COLUMN_NONE) {
        fm_loaded_clear(&job->out);
        job->out = (FmLoaded){.map = NULL};
        return TRUE;
    }
    const FmStreamRequest request = {
        .source = &job->input.source,
        .spec = &job->spec,
        .mode = write_mode(job->mode, FALSE),
        .strict = load->options->strict,
        .rejects_path = job->rejects_path,
        .cells = job->cells,
    };
    *done = TRUE;
    return fm_stream(load->run, &request, &job->out, &storing, error);
}

static void add_report(Load *load, Job *job)
{
    FmLoadReport *report = g_new0(FmLoadReport, 1);
    FmLoaded *out = &job->out;
    FmRaw *raw = out->survey.sample;

    report->layer = g_strdup(job->layer);
    report->path = fm_path_mask(job->source->path);
    report->sha256 = g_strdup(raw->sha256);
    report->crs = g_strdup(out->crs);
    report->rejects_file = out->rejects != NULL ? g_strdup(out->rejects->path) : NULL;
    report->n_read = (gint64)out->survey.n_rows;
    report->n_unlocated = out->n_unlocated;
    report->n_loaded = out->written.inserted - out->n_unlocated;
    report->n_updated = out->written.updated;
    report->n_unchanged = out->written.unchanged;
    report->n_rejected = (gint64)out->n_rejected;
    report->changes = g_ptr_array_ref(job->changes->list);
    report->n_changes = job->changes->n;
    report->mapping = fm_column_map_describe(out->map, raw);
    report->warnings = g_ptr_array_ref(raw->warnings);
    /* A manifest that declares no CRS means a table; a person may have expected points. */
    if (out->type == FM_GEOMETRY_NONE && job->existing == NULL &&
        (load->dataset == NULL || job->source->crs != NULL)) {
        fm_raw_warn(raw, "no columns with positions found: loaded as a plain table");
    }
    g_autofree char *doubts =
        out->table != NULL ? fm_check_table_summary(out->table, job->layer) : NULL;
    if (doubts != NULL) {
        fm_raw_warn(raw, "%s", doubts);
    }
    g_ptr_array_add(load->reports, report);
    g_ptr_array_add(load->rejects, g_steal_pointer(&out->rejects));
}

static gboolean load_source(Load *load, const FmSource *source, const FmProgress *progress,
                            GError **error)
{
    g_auto(Job) job = {.source = source, .changes = fm_changes_new()};
    gboolean done = FALSE;

    if (!job_init(load, &job, error) || !fm_input_open(&job.input, source, progress, error)) {
        return FALSE;
    }
    if (job.existing == NULL && fm_stream_may(&job.input.source) &&
        !load_stream(load, &job, &done, progress, error)) {
        return FALSE;
    }
    if (!done && !load_whole(load, &job, progress, error)) {
        return FALSE;
    }
    g_hash_table_add(load->written, g_strdup(job.layer));
    add_report(load, &job);
    return TRUE;
}

/* ---- the run ---- */

/* The layers are there by now: a file that cannot be renamed is a warning. */
static void keep_rejects(Load *load)
{
    for (guint i = 0; i < load->rejects->len; i++) {
        FmRejects *rejects = g_ptr_array_index(load->rejects, i);
        FmLoadReport *report = g_ptr_array_index(load->reports, i);
        g_autoptr(GError) failure = NULL;
        if (rejects != NULL && !fm_rejects_keep(rejects, &failure)) {
            g_clear_pointer(&report->rejects_file, g_free);
            g_ptr_array_add(report->warnings, g_strdup(failure->message));
        }
    }
}

static gboolean check_request(const FmSource *const *sources, gsize n, const FmLoadOptions *options,
                              GError **error)
{
    if (n > 1 && options->rejects_path != NULL) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "--rejects names one file, but there are %" G_GSIZE_FORMAT
                    " sources; leave it out to get one beside the workspace for each",
                    n);
        return FALSE;
    }
    for (gsize i = 0; i < n; i++) {
        if (!fm_cells_check(sources[i], error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean fm_load(FmWorkspace *workspace, const FmDataset *dataset, const FmSource *const *sources,
                 gsize n, const FmLoadOptions *options, GPtrArray **reports, gint64 *run_id,
                 const FmProgress *progress, GError **error)
{
    static const FmLoadOptions defaults = {.mode = FM_LOAD_CREATE};
    g_return_val_if_fail(workspace != NULL && sources != NULL && n > 0 && reports != NULL, FALSE);
    const FmLoadOptions *chosen = options != NULL ? options : &defaults;
    g_auto(Load) load = {
        .workspace = workspace,
        .dataset = dataset,
        .options = chosen,
        .written = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .reports = g_ptr_array_new_with_free_func(report_free),
        .rejects = g_ptr_array_new_with_free_func(rejects_free),
    };

    if (!check_request(sources, n, chosen, error)) {
        return FALSE;
    }
    g_autofree char *json = fm_load_parameters(dataset, sources, n, chosen);
    g_autofree char *command_line = fm_path_mask(chosen->command_line);
    load.run = fm_run_begin(workspace, "load", command_line, json, error);
    if (load.run == NULL ||
        (dataset != NULL && !fm_dataset_set_properties(workspace, load.run, dataset, error))) {
        return FALSE;
    }
    for (gsize i = 0; i < n; i++) {
        FmProgress slice =
            fm_progress_slice(progress, (double)i / (double)n, (double)(i + 1) / (double)n);
        if (!load_source(&load, sources[i], &slice, error)) {
            return FALSE;
        }
    }
    if (!fm_load_log(load.run, load.reports, error) || !fm_run_commit(load.run, error)) {
        return FALSE;
    }
    if (run_id != NULL) {
        *run_id = fm_run_id(load.run);
    }
    keep_rejects(&load);
    *reports = g_steal_pointer(&load.reports);
    return TRUE;
}
