/* Bytes to UTF-8.  A text file that is not what it is declared to be is refused as a whole: half of
 * its characters would load as others, which no check on rows can see. */
#include "gdal-log.h"
#include "load-internal.h"

#include <cpl_vsi.h>
#include <string.h>

#define CHUNK_SIZE (1u << 20)
#define MAX_TEXT_SIZE ((gsize)1 << 31)

typedef VSILFILE FmVsiFile;
static void vsi_close(FmVsiFile *file)
{
    (void)VSIFCloseL(file);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmVsiFile, vsi_close)

typedef gboolean (*ChunkFunc)(const char *bytes, gsize n, void *user, GError **error);

static gboolean read_chunks(const char *path, const char *name, ChunkFunc func, void *user,
                            GError **error)
{
    g_auto(FmGdalLog) log;
    fm_gdal_log_begin(&log);
    g_autoptr(FmVsiFile) file = VSIFOpenL(path, "rb");
    if (file == NULL) {
        return fm_gdal_log_fail(&log, FM_ERROR_IO, name, "cannot be opened for reading", error);
    }
    g_autofree char *chunk = g_malloc(CHUNK_SIZE);
    gsize n;
    while ((n = VSIFReadL(chunk, 1, CHUNK_SIZE, file)) > 0) {
        if (!func(chunk, n, user, error)) {
            return FALSE;
        }
    }
    if (log.failure != NULL) {
        return fm_gdal_log_fail(&log, FM_ERROR_IO, name, "cannot be read to its end", error);
    }
    return TRUE;
}

typedef struct {
    const char *name;
    char *bytes; /* always room for a NUL after `length` */
    gsize length, capacity;
} Reader;

static gboolean append_chunk(const char *chunk, gsize n, void *user, GError **error)
{
    Reader *reader = user;
    gsize needed = reader->length + n + 1;

    if (needed > reader->capacity) {
        gsize capacity = MAX(needed, reader->capacity * 2);
        char *bytes = needed <= MAX_TEXT_SIZE ? g_try_realloc(reader->bytes, capacity) : NULL;
        if (bytes == NULL) {
            g_set_error(error, FM_ERROR, FM_ERROR_LIMIT,
                        "%s: more text than can be held at once; split it, or make it a GeoPackage",
                        reader->name);
            return FALSE;
        }
        reader->bytes = bytes;
        reader->capacity = capacity;
    }
    memcpy(reader->bytes + reader->length, chunk, n);
    reader->length += n;
    return TRUE;
}

static gboolean detect_chunk(const char *chunk, gsize n, void *user, GError **error)
{
    (void)error;
    fm_encoding_detector_feed(user, chunk, n);
    return TRUE;
}

gboolean fm_text_find_encoding(const char *path, FmEncoding *out, GError **error)
{
    g_autofree char *name = fm_path_name(path);
    g_autofree char *file = fm_path_for_gdal(path);
    g_autoptr(FmEncodingDetector) detector = fm_encoding_detector_new();

    return read_chunks(file, name, detect_chunk, detector, error) &&
           fm_encoding_detector_finish(detector, name, "line", out, error);
}

static gsize line_of(const char *bytes, gsize offset)
{
    gsize line = 1;

    for (const char *c = bytes; (c = memchr(c, '\n', offset - (gsize)(c - bytes))) != NULL; c++) {
        line++;
    }
    return line;
}

static gboolean convert(Reader *reader, const char *encoding, GError **error)
{
    g_autoptr(GError) failure = NULL;
    gsize read = 0, written = 0;
    char *text = g_convert(reader->bytes, (gssize)reader->length, "UTF-8", encoding, &read,
                           &written, &failure);

    if (text != NULL) {
        g_free(reader->bytes);
        reader->bytes = text;
        reader->length = written;
        return TRUE;
    }
    if (g_error_matches(failure, G_CONVERT_ERROR, G_CONVERT_ERROR_NO_CONVERSION)) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "%s: unknown encoding '%s'; GB18030 covers GBK and GB2312", reader->name,
                    encoding);
    } else {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "%s: line %" G_GSIZE_FORMAT
                    ": bytes that are not %s; pass the right --encoding",
                    reader->name, line_of(reader->bytes, MIN(read, reader->length)), encoding);
    }
    return FALSE;
}

