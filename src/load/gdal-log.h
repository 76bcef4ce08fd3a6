/* GDAL's messages on this thread, caught while a log is begun, and GDAL's own memory. */
#ifndef FACMAP_GDAL_LOG_H
#define FACMAP_GDAL_LOG_H

#include <cpl_conv.h>
#include <cpl_error.h>
#include <facmap/core.h>

/* Lives on the stack between fm_gdal_log_begin and _end, and does not move. */
typedef struct {
    char *failure;       /* the first one since it was last taken */
    GPtrArray *warnings; /* char*, each once */
} FmGdalLog;

/* Registers the drivers, on the first call, which must be on the main thread.  Text tables need
 * none of them, and 6 MB less without. */
void fm_gdal_register(void);
void fm_gdal_log_begin(FmGdalLog *log);
void fm_gdal_log_end(FmGdalLog *log);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmGdalLog, fm_gdal_log_end)

/* What failed since the last call; transfer full, NULL when nothing did. */
char *fm_gdal_log_take(FmGdalLog *log);
/* Sets "<name>: <what>: <GDAL's words>" and returns FALSE.  `what` may be NULL. */
gboolean fm_gdal_log_fail(FmGdalLog *log, FmError code, const char *name, const char *what,
                          GError **error);

/* A string that GDAL allocated. */
typedef char FmCplString;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmCplString, CPLFree)

#endif
