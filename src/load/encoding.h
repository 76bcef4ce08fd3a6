/* Which encoding a text is in, found out from its bytes.  Nothing here knows of files. */
#ifndef FACMAP_ENCODING_H
#define FACMAP_ENCODING_H

#include <facmap/core.h>

/* ---- encoding-name.c ---- */

/* The encoding that a byte order mark declares, NULL when there is none.  Static. */
const char *fm_encoding_of_mark(const char *bytes, gsize n);
gboolean fm_encoding_is_utf8(const char *encoding);

/* ---- encoding.c, encoding-verdict.c ---- */

/* Takes the text piece by piece; its own memory does not grow. */
typedef struct FmEncodingDetector FmEncodingDetector;

/* What was found. */
typedef struct {
    const char *encoding; /* for iconv and GDAL; static storage */
    char *note;           /* "read as GB18030: …" when it had to be found out, else NULL */
} FmEncoding;

void fm_encoding_clear(FmEncoding *encoding);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmEncoding, fm_encoding_clear)

FmEncodingDetector *fm_encoding_detector_new(void);
void fm_encoding_detector_free(FmEncodingDetector *detector);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmEncodingDetector, fm_encoding_detector_free)
/* Values may be cut in the middle of a character, as fields of a fixed width are. */
void fm_encoding_detector_allow_cuts(FmEncodingDetector *detector);
void fm_encoding_detector_feed(FmEncodingDetector *detector, const char *bytes, gsize n);
/* The verdict over all that was fed.
 * @param name of the source  @param unit what a line of the text is, "line" or "row"
 * @return FALSE with FM_ERROR_DATA: it cannot be told (how the first text reads in each candidate),
 *         or two encodings are mixed (which line) */
gboolean fm_encoding_detector_finish(FmEncodingDetector *detector, const char *name,
                                     const char *unit, FmEncoding *out, GError **error);

#endif
