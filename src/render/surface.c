/* Surfaces for the three kinds of picture.  Vectors pass through a stream of ours: cairo 1.16 is
 * never told that the disk is full, for then it crashes at the end of a page of a PDF. */
#include "surface.h"

#include "svg-text.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define PT_PER_INCH 72

gboolean fm__picture_format(const char *path, FmPictureFormat *out, GError **error)
{
    static const struct {
        const char *ending;
        FmPictureFormat format;
    } formats[] = {
        {".png", FM_PICTURE_PNG},
        {".pdf", FM_PICTURE_PDF},
        {".svg", FM_PICTURE_SVG},
    };
    g_autofree char *lower = g_ascii_strdown(path, -1);
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++)
        if (g_str_has_suffix(lower, formats[i].ending)) {
            *out = formats[i].format;
            return TRUE;
        }
    g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                "%s: the name must end in .png, .pdf, .svg or .tif", path);
    return FALSE;
}

/* The file of a vector picture, kept with its surface. */
typedef struct {
    FILE *file;
    int failed; /* errno of the first failure; what comes after it is dropped */
} Stream;

static const cairo_user_data_key_t stream_key;

static void stream_free(void *data)
{
    Stream *stream = data;
    if (stream->file)
        fclose(stream->file);
    g_free(stream);
}

static cairo_status_t stream_write(void *user, const unsigned char *data, unsigned length)
{
    Stream *stream = user;
    if (stream->failed == 0 && fwrite(data, 1, length, stream->file) != length)
        stream->failed = errno;
    return CAIRO_STATUS_SUCCESS;
}

/* The surface is finished: all is written, or it is said why not. */
static gboolean stream_close(cairo_surface_t *surface, const char *path, GError **error)
{
    Stream *stream = cairo_surface_get_user_data(surface, &stream_key);
    if (stream->failed == 0 && fflush(stream->file) != 0)
        stream->failed = errno;
    FILE *file = g_steal_pointer(&stream->file);
    if (fclose(file) != 0 && stream->failed == 0)
        stream->failed = errno;
    if (stream->failed == 0)
        return TRUE;
    g_set_error(error, FM_ERROR, FM_ERROR_IO, "cannot write %s: %s", path,
                g_strerror(stream->failed));
    return FALSE;
}

/* Returns NULL with FM_ERROR_IO. */
static cairo_surface_t *new_vectors(FmPictureFormat format, const char *file, const FmSheet *sheet,
                                    GError **error)
{
    double width_pt = sheet->width_dev * PT_PER_INCH / sheet->dpi;
    double height_pt = sheet->height_dev * PT_PER_INCH / sheet->dpi;
    FILE *out = g_fopen(file, "wbe");
    if (!out) {
        g_set_error(error, FM_ERROR, FM_ERROR_IO, "cannot write %s: %s", file, g_strerror(errno));
        return NULL;
    }
    Stream *stream = g_new(Stream, 1);
    *stream = (Stream){.file = out};
    cairo_surface_t *surface = (format == FM_PICTURE_PDF ? cairo_pdf_surface_create_for_stream
                                                         : cairo_svg_surface_create_for_stream)(
        stream_write, stream, width_pt, height_pt);
    if (cairo_surface_set_user_data(surface, &stream_key, stream, stream_free) !=
        CAIRO_STATUS_SUCCESS) {
        /* begin_page() says why. */
        cairo_surface_finish(surface);
        stream_free(stream);
        return surface;
    }
    if (format == FM_PICTURE_PDF)
        return surface;
    cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PT);
    fm__svg_text_begin(surface, file);
    return surface;
}

/* A white page on the surface, which it takes. */
static cairo_t *begin_page(cairo_surface_t *surface, const FmSheet *sheet, GError **error)
{
    cairo_t *cr = cairo_create(surface);
    cairo_surface_destroy(surface);
    cairo_status_t status = cairo_status(cr);
    if (status != CAIRO_STATUS_SUCCESS) {
        cairo_destroy(cr);
        g_set_error(error, FM_ERROR, FM_ERROR_LIMIT, "a page of %d × %d pixels: %s",
                    sheet->width_dev, sheet->height_dev, cairo_status_to_string(status));
        return NULL;
    }
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    return cr;
}

cairo_t *fm__surface_open_rows(const FmSheet *sheet, int top, int n_rows, GError **error)
{
    cairo_t *cr = begin_page(
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, sheet->width_dev, n_rows), sheet, error);
    if (!cr)
        return NULL;
    cairo_translate(cr, 0, -top);
    cairo_scale(cr, sheet->device_scale, sheet->device_scale);
    return cr;
}

cairo_t *fm__surface_open(FmPictureFormat format, const char *file, const FmSheet *sheet,
                          GError **error)
{
    if (format == FM_PICTURE_PNG)
        return fm__surface_open_rows(sheet, 0, sheet->height_dev, error);
    cairo_surface_t *surface = new_vectors(format, file, sheet, error);
    cairo_t *cr = surface ? begin_page(surface, sheet, error) : NULL;
    double scale = sheet->device_scale * PT_PER_INCH / sheet->dpi;
    if (cr)
        cairo_scale(cr, scale, scale);
    return cr;
}

void fm__surface_next_page(cairo_t *cr)
{
    cairo_show_page(cr);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
}

void fm__surface_bookmark(cairo_t *cr, const char *name, guint page)
{
    g_autofree char *link = g_strdup_printf("page=%u", page);
    cairo_pdf_surface_add_outline(cairo_get_target(cr), CAIRO_PDF_OUTLINE_ROOT, name ? name : link,
                                  link, 0);
}

void fm__surface_describe(cairo_t *cr, FmPictureFormat format, const char *title,
                          const char *subject, const char *creator)
{
    if (format != FM_PICTURE_PDF)
        return;
    cairo_surface_t *surface = cairo_get_target(cr);
    g_autofree char *now = fm_timestamp_now();
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, subject);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, creator);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, now);
}

gboolean fm__surface_finish(cairo_t *cr, const char *path, GError **error)
{
    cairo_surface_t *surface = cairo_get_target(cr);
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_surface_status(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        return stream_close(surface, path, error) && fm__svg_text_end(surface, path, error);
    g_set_error(error, FM_ERROR, FM_ERROR_IO, "cannot write %s: %s", path,
                cairo_status_to_string(status));
    return FALSE;
}
