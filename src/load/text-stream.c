/* A text file as UTF-8, piece by piece, so that its size does not matter.  GDAL's virtual file
 * system reads what is compressed; iconv turns other encodings, and what it leaves of a
 * character at the end of a piece waits for the next. */
#include "gdal-log.h"
#include "load-internal.h"

#include <cpl_vsi.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define PIECE_BYTES (256u << 10)

struct FmTextStream {
    char *name;
    const char *encoding;
    VSILFILE *file;
    guint64 file_size, n_read;
    GIConv converter;  /* (GIConv)-1 for UTF-8 */
    GByteArray *bytes; /* as in the file; with a converter, what it has not taken yet */
    gboolean begun;
    gsize line; /* of the first byte of the next piece, from 1 */
};

static gboolean open_file(FmTextStream *stream, const char *path, GError **error)
{
    g_autofree char *file = fm_path_for_gdal(path);
    g_autofree char *disk = fm_path_on_disk(path);
    GStatBuf status;
    g_auto(FmGdalLog) log;

    fm_gdal_log_begin(&log);
    stream->file = VSIFOpenL(file, "rb");
    if (stream->file == NULL) {
        return fm_gdal_log_fail(&log, FM_ERROR_IO, stream->name, "cannot be opened for reading",
                                error);
    }
    /* What is compressed has no size that could be compared to what comes out of it. */
    if (g_strcmp0(disk, file) == 0 && g_stat(disk, &status) == 0) {
        stream->file_size = (guint64)status.st_size;
    }
    return TRUE;
}

/* What a byte order mark says comes before what was declared. */
static const char *encoding_by_mark(FmTextStream *stream, const char *declared)
{
    char head[3] = {0};
    const char *marked = fm_encoding_of_mark(head, VSIFReadL(head, 1, sizeof head, stream->file));

    VSIFSeekL(stream->file, 0, SEEK_SET);
    return marked != NULL ? marked : declared;
}

FmTextStream *fm_text_stream_open(const char *path, const char *encoding, GError **error)
{
    g_autoptr(FmTextStream) stream = g_new0(FmTextStream, 1);

    stream->name = fm_path_name(path);
    stream->bytes = g_byte_array_new();
    stream->line = 1;
    stream->converter = (GIConv)-1;
    if (!open_file(stream, path, error)) {
        return NULL;
    }
    stream->encoding = encoding_by_mark(stream, encoding);
    if (!fm_encoding_is_utf8(stream->encoding)) {
        stream->converter = g_iconv_open("UTF-8", stream->encoding);
        if (stream->converter == (GIConv)-1) {
            g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                        "%s: unknown encoding '%s'; GB18030 covers GBK and GB2312", stream->name,
                        encoding);
            return NULL;
        }
    }
    return g_steal_pointer(&stream);
}

void fm_text_stream_free(FmTextStream *stream)
{
    if (stream == NULL) {
        return;
    }
    if (stream->file != NULL) {
        (void)VSIFCloseL(stream->file);
    }
    if (stream->converter != (GIConv)-1) {
        g_iconv_close(stream->converter);
    }
    g_byte_array_unref(stream->bytes);
    g_free(stream->name);
    g_free(stream);
}

double fm_text_stream_ratio(const FmTextStream *stream)
{
    return stream->file_size == 0 ? 0
                                  : MIN((double)stream->n_read / (double)stream->file_size, 1.0);
}

/* Appends the next bytes of the file; n = 0 at its end. */
static gboolean read_bytes(FmTextStream *stream, gsize *n, GError **error)
{
    guint before = stream->bytes->len;
    g_auto(FmGdalLog) log;

    fm_gdal_log_begin(&log);
    g_byte_array_set_size(stream->bytes, before + PIECE_BYTES);
    *n = VSIFReadL(stream->bytes->data + before, 1, PIECE_BYTES, stream->file);
    g_byte_array_set_size(stream->bytes, before + (guint)*n);
    stream->n_read += *n;
    return *n > 0 || log.failure == NULL ||
           fm_gdal_log_fail(&log, FM_ERROR_IO, stream->name, "cannot be read to its end", error);
}

static gboolean fail_encoding(const FmTextStream *stream, const char *at, GError **error)
{
    gsize line = stream->line;

    for (const char *c = (const char *)stream->bytes->data; c < at; c++) {
        line += *c == '\n';
    }
    g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                "%s: line %" G_GSIZE_FORMAT ": bytes that are not %s; pass the right --encoding",
                stream->name, line, stream->encoding);
    return FALSE;
}

static gboolean convert(FmTextStream *stream, gboolean last, GString *text, GError **error)
{
    char *from = (char *)stream->bytes->data;
    gsize n_left = stream->bytes->len, n_old = text->len;

    while (n_left > 0) {
        char out[4096];
        char *to = out;
        gsize room = sizeof out;
        gsize code = g_iconv(stream->converter, &from, &n_left, &to, &room);
        g_string_append_len(text, out, to - out);
        if (code == (gsize)-1 && errno != E2BIG) {
            if (errno != EINVAL || last) {
                return fail_encoding(stream, from, error);
            }
            break; /* the rest of a character is in the next piece */
        }
    }
    for (gsize i = n_old; i < text->len; i++) {
        stream->line += text->str[i] == '\n';
    }
    g_byte_array_remove_range(stream->bytes, 0, stream->bytes->len - (guint)n_left);
    return TRUE;
}

static void remove_mark(FmTextStream *stream, GString *text, gsize from)
{
    static const char mark[] = "\xEF\xBB\xBF";

    if (!stream->begun && text->len >= from + 3 && memcmp(text->str + from, mark, 3) == 0) {
        g_string_erase(text, (gssize)from, 3);
    }
    stream->begun = TRUE;
}

gboolean fm_text_stream_read(FmTextStream *stream, GString *text, GError **error)
{
    gsize before = text->len, n = 1;

    while (text->len == before && n > 0) {
        if (!read_bytes(stream, &n, error)) {
            return FALSE;
        }
        if (stream->converter == (GIConv)-1) {
            g_string_append_len(text, (const char *)stream->bytes->data, stream->bytes->len);
            g_byte_array_set_size(stream->bytes, 0);
        } else if (!convert(stream, n == 0, text, error)) {
            return FALSE;
        }
        if (text->len > before) {
            remove_mark(stream, text, before);
        }
    }
    return TRUE;
}