/* Undeclared text must be UTF-8 throughout.  NUL is left for the rows to complain about. */
static gboolean check_utf8(const Reader *reader, GError **error)
{
    const char *at = reader->bytes, *end = reader->bytes + reader->length;

    while (!g_utf8_validate_len(at, (gsize)(end - at), &at)) {
        if (*at != '\0') {
            g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                        "%s: line %" G_GSIZE_FORMAT ": not UTF-8; pass --encoding GB18030 for a "
                        "Chinese spreadsheet's text, or what it was written in",
                        reader->name, line_of(reader->bytes, (gsize)(at - reader->bytes)));
            return FALSE;
        }
        at++;
    }
    return TRUE;
}

static gboolean decode(Reader *reader, const char *encoding, GError **error)
{
    const char *mark = fm_encoding_of_mark(reader->bytes, reader->length);
    const char *from = mark != NULL ? mark : encoding != NULL ? encoding : "UTF-8";

    if (!fm_encoding_is_utf8(from)) {
        return convert(reader, from, error);
    }
    /* A file that is declared to be UTF-8 and is so but for some rows loses only these. */
    return encoding != NULL || check_utf8(reader, error);
}

char *fm_text_read(const char *path, const char *encoding, gsize *length, GError **error)
{
    g_autofree char *name = fm_path_name(path);
    g_autofree char *file = fm_path_for_gdal(path);
    Reader reader = {.name = name, .bytes = g_malloc(1), .capacity = 1};

    if (!read_chunks(file, name, append_chunk, &reader, error) ||
        !decode(&reader, encoding, error)) {
        g_free(reader.bytes);
        return NULL;
    }
    if (fm_encoding_of_mark(reader.bytes, reader.length) != NULL) {
        reader.length -= 3;
        memmove(reader.bytes, reader.bytes + 3, reader.length);
    }
    reader.bytes[reader.length] = '\0';
    *length = reader.length;
    return reader.bytes;
}

gboolean fm_bytes_are_ascii(const char *bytes, gsize n)
{
    guchar all = 0;

    for (gsize i = 0; i < n; i++) {
        all |= (guchar)bytes[i];
    }
    return all < 0x80;
}

const char *fm_text_fault(const char *text)
{
    gsize n = strlen(text);
    gboolean plain = TRUE;

    for (gsize i = 0; i < n; i++) {
        plain &= text[i] >= ' ' && text[i] < '\x7f';
    }
    if (plain) {
        return NULL; /* nearly every value is: one pass without a branch */
    }
    if (!fm_bytes_are_ascii(text, n) && !g_utf8_validate_len(text, n, NULL)) {
        return "not valid UTF-8";
    }
    for (const char *c = text; *c != '\0'; c++) {
        if ((*c > 0 && *c < ' ' && *c != '\t' && *c != '\n' && *c != '\r') || *c == '\x7f') {
            return "holds a control character";
        }
    }
    return NULL;
}

gboolean fm_text_is_blank(const char *text)
{
    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        if (*text > ' ' || !g_unichar_isspace(g_utf8_get_char_validated(text, -1))) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean fm_text_is_trimmed(const char *text)
{
    gsize n = strlen(text);

    if (n == 0 || (text[0] > ' ' && text[n - 1] > ' ')) {
        return TRUE;
    }
    return !g_unichar_isspace(g_utf8_get_char(text)) &&
           !g_unichar_isspace(g_utf8_get_char(g_utf8_prev_char(text + n)));
}

char *fm_text_trim(const char *text)
{
    const char *end = text + strlen(text);

    while (*text != '\0' && g_unichar_isspace(g_utf8_get_char(text))) {
        text = g_utf8_next_char(text);
    }
    while (end > text && g_unichar_isspace(g_utf8_get_char(g_utf8_prev_char(end)))) {
        end = g_utf8_prev_char(end);
    }
    return g_strndup(text, (gsize)(end - text));
}
