/* From a source's path to one that can be read more than once. */
#ifndef FACMAP_OPEN_INPUT_H
#define FACMAP_OPEN_INPUT_H

#include "load-internal.h"

/* A source with its path resolved.  Lives as long as it is read. */
typedef struct {
    FmSource source; /* but for the path, borrowed from the source that was given */
    char *path;      /* of `source` */
    char *temporary; /* a copy of what can be read only once, or NULL */
    char *folder;    /* that it lies in, or NULL */
} FmInput;

/* "-" is standard input; it and pipes are copied to a temporary file, whose format is told by its
 * bytes.  A .zip archive must hold one source; "a.zip/b.csv" names one of several.
 * @param source borrowed
 * @return FALSE with FM_ERROR_IO, FM_ERROR_USAGE (which of an archive's files), FM_ERROR_PARSE (no
 *         archive) or FM_ERROR_CANCELLED; clear `input` in any case */
gboolean fm_input_open(FmInput *input, const FmSource *source, const FmProgress *progress,
                       GError **error);
/* Removes the temporary file. */
void fm_input_clear(FmInput *input);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmInput, fm_input_clear)
/* The suffix of a file that begins with these bytes; what is nothing else is a text table (".csv").
 * NULs in `bytes` become blanks. */
const char *fm_input_suffix(char *bytes, gsize n);

#endif
