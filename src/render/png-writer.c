/* libpng writes the head and every chunk; the pixels are filtered and compressed here, in blocks of
 * rows side by side, for that is where the time of writing a page goes.  Blocks are cut by the
 * width alone, so that the bytes depend neither on the threads nor on the bands of the page. */
#include "png-writer.h"

#include "deflate.h"
#include "png-filter.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <png.h>
#include <string.h>

#define MM_PER_INCH 25.4
/* On dense lines 2 gives fewer bytes than 6 at 40 % of its time, on sparse maps 6 % more. */
#define LEVEL 2
#define BLOCK_BYTES (384 * 1024)
#define LONG_TEXT 1000

/* Rows on their way into the file. */
typedef struct {
    guint8 *packed; /* packed rows; the row above them first */
    guint8 *filtered;
    FmDeflated deflated;
    gsize n_rows;
} Block;

struct FmPngWriter {
    char *path;
    FILE *file;
    png_structp png;
    png_infop info;
    FmPngIndexFunc index;
    const void *user;
    int width, height, n_written;
    gsize depth;     /* bits a pixel: 24, or 1, 2, 4, 8 with a palette */
    gsize row_bytes; /* packed */
    int block_rows;
    guint8 *above;  /* the last row that was added, packed */
    guint8 *window; /* the last bytes that were compressed */
    gsize n_window;
    guint32 adler;
    char message[160];
};

void fm__png_free(FmPngWriter *writer)
{
    if (!writer)
        return;
    if (writer->png)
        png_destroy_write_struct(&writer->png, &writer->info);
    if (writer->file)
        fclose(writer->file);
    g_free(writer->above);
    g_free(writer->window);
    g_free(writer->path);
    g_free(writer);
}

/* ---- the file, through libpng ----------------------------------------------------------- */

static void on_error(png_structp png, png_const_charp message)
{
    FmPngWriter *writer = png_get_error_ptr(png);
    g_strlcpy(writer->message, message, sizeof writer->message);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message; /* libpng warns of what it then writes correctly */
}

static gboolean write_failed(const FmPngWriter *writer, GError **error)
{
    g_set_error(error, FM_ERROR, FM_ERROR_IO, "cannot write %s: %s", writer->path,
                writer->message[0] ? writer->message : g_strerror(errno));
    return FALSE;
}

static void set_palette(FmPngWriter *writer, const FmPngInfo *info)
{
    png_color colors[256];
    for (gsize i = 0; i < info->n_colors; i++)
        colors[i] = (png_color){(guint8)(info->palette[i] >> 16), (guint8)(info->palette[i] >> 8),
                                (guint8)info->palette[i]};
    png_set_PLTE(writer->png, writer->info, colors, (int)info->n_colors);
}

/* Everything before the pixels.  Returns FALSE when libpng failed; nothing here has a destructor,
 * for longjmp would pass it by. */
