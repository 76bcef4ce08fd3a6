/* A source on its way into a layer. */
#ifndef FM_LOAD_JOB_H
#define FM_LOAD_JOB_H

#include "load-internal.h"
#include "open-input.h"

typedef struct {
    FmWorkspace *workspace;
    FmRun *run;
    gboolean strict;
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
} FmJob;

void fm_job_clear(FmJob *job);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmJob, fm_job_clear)
/* Reads, maps, places, checks and writes; job->out says what became of it.
 * @return FALSE as fm_load */
gboolean fm_job_load(FmJob *job, const FmProgress *progress, GError **error);

#endif
