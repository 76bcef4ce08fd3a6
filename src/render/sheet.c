/* Sheet sizes and the page grid.  The map takes what the side panel leaves; all distances are
 * multiples of 4 mm. */
#include "sheet.h"

#include <math.h>
#include <string.h>

#define A3_AREA_MM2 (420.0 * 297.0)
#define GAP_MM 4.0
/* A slide is read from further away than a sheet of the same size in pixels. */
#define SLIDE_TYPE_SCALE 1.25
#define MIN_SIDE_DEV 64

typedef struct {
    double width_mm, height_mm;
    gboolean pixels; /* given in CSS px, not in millimetres */
} SheetSize;

static gboolean parse_paper(const char *size, gboolean portrait, SheetSize *out)
{
    /* ISO 216: A0 is 841 × 1189 mm, each next one half of it, rounded down to the millimetre. */
    static const struct {
        int shorter_mm, longer_mm;
    } a_series[] = {{841, 1189}, {594, 841}, {420, 594}, {297, 420}, {210, 297}, {148, 210}};
    if (g_ascii_toupper(size[0]) != 'A' || size[1] < '0' || size[1] > '5')
        return FALSE;
    const char *turn = size + 2;
    if (g_ascii_strcasecmp(turn, "-portrait") == 0)
        portrait = TRUE;
    else if (g_ascii_strcasecmp(turn, "-landscape") == 0)
        portrait = FALSE;
    else if (*turn != '\0')
        return FALSE;
    gsize i = (gsize)(size[1] - '0');
    double shorter = a_series[i].shorter_mm, longer = a_series[i].longer_mm;
    *out = (SheetSize){portrait ? shorter : longer, portrait ? longer : shorter, FALSE};
    return TRUE;
}

/* "420x297mm": any paper. */
static gboolean parse_millimetres(const char *size, SheetSize *out)
{
    const double least_mm = 20, most_mm = 5000;
    char *end = NULL;
    double width = g_ascii_strtod(size, &end);
    if (end == size || g_ascii_tolower(*end) != 'x' || !g_ascii_isdigit(end[1]))
        return FALSE;
    double height = g_ascii_strtod(end + 1, &end);
    if (g_ascii_strcasecmp(end, "mm") != 0 || !(width >= least_mm && width <= most_mm) ||
        !(height >= least_mm && height <= most_mm))
        return FALSE;
    *out = (SheetSize){width, height, FALSE};
    return TRUE;
}

/* Slides by their shape, as presentation programs size them: 7.5 inches high. */
static gboolean parse_slide(const char *size, SheetSize *out)
{
    const double height_mm = 7.5 * 25.4;
    gboolean wide = strcmp(size, "16:9") == 0;
    if (!wide && strcmp(size, "4:3") != 0)
        return FALSE;
    *out = (SheetSize){wide ? height_mm * 16 / 9 : height_mm * 4 / 3, height_mm, TRUE};
    return TRUE;
}

static gboolean parse_pixels(const char *size, SheetSize *out)
{
    char *end = NULL;
    guint64 width = g_ascii_strtoull(size, &end, 10);
    if (end == size || g_ascii_tolower(*end) != 'x' || !g_ascii_isdigit(end[1]))
        return FALSE;
    guint64 height = g_ascii_strtoull(end + 1, &end, 10);
    if (*end != '\0' || width == 0 || height == 0 || width > FM_SHEET_MAX_SIDE_DEV ||
        height > FM_SHEET_MAX_SIDE_DEV)
        return FALSE;
    double mm_per_px = 1 / FM_PX_PER_MM;
    *out = (SheetSize){(double)width * mm_per_px, (double)height * mm_per_px, TRUE};
    return TRUE;
}

static gboolean parse_size(const char *size, gboolean portrait, SheetSize *out, GError **error)
{
    if (parse_paper(size, portrait, out) || parse_slide(size, out) ||
        (g_ascii_isdigit(size[0]) && (parse_pixels(size, out) || parse_millimetres(size, out))))
        return TRUE;
    g_set_error(
        error, FM_ERROR, FM_ERROR_USAGE,
        "page size '%s': write A0 to A5, with -portrait or -landscape if need be, "
        "millimetres such as 600x400mm, a slide as 16:9 or 4:3, or pixels such as 1920x1080",
        size);
    return FALSE;
}

static gboolean set_resolution(FmSheet *sheet, const SheetSize *size, double dpi, GError **error)
{
    if (dpi == 0)
        dpi = size->pixels ? FM_PX_PER_INCH : 300;
    if (!(dpi >= 24 && dpi <= 2400)) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE, "%g dpi: choose 24 to 2400", dpi);
        return FALSE;
    }
    double width = rint(size->width_mm / 25.4 * dpi), height = rint(size->height_mm / 25.4 * dpi);
    if (width > FM_SHEET_MAX_SIDE_DEV || height > FM_SHEET_MAX_SIDE_DEV) {
        g_set_error(
            error, FM_ERROR, FM_ERROR_LIMIT,
            "a page of %.0f × %.0f pixels is above the limit of %d a side: choose a lower dpi",
            width, height, FM_SHEET_MAX_SIDE_DEV);
        return FALSE;
    }
    if (width < MIN_SIDE_DEV || height < MIN_SIDE_DEV) {
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "a page of %.0f × %.0f pixels is too small to draw on", width, height);
        return FALSE;
    }
    sheet->dpi = dpi;
    sheet->width_dev = (int)width;
    sheet->height_dev = (int)height;
    double scale = pow(size->width_mm * size->height_mm / A3_AREA_MM2, 0.25);
    sheet->type_scale = size->pixels ? scale * SLIDE_TYPE_SCALE : scale;
    sheet->device_scale = sheet->type_scale * dpi / FM_PX_PER_INCH;
    sheet->width_px = width / sheet->device_scale;
    sheet->height_px = height / sheet->device_scale;
    return TRUE;
}

/* A panel beside the map when the sheet is wide, below it when it is tall. */
static void set_boxes(FmSheet *sheet, const FmPage *page)
{
    double margin = page->margin_mm * FM_PX_PER_MM;
    double width = sheet->width_px - 2 * margin, height = sheet->height_px - 2 * margin;
    sheet->gap_px = GAP_MM * FM_PX_PER_MM;
    if (page->panel_ratio <= 0) {
        sheet->frame = (FmPageRect){margin, margin, width, height};
        sheet->panel = (FmPageRect){margin + width, margin, 0, height};
        return;
    }
    double gutter = 2 * sheet->gap_px;
    if (sheet->width_px >= sheet->height_px) {
        double panel = width * page->panel_ratio;
        sheet->frame = (FmPageRect){margin, margin, width - panel - gutter, height};
        sheet->panel = (FmPageRect){margin + width - panel, margin, panel, height};
    } else {
        double panel = height * page->panel_ratio;
        sheet->frame = (FmPageRect){margin, margin, width, height - panel - gutter};
        sheet->panel = (FmPageRect){margin, margin + height - panel, width, panel};
    }
}

gboolean fm__sheet_init(FmSheet *sheet, const FmPage *page, const char *size, double dpi,
                        GError **error)
{
    SheetSize paper;
    if (!parse_size(size ? size : page->size, page->portrait, &paper, error) ||
        !set_resolution(sheet, &paper, dpi, error))
        return FALSE;
    set_boxes(sheet, page);
    return TRUE;
}