static gboolean write_head(FmPngWriter *writer, const FmPngInfo *info)
{
    if (setjmp(png_jmpbuf(writer->png)))
        return FALSE;
    png_init_io(writer->png, writer->file);
    png_set_IHDR(writer->png, writer->info, (guint32)info->width, (guint32)info->height,
                 info->palette ? (int)writer->depth : 8,
                 info->palette ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
    png_set_sRGB(writer->png, writer->info, PNG_sRGB_INTENT_RELATIVE);
    guint32 per_m = (guint32)lround(info->dpi / MM_PER_INCH * 1000);
    png_set_pHYs(writer->png, writer->info, per_m, per_m, PNG_RESOLUTION_METER);
    if (info->palette)
        set_palette(writer, info);
    for (gsize i = 0; i < info->n_texts; i++) {
        gboolean is_long = strlen(info->texts[i].text) > LONG_TEXT;
        png_text chunk = {.compression =
                              is_long ? PNG_ITXT_COMPRESSION_zTXt : PNG_ITXT_COMPRESSION_NONE,
                          .key = info->texts[i].key,
                          .text = info->texts[i].text};
        png_set_text(writer->png, writer->info, &chunk, 1);
    }
    png_write_info(writer->png, writer->info);
    return TRUE;
}

static gboolean write_chunk(FmPngWriter *writer, const char *type, const guint8 *data, gsize n)
{
    if (setjmp(png_jmpbuf(writer->png)))
        return FALSE;
    png_write_chunk(writer->png, (png_const_bytep)type, data, n);
    return TRUE;
}

int fm__png_block_rows(int width)
{
    return MAX(BLOCK_BYTES / 3 / width, 1);
}

FmPngWriter *fm__png_open(const char *path, const FmPngInfo *info, FmPngIndexFunc index,
                          const void *user, GError **error)
{
    g_autoptr(FmPngWriter) writer = g_new0(FmPngWriter, 1);
    writer->path = g_strdup(path);
    writer->width = info->width;
    writer->height = info->height;
    writer->index = index;
    writer->user = user;
    writer->adler = 1;
    writer->depth = !info->palette         ? 24
                    : info->n_colors <= 2  ? 1
                    : info->n_colors <= 4  ? 2
                    : info->n_colors <= 16 ? 4
                                           : 8;
    writer->row_bytes = ((gsize)info->width * writer->depth + 7) / 8;
    writer->block_rows = fm__png_block_rows(info->width);
    writer->above = g_malloc0(writer->row_bytes);
    writer->window = g_malloc(FM_DEFLATE_WINDOW);
    writer->file = g_fopen(path, "wbe");
    if (writer->file)
        writer->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, writer, on_error, on_warning);
    writer->info = writer->png ? png_create_info_struct(writer->png) : NULL;
    if (!writer->info || !write_head(writer, info)) {
        write_failed(writer, error);
        return NULL;
    }
    return g_steal_pointer(&writer);
}

/* ---- pixels ----------------------------------------------------------------------------- */

typedef struct {
    const FmPngWriter *writer;
    const guint8 *pixels;
    gsize stride;
    int n_rows;
    Block *blocks;
    gsize n_blocks;
} Adding;

static void adding_clear(Adding *adding)
{
    for (gsize i = 0; i < adding->n_blocks; i++) {
        g_free(adding->blocks[i].packed);
        g_free(adding->blocks[i].filtered);
        g_clear_pointer(&adding->blocks[i].deflated.bytes, g_byte_array_unref);
    }
    g_free(adding->blocks);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Adding, adding_clear)

/* cairo keeps a pixel as 0x00RRGGBB in the machine's byte order. */
static void pack_row(const FmPngWriter *writer, const guint8 *pixels, guint8 *row)
{
    const gsize per_byte = writer->depth < 8 ? 8 / writer->depth : 1;
    for (gsize x = 0; x < (gsize)writer->width; x++) {
        guint32 pixel;
        memcpy(&pixel, pixels + 4 * x, sizeof pixel);
        if (writer->depth == 24) {
            row[3 * x] = (guint8)(pixel >> 16);
            row[3 * x + 1] = (guint8)(pixel >> 8);
            row[3 * x + 2] = (guint8)pixel;
            continue;
        }
        guint8 index = writer->index(pixel & 0xffffff, writer->user);
        gsize shift = 8 - writer->depth * (x % per_byte + 1);
        guint8 part = (guint8)(index << shift);
        row[x / per_byte] = x % per_byte == 0 ? part : (guint8)(row[x / per_byte] | part);
    }
}

static gboolean filter_blocks(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker;
    (void)error;
    const Adding *adding = user;
    const FmPngWriter *writer = adding->writer;
    const gsize n = writer->row_bytes, pixel = writer->depth == 24 ? 3 : 1;
    for (gsize b = begin; b < end; b++) {
        Block *block = &adding->blocks[b];
        const gsize first = b * (gsize)writer->block_rows;
        block->n_rows = MIN((gsize)writer->block_rows, (gsize)adding->n_rows - first);
        block->packed = g_malloc((block->n_rows + 1) * n);
        block->filtered = g_malloc(block->n_rows * (n + 1));
        if (first == 0)
            memcpy(block->packed, writer->above, n);
        else
            pack_row(writer, adding->pixels + (first - 1) * adding->stride, block->packed);
        for (gsize i = 0; i < block->n_rows; i++)
            pack_row(writer, adding->pixels + (first + i) * adding->stride,
                     block->packed + (i + 1) * n);
        /* Indices are not quantities: their differences say nothing. */
        FmPngFilter filter = writer->depth == 24
                                 ? fm__png_filter_choose(block->packed + n, block->n_rows, n, pixel)
                                 : FM_PNG_NONE;
        for (gsize i = 0; i < block->n_rows; i++)
            fm__png_filter_row(filter, block->packed + (i + 1) * n, block->packed + i * n, n, pixel,
                               block->filtered + i * (n + 1));
    }
    return TRUE;
}

