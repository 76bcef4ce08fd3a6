/* Progress slices: each maps its own 0 … 1 linearly onto a part of the whole, so that an operation
 * need not know of which larger one it is a stage. */
#include <facmap/core.h>

FmProgress fm_progress_init(FmProgressFunc func, void *user)
{
    return (FmProgress){.func = func, .user = user, .start_ratio = 0, .end_ratio = 1};
}

static double position(const FmProgress *progress, double fraction)
{
    double inside = CLAMP(fraction, 0, 1);

    return progress->start_ratio + inside * (progress->end_ratio - progress->start_ratio);
}

FmProgress fm_progress_slice(const FmProgress *progress, double from_ratio, double to_ratio)
{
    if (progress == NULL) {
        return fm_progress_init(NULL, NULL);
    }
    return (FmProgress){.func = progress->func,
                        .user = progress->user,
                        .start_ratio = position(progress, from_ratio),
                        .end_ratio = position(progress, to_ratio)};
}

gboolean fm_progress_report(const FmProgress *progress, double fraction, const char *stage,
                            GError **error)
{
    if (progress == NULL || progress->func == NULL ||
        progress->func(position(progress, fraction), stage, progress->user)) {
        return TRUE;
    }
    g_set_error(error, FM_ERROR, FM_ERROR_CANCELLED, "cancelled while %s", stage);
    return FALSE;
}
