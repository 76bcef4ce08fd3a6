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
    gsize first, n_rows; /* of those that are added */
    FmPngFilter filter;
    FmDeflated deflated;
} Block;

/* What a worker needs for a block, used again for the next one. */
typedef struct {
    guint8 *packed;   /* rows, the one above them first */
    guint8 *filtered; /* the end of the block before, then the block */
    FmDeflater *judge, *deflater;
} Bench;

struct FmPngWriter {
    char *path; /* in errors */
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
    const int cause = errno; /* libpng only says "Write Error" */
    g_strlcpy(writer->message, ferror(writer->file) ? g_strerror(cause) : message,
              sizeof writer->message);
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
    writer->path = g_strdup(info->output ? info->output : path);
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
    Block *blocks;
    gsize n_blocks;
    Bench *benches; /* one a worker */
    guint n_benches;
} Adding;

static void adding_clear(Adding *adding)
{
    for (gsize i = 0; i < adding->n_blocks; i++)
        g_clear_pointer(&adding->blocks[i].deflated.bytes, g_byte_array_unref);
    for (guint i = 0; i < adding->n_benches; i++) {
        Bench *bench = &adding->benches[i];
        g_free(bench->packed);
        g_free(bench->filtered);
        fm__deflater_free(bench->judge);
        fm__deflater_free(bench->deflater);
    }
    g_free(adding->blocks);
    g_free(adding->benches);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Adding, adding_clear)

/* So many rows of a block hold the window of the next. */
static gsize window_rows(const FmPngWriter *writer, const Block *block)
{
    const gsize size = writer->row_bytes + 1;
    return MIN((FM_DEFLATE_WINDOW + size - 1) / size, block->n_rows);
}

/* The worker's bench, made when it is first needed. */
static Bench *bench_of(const Adding *adding, guint worker)
{
    Bench *bench = &adding->benches[worker];
    const FmPngWriter *writer = adding->writer;
    if (!bench->packed) {
        const gsize n_rows = (gsize)writer->block_rows, n = writer->row_bytes;
        bench->packed = g_malloc((n_rows + 1) * n);
        bench->filtered = g_malloc(2 * n_rows * (n + 1));
        bench->judge = fm__deflater_new(1);
        bench->deflater = fm__deflater_new(LEVEL);
    }
    return bench;
}

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

/* Rows from `first` on, and the one above them before, packed. */
static void pack_rows(const Adding *adding, gsize first, gsize n_rows, guint8 *out)
{
    const FmPngWriter *writer = adding->writer;
    const gsize n = writer->row_bytes;
    if (first == 0)
        memcpy(out, writer->above, n);
    for (gsize i = first == 0 ? 1 : 0; i <= n_rows; i++)
        pack_row(writer, adding->pixels + (first + i - 1) * adding->stride, out + i * n);
}

/* n_rows rows of the block, by its filter. */
static void filter_rows(const Adding *adding, const Block *block, gsize first, gsize n_rows,
                        guint8 *packed, guint8 *out)
{
    const gsize n = adding->writer->row_bytes, pixel = adding->writer->depth == 24 ? 3 : 1;
    pack_rows(adding, first, n_rows, packed);
    for (gsize i = 0; i < n_rows; i++)
        fm__png_filter_row(block->filter, packed + (i + 1) * n, packed + i * n, n, pixel,
                           out + i * (n + 1));
}

static gboolean choose_filters(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)error;
    const Adding *adding = user;
    const FmPngWriter *writer = adding->writer;
    if (writer->depth != 24)
        return TRUE; /* indices are not quantities: their differences say nothing */
    Bench *bench = bench_of(adding, worker);
    for (gsize b = begin; b < end; b++) {
        Block *block = &adding->blocks[b];
        gsize first = 0, n = fm__png_filter_sample(block->n_rows, &first);
        pack_rows(adding, block->first + first, n, bench->packed);
        if (first == 0)
            memset(bench->packed, 0, writer->row_bytes);
        block->filter = fm__png_filter_choose(bench->judge, bench->packed, n, writer->row_bytes, 3);
    }
    return TRUE;
}

/* The end of the block before is filtered once more, which takes less than keeping it. */
static gboolean deflate_blocks(gsize begin, gsize end, guint worker, void *user, GError **error)
{
    (void)error;
    const Adding *adding = user;
    const FmPngWriter *writer = adding->writer;
    const gsize size = writer->row_bytes + 1;
    Bench *bench = bench_of(adding, worker);
    for (gsize b = begin; b < end; b++) {
        Block *block = &adding->blocks[b];
        const gsize n_above = b > 0 ? window_rows(writer, &block[-1]) : 0;
        guint8 *filtered = bench->filtered + n_above * size;
        if (b > 0)
            filter_rows(adding, &block[-1], block->first - n_above, n_above, bench->packed,
                        bench->filtered);
        filter_rows(adding, block, block->first, block->n_rows, bench->packed, filtered);
        const gsize n_before = b > 0 ? MIN(n_above * size, FM_DEFLATE_WINDOW) : writer->n_window;
        const guint8 *before = b > 0 ? filtered - n_before : writer->window;
        const gsize end_row = (gsize)writer->n_written + block->first + block->n_rows;
        block->deflated = fm__deflate_block(bench->deflater, before, n_before, filtered,
                                            block->n_rows * size, end_row == (gsize)writer->height);
    }
    return TRUE;
}

/* Remember what the next rows need of these. */
static void keep_end(FmPngWriter *writer, const Adding *adding)
{
    const Block *last = &adding->blocks[adding->n_blocks - 1];
    const gsize n_rows = window_rows(writer, last), size = n_rows * (writer->row_bytes + 1);
    Bench *bench = bench_of(adding, 0);
    filter_rows(adding, last, last->first + last->n_rows - n_rows, n_rows, bench->packed,
                bench->filtered);
    writer->n_window = MIN(size, FM_DEFLATE_WINDOW);
    memcpy(writer->window, bench->filtered + size - writer->n_window, writer->n_window);
    memcpy(writer->above, bench->packed + n_rows * writer->row_bytes, writer->row_bytes);
    writer->n_written += (int)(last->first + last->n_rows);
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
    const guint n_workers = n_threads > 0 ? n_threads : fm_parallel_default_threads();
    g_auto(Adding)
        adding = {writer, pixels, stride, g_new0(Block, n), n, g_new0(Bench, n_workers), n_workers};
    FmProgress choosing = fm_progress_slice(progress, 0, 0.2);
    FmProgress compressing = fm_progress_slice(progress, 0.2, 1);
    for (gsize b = 0; b < n; b++) {
        const gsize first = b * per_block;
        adding.blocks[b] = (Block){
            .first = first, .n_rows = MIN(per_block, (gsize)n_rows - first), .filter = FM_PNG_NONE};
    }
    if (!fm_parallel_for(n, 1, n_threads, choose_filters, &adding, &choosing, "writing", error) ||
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
