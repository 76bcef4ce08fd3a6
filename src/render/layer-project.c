/* The shapes of the layers of a page: each row projected once, in parallel, whatever number of
 * style layers draw it. */
#include "layers.h"

#define EVERYTHING_PX 1e9 /* beyond any page, and yet exact to a fraction of a pixel */

typedef struct {
    FmMapLayer *layer;
    const FmFrame *frame;
    const FmPageRect *clip;
    FmTransform **transforms; /* one a worker; 0 is the frame's */
    guint n_transforms;
} ProjectJob;

static void project_job_clear(ProjectJob *job)
{
    for (guint i = 1; i < job->n_transforms; i++)
        fm_transform_free(job->transforms[i]);
    g_free(job->transforms);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ProjectJob, project_job_clear)

static gboolean project_rows(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    const ProjectJob *job = user;
    const FmTransform *transform = job->transforms[worker];
    g_auto(FmShapeScratch) scratch;
    fm__shape_scratch_init(&scratch);
    for (gsize row = begin; row < end; row++) {
        const FmGeometry *geometry = fm_table_geometry(job->layer->table, row);
        if (!geometry || (job->layer->hidden && job->layer->hidden[row]))
            continue;
        job->layer->shapes[row] =
            fm__shape_new(&scratch, job->frame, transform, geometry, job->clip, error);
        if (!job->layer->shapes[row]) {
            g_prefix_error(error, "layer '%s', row %" G_GSIZE_FORMAT ": ", job->layer->info->name,
                           row + 1);
            return FALSE;
        }
    }
    return TRUE;
}

gboolean fm__map_layers_project(FmMapLayers *layers, const FmFrame *frame, const FmPageRect *clip,
                                guint n_threads, const FmProgress *progress, GError **error)
{
    const gsize grain = 256;
    const FmPageRect everything = {-EVERYTHING_PX, -EVERYTHING_PX, 2 * EVERYTHING_PX,
                                   2 * EVERYTHING_PX};
    if (n_threads == 0)
        n_threads = fm_parallel_default_threads();
    g_auto(ProjectJob) job = {.frame = frame, .n_transforms = n_threads};
    job.transforms = g_new0(FmTransform *, n_threads);
    job.transforms[0] = frame->forward; /* worker 0 is this thread */
    for (guint i = 1; i < n_threads; i++) {
        job.transforms[i] = fm_transform_copy(frame->forward, error);
        if (!job.transforms[i])
            return FALSE;
    }
    const GPtrArray *names = fm__map_layers_names(layers);
    for (guint i = 0; i < names->len; i++) {
        FmMapLayer *layer = fm__map_layers_edit(layers, names->pdata[i]);
        if (!layer)
            continue;
        gsize n = fm_table_n_rows(layer->table);
        layer->shapes = g_new0(FmShape *, MAX(n, 1));
        job.layer = layer;
        job.clip = layer->whole ? &everything : clip;
        FmProgress part =
            fm_progress_slice(progress, i / (double)names->len, (i + 1) / (double)names->len);
        if (!fm_parallel_for(n, grain, n_threads, project_rows, &job, &part, "projecting", error))
            return FALSE;
    }
    return TRUE;
}
