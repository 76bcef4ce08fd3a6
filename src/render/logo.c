/* Logos. */
#include "logo.h"

#include "furniture.h"

#include <string.h>

struct FmLogo {
    const FmPageLogo *asked;
    FmIconSet *icons;     /* of an SVG */
    char *name;           /* without its ending */
    cairo_surface_t *png; /* NULL for an SVG */
    double aspect;        /* width over height */
};

static gboolean read_png(FmLogo *logo, const char *dir, GError **error)
{
    g_autofree char *path = g_build_filename(dir, logo->asked->file, NULL);
    logo->png = cairo_image_surface_create_from_png(path);
    cairo_status_t status = cairo_surface_status(logo->png);
    int width = 0, height = 0;
    if (status == CAIRO_STATUS_SUCCESS) {
        width = cairo_image_surface_get_width(logo->png);
        height = cairo_image_surface_get_height(logo->png);
    }
    if (width > 0 && height > 0) {
        logo->aspect = (double)width / height;
        return TRUE;
    }
    gboolean absent = status == CAIRO_STATUS_FILE_NOT_FOUND;
    g_set_error(error, FM_ERROR, (int)(absent ? FM_ERROR_NOT_FOUND : FM_ERROR_PARSE), "logo %s: %s",
                path, cairo_status_to_string(status));
    return FALSE;
}

static gboolean read_svg(FmLogo *logo, GError **error)
{
    double width_px = 0, height_px = 0;
    logo->name = g_strndup(logo->asked->file, strlen(logo->asked->file) - strlen(".svg"));
    if (!fm__icon_set_measure(logo->icons, logo->name, &width_px, &height_px, error)) {
        g_prefix_error(error, "logo: ");
        return FALSE;
    }
    logo->aspect = width_px / height_px;
    return TRUE;
}

FmLogo *fm__logo_new(const FmPageLogo *asked, FmIconSet *icons, const char *dir, GError **error)
{
    g_autoptr(FmLogo) logo = g_new0(FmLogo, 1);
    logo->asked = asked;
    logo->icons = icons;
    gboolean ok =
        g_str_has_suffix(asked->file, ".png") ? read_png(logo, dir, error) : read_svg(logo, error);
    return ok ? g_steal_pointer(&logo) : NULL;
}

void fm__logo_free(FmLogo *logo)
{
    if (!logo)
        return;
    if (logo->png)
        cairo_surface_destroy(logo->png);
    g_free(logo->name);
    g_free(logo);
}

double fm__logo_paint(const FmLogo *logo, cairo_t *cr, double x_px, double y_px, double width_px)
{
    double height_px = logo->asked->height_mm * FM_PX_PER_MM;
    if (height_px * logo->aspect > width_px)
        height_px = width_px / logo->aspect;
    FmPageRect box = {x_px, y_px, height_px * logo->aspect, height_px};
    if (cr && !logo->png) /* it was measured when it was read, so that it is there */
        fm__icon_set_draw(logo->icons, cr, logo->name, box, 0, 1, NULL, NULL);
    if (cr && logo->png) {
        double scale = height_px / cairo_image_surface_get_height(logo->png);
        cairo_save(cr);
        cairo_translate(cr, x_px, y_px);
        cairo_scale(cr, scale, scale);
        cairo_set_source_surface(cr, logo->png, 0, 0);
        cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_BEST);
        cairo_paint(cr);
        cairo_restore(cr);
    }
    return height_px;
}

static double draw(FmFurniture *f, gboolean top, double x_px, double y_px, double width_px)
{
    if (!f->logo || f->page->logo->top != top)
        return 0;
    return fm__logo_paint(f->logo, f->cr, x_px, y_px, width_px);
}

double fm__logo_draw_top(FmFurniture *f, double x_px, double y_px, double width_px)
{
    return draw(f, TRUE, x_px, y_px, width_px);
}

double fm__logo_draw_bottom(FmFurniture *f, double x_px, double y_px, double width_px)
{
    return draw(f, FALSE, x_px, y_px, width_px);
}
