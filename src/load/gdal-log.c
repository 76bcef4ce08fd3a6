/* The one place where GDAL's errors become ours. */
#include "gdal-log.h"

#include "input.h"

#include <gdal.h>
#include <string.h>

#define MAX_WARNINGS 8u

/* One line without GDAL's habit of ending in a full stop or a line break, and without passwords. */
static char *tidy(const char *message)
{
    char *text = fm_path_mask(message);

    /* "In file x.cpp, at line 9, ": of use to GDAL's own developers. */
    const char *at_line = g_str_has_prefix(text, "In file ") ? strstr(text, ", at line ") : NULL;
    const char *after = at_line != NULL ? strstr(at_line + 1, ", ") : NULL;
    if (after != NULL) {
        memmove(text, after + 2, strlen(after + 2) + 1);
    }
    g_strdelimit(text, "\r\n\t", ' ');
    g_strstrip(text);
    gsize length = strlen(text);
    if (length > 0 && text[length - 1] == '.') {
        text[length - 1] = '\0';
    }
    return text;
}

static void CPL_STDCALL catch_message(CPLErr type, CPLErrorNum number, const char *message)
{
    FmGdalLog *log = CPLGetErrorHandlerUserData();

    (void)number;
    if (type == CE_Warning && log->warnings->len < MAX_WARNINGS) {
        g_autofree char *text = tidy(message);
        if (!g_ptr_array_find_with_equal_func(log->warnings, text, g_str_equal, NULL)) {
            g_ptr_array_add(log->warnings, g_steal_pointer(&text));
        }
    } else if ((type == CE_Failure || type == CE_Fatal) && log->failure == NULL) {
        log->failure = tidy(message);
    }
}

void fm_gdal_register(void)
{
    if (GDALGetDriverCount() == 0) {
        GDALAllRegister();
    }
}

void fm_gdal_log_begin(FmGdalLog *log)
{
    log->failure = NULL;
    log->warnings = g_ptr_array_new_with_free_func(g_free);
    CPLPushErrorHandlerEx(catch_message, log);
}

void fm_gdal_log_end(FmGdalLog *log)
{
    CPLPopErrorHandler();
    g_clear_pointer(&log->failure, g_free);
    g_clear_pointer(&log->warnings, g_ptr_array_unref);
}

char *fm_gdal_log_take(FmGdalLog *log)
{
    return g_steal_pointer(&log->failure);
}

gboolean fm_gdal_log_fail(FmGdalLog *log, FmError code, const char *name, const char *what,
                          GError **error)
{
    g_autofree char *failure = fm_gdal_log_take(log);

    g_set_error(error, FM_ERROR, (gint)code, "%s: %s%s%s", name, what != NULL ? what : "",
                what != NULL && failure != NULL ? ": " : "", failure != NULL ? failure : "");
    return FALSE;
}
