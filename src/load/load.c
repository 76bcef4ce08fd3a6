/* The conductor: begins a run, takes each source through reading, mapping, placing and checking,
 * writes its layer, and commits all of them or none.  Reject files get their names after the
 * commit, so that a failed load leaves nothing behind. */
#include "job.h"

#include <facmap/check.h>
#include <string.h>

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

/* What is known of the layer, for a mode that adds to it; *out NULL when there is none yet. */
static gboolean look_at_existing(const Load *load, const char *layer, FmLoadMode mode,
                                 FmExisting **out, GError **error)
{
    g_autoptr(GError) failure = NULL;

    *out = NULL;
    if (mode != FM_LOAD_APPEND && mode != FM_LOAD_UPDATE) {
        return TRUE;
    }
    *out = fm_existing_new(load->workspace, layer, &failure);
    if (*out != NULL || g_error_matches(failure, FM_ERROR, FM_ERROR_NOT_FOUND)) {
        return TRUE;
    }
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

/* ---- one source ---- */

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

static gboolean job_init(const Load *load, FmJob *job, GError **error)
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
    return look_at_existing(load, job->layer, job->mode, &job->existing, error);
}

static void add_report(Load *load, FmJob *job)
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
    g_auto(FmJob) job = {.workspace = load->workspace,
                         .run = load->run,
                         .strict = load->options->strict,
                         .source = source,
                         .changes = fm_changes_new()};

    if (!job_init(load, &job, error) || !fm_input_open(&job.input, source, progress, error) ||
        !fm_job_load(&job, progress, error)) {
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