static gboolean deflate_blocks(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)worker;
    (void)error;
    const Adding *adding = user;
    const FmPngWriter *writer = adding->writer;
    for (gsize b = begin; b < end; b++) {
        Block *block = &adding->blocks[b];
        const guint8 *before = writer->window;
        gsize n_before = writer->n_window;
        if (b > 0) {
            gsize size = block[-1].n_rows * (writer->row_bytes + 1);
            n_before = MIN(size, FM_DEFLATE_WINDOW);
            before = block[-1].filtered + size - n_before;
        }
        gboolean last =
            b + 1 == adding->n_blocks && writer->n_written + adding->n_rows == writer->height;
        block->deflated = fm__deflate_block(before, n_before, block->filtered,
                                            block->n_rows * (writer->row_bytes + 1), LEVEL, last);
    }
    return TRUE;
}

/* Remember what the next rows need of these. */
static void keep_end(FmPngWriter *writer, const Adding *adding)
{
    const Block *last = &adding->blocks[adding->n_blocks - 1];
    gsize size = last->n_rows * (writer->row_bytes + 1);
    writer->n_window = MIN(size, FM_DEFLATE_WINDOW);
    memcpy(writer->window, last->filtered + size - writer->n_window, writer->n_window);
    memcpy(writer->above, last->packed + last->n_rows * writer->row_bytes, writer->row_bytes);
    writer->n_written += adding->n_rows;
}

/* One block as one IDAT, which with the first begins and with the last ends the zlib stream. */
static gboolean write_block(FmPngWriter *writer, Block *block, gboolean first, gboolean last)
{
    GByteArray *bytes = block->deflated.bytes;
    writer->adler = fm__deflate_join(writer->adler, &block->deflated);
    if (first) {
        guint8 header[2];
        fm__deflate_header(LEVEL, header);
        g_byte_array_prepend(bytes, header, sizeof header);
    }
    if (last) {
        const guint32 adler = GUINT32_TO_BE(writer->adler);
        g_byte_array_append(bytes, (const guint8 *)&adler, sizeof adler);
    }
    return write_chunk(writer, "IDAT", bytes->data, bytes->len);
}

gboolean fm__png_add(FmPngWriter *writer, const guint8 *pixels, gsize stride, int n_rows,
                     guint n_threads, const FmProgress *progress, GError **error)
{
    g_return_val_if_fail(n_rows > 0 && writer->n_written + n_rows <= writer->height, FALSE);
    const gsize per_block = (gsize)writer->block_rows;
    const gsize n = ((gsize)n_rows + per_block - 1) / per_block;
    g_auto(Adding) adding = {writer, pixels, stride, n_rows, g_new0(Block, n), n};
    FmProgress filtering = fm_progress_slice(progress, 0, 0.3);
    FmProgress compressing = fm_progress_slice(progress, 0.3, 1);
    if (!fm_parallel_for(n, 1, n_threads, filter_blocks, &adding, &filtering, "writing", error) ||
        !fm_parallel_for(n, 1, n_threads, deflate_blocks, &adding, &compressing, "writing", error))
        return FALSE;
    gboolean begins = writer->n_written == 0;
    keep_end(writer, &adding);
    gboolean ends = writer->n_written == writer->height;
    for (gsize i = 0; i < n; i++)
        if (!write_block(writer, &adding.blocks[i], begins && i == 0, ends && i + 1 == n))
            return write_failed(writer, error);
    return TRUE;
}

gboolean fm__png_close(FmPngWriter *writer, GError **error)
{
    g_return_val_if_fail(writer->n_written == writer->height, FALSE);
    /* Not png_write_end, which misses the IDATs that it did not write itself. */
    if (!write_chunk(writer, "IEND", NULL, 0) || fflush(writer->file) != 0 || ferror(writer->file))
        return write_failed(writer, error);
    FILE *file = g_steal_pointer(&writer->file);
    return fclose(file) == 0 || write_failed(writer, error);
}
