/* Writing PNG through libpng, row by row, with what a report needs to know of the picture. */
#include "output.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <png.h>
#include <string.h>

#define ROWS_PER_REPORT 256
#define MM_PER_INCH 25.4

/* One writing.  Kept apart from the function that libpng jumps back into, so that nothing of it
 * lives in registers. */
typedef struct {
    FILE *file;
    png_structp png;
    png_infop info;
    guint8 *row;
    char message[160];
} PngWriter;

static void png_writer_clear(PngWriter *writer)
{
    if (writer->png)
        png_destroy_write_struct(&writer->png, &writer->info);
    if (writer->file)
        fclose(writer->file);
    g_free(writer->row);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PngWriter, png_writer_clear)

static void on_error(png_structp png, png_const_charp message)
{
    PngWriter *writer = png_get_error_ptr(png);
    g_strlcpy(writer->message, message, sizeof writer->message);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message; /* libpng warns of what it then writes correctly */
}

static void set_header(PngWriter *writer, int width, int height, double dpi, FmPngText *texts,
                       gsize n_texts)
{
    png_set_IHDR(writer->png, writer->info, (guint32)width, (guint32)height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
    png_set_sRGB(writer->png, writer->info, PNG_sRGB_INTENT_RELATIVE);
    guint32 per_m = (guint32)lround(dpi / MM_PER_INCH * 1000);
    png_set_pHYs(writer->png, writer->info, per_m, per_m, PNG_RESOLUTION_METER);
    /* A drawn map is flat colour: "up" finds its repetition at a third of the time that trying all
     * filters takes. */
    png_set_filter(writer->png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
    for (gsize i = 0; i < n_texts; i++) {
        png_text chunk = {.compression = strlen(texts[i].text) > 1000 ? PNG_ITXT_COMPRESSION_zTXt
                                                                      : PNG_ITXT_COMPRESSION_NONE,
                          .key = texts[i].key,
                          .text = texts[i].text};
        png_set_text(writer->png, writer->info, &chunk, 1);
    }
    png_write_info(writer->png, writer->info);
}

/* cairo keeps a pixel as 0x00RRGGBB in the machine's byte order. */
static void pack_row(const guint8 *pixels, int width, guint8 *row)
{
    for (int x = 0; x < width; x++) {
        guint32 pixel;
        memcpy(&pixel, pixels + 4 * (gsize)x, sizeof pixel);
        row[3 * (gsize)x] = (guint8)(pixel >> 16);
        row[3 * (gsize)x + 1] = (guint8)(pixel >> 8);
        row[3 * (gsize)x + 2] = (guint8)pixel;
    }
}

/* Rows begin … end-1.  Returns FALSE when libpng failed; nothing here has a destructor, for longjmp
 * would pass it by. */
static gboolean write_rows(PngWriter *writer, cairo_surface_t *surface, int begin, int end)
{
    if (setjmp(png_jmpbuf(writer->png)))
        return FALSE;
    const guint8 *pixels = cairo_image_surface_get_data(surface);
    gsize stride = (gsize)cairo_image_surface_get_stride(surface);
    for (int y = begin; y < end; y++) {
        pack_row(pixels + stride * (gsize)y, cairo_image_surface_get_width(surface), writer->row);
        png_write_row(writer->png, writer->row);
    }
    return TRUE;
}

static gboolean write_begin(PngWriter *writer, cairo_surface_t *surface, double dpi,
                            FmPngText *texts, gsize n_texts)
{
    if (setjmp(png_jmpbuf(writer->png)))
        return FALSE;
    png_init_io(writer->png, writer->file);
    set_header(writer, cairo_image_surface_get_width(surface),
               cairo_image_surface_get_height(surface), dpi, texts, n_texts);
    return TRUE;
}

static gboolean write_end(PngWriter *writer)
{
    if (setjmp(png_jmpbuf(writer->png)))
        return FALSE;
    png_write_end(writer->png, writer->info);
    return TRUE;
}

static gboolean write_failed(const char *path, const PngWriter *writer, GError **error)
{
    g_set_error(error, FM_ERROR, FM_ERROR_IO, "cannot write %s: %s", path,
                writer->message[0] ? writer->message : g_strerror(errno));
    return FALSE;
}

gboolean fm__png_write(const char *path, cairo_surface_t *surface, double dpi, FmPngText *texts,
                       gsize n_texts, const FmProgress *progress, GError **error)
{
    g_auto(PngWriter) writer = {0};
    int height = cairo_image_surface_get_height(surface);
    cairo_surface_flush(surface);
    writer.file = g_fopen(path, "wbe");
    if (!writer.file)
        return write_failed(path, &writer, error);
    writer.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &writer, on_error, on_warning);
    writer.info = writer.png ? png_create_info_struct(writer.png) : NULL;
    writer.row = g_malloc(3 * (gsize)cairo_image_surface_get_width(surface));
    if (!writer.info || !write_begin(&writer, surface, dpi, texts, n_texts))
        return write_failed(path, &writer, error);
    for (int y = 0; y < height; y += ROWS_PER_REPORT) {
        if (!write_rows(&writer, surface, y, MIN(y + ROWS_PER_REPORT, height)))
            return write_failed(path, &writer, error);
        if (!fm_progress_report(progress, (double)y / height, "writing", error))
            return FALSE;
    }
    FILE *file = writer.file;
    if (!write_end(&writer) || fflush(file) != 0 || ferror(file))
        return write_failed(path, &writer, error);
    writer.file = NULL;
    if (fclose(file) != 0)
        return write_failed(path, &writer, error);
    return TRUE;
}
