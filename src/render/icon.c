/* SVG icons through librsvg.  Each (icon, colour) is replayed once into a recording surface: still
 * vectors, so that it is sharp at any size, and cheap to draw a thousand times. */
#include "icon.h"

#include <librsvg/rsvg.h>
#include <math.h>
#include <string.h>

#define SVG_SUFFIX ".svg"

enum { HALO_COPIES = 16, HALO_PIXELS = 4 /* to a px, where a halo is an image */ };

G_DEFINE_AUTOPTR_CLEANUP_FUNC(cairo_surface_t, cairo_surface_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(cairo_t, cairo_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RsvgHandle, g_object_unref)

struct FmIconSet {
    char *dir;
    GHashTable *icons; /* what key_of() says -> Icon */
};

typedef struct {
    double width_px, height_px;
    cairo_surface_t *recording;
} Icon;

static void icon_free(gpointer data)
{
    Icon *icon = data;
    cairo_surface_destroy(icon->recording);
    g_free(icon);
}

FmIconSet *fm__icon_set_new(const char *dir)
{
    FmIconSet *set = g_new0(FmIconSet, 1);
    set->dir = g_strdup(dir);
    set->icons = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, icon_free);
    return set;
}

void fm__icon_set_free(FmIconSet *set)
{
    if (!set)
        return;
    g_hash_table_unref(set->icons);
    g_free(set->dir);
    g_free(set);
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "a, b, c": what the folder offers, for the message. */
static char *list_icons(const char *dir)
{
    g_autoptr(GDir) folder = g_dir_open(dir, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *file = folder ? g_dir_read_name(folder) : NULL; file;
         file = g_dir_read_name(folder))
        if (g_str_has_suffix(file, SVG_SUFFIX))
            g_ptr_array_add(names, g_strndup(file, strlen(file) - strlen(SVG_SUFFIX)));
    if (names->len == 0)
        return g_strdup("that folder has no icons");
    g_ptr_array_sort(names, compare_names);
    g_ptr_array_add(names, NULL);
    g_autofree char *list = g_strjoinv(", ", (char **)names->pdata);
    return g_strdup_printf("there are %s", list);
}

static RsvgHandle *open_svg(const FmIconSet *set, const char *name, GError **error)
{
    g_autofree char *file = g_strconcat(name, SVG_SUFFIX, NULL);
    g_autofree char *path = g_build_filename(set->dir, file, NULL);
    /* A name, not a path: a style must not read other files. */
    if (strpbrk(name, "/\\") || !g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_autofree char *there = list_icons(set->dir);
        g_set_error(error, FM_ERROR, FM_ERROR_NOT_FOUND, "icon '%s' is not in %s: %s", name,
                    set->dir, there);
        return NULL;
    }
    g_autoptr(GError) cause = NULL;
    RsvgHandle *handle = rsvg_handle_new_from_file(path, &cause);
    if (!handle)
        g_set_error(error, FM_ERROR, FM_ERROR_PARSE, "icon %s: %s", path, cause->message);
    return handle;
}

static cairo_surface_t *record_svg(RsvgHandle *handle, double width_px, double height_px)
{
    cairo_rectangle_t extents = {0, 0, width_px, height_px};
    g_autoptr(cairo_surface_t) surface =
        cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents);
    g_autoptr(cairo_t) cr = cairo_create(surface);
    RsvgRectangle viewport = {0, 0, width_px, height_px};
    if (!rsvg_handle_render_document(handle, cr, &viewport, NULL))
        return NULL;
    return g_steal_pointer(&surface);
}

/* Icons that are drawn faded have a recording of their own: cairo 1.16 writes a surface into a PDF
 * once, as a transparency group only if its first use is not opaque, and what is no group takes no
 * opacity from outside. */
static char *key_of(const char *name, const char *css, gboolean faded)
{
    return g_strdup_printf("%s %s %s", faded ? "faded" : "whole", name, css ? css : "");
}

static const Icon *find_icon(FmIconSet *set, const char *name, const FmColor *color, gboolean faded,
                             GError **error)
{
    g_autofree char *css = NULL;
    if (color)
        css = g_strdup_printf("svg { color: #%02x%02x%02x !important }",
                              (guint)lround(color->r * 255), (guint)lround(color->g * 255),
                              (guint)lround(color->b * 255));
    g_autofree char *key = key_of(name, css, faded);
    const Icon *known = g_hash_table_lookup(set->icons, key);
    if (known)
        return known;
    g_autoptr(RsvgHandle) handle = open_svg(set, name, error);
    if (!handle)
        return NULL;
    if (css && !rsvg_handle_set_stylesheet(handle, (const guint8 *)css, strlen(css), NULL))
        g_return_val_if_reached(NULL);
    double width_px = 0, height_px = 0;
    cairo_surface_t *recording = NULL;
    if (rsvg_handle_get_intrinsic_size_in_pixels(handle, &width_px, &height_px) && width_px > 0 &&
        height_px > 0)
        recording = record_svg(handle, width_px, height_px);
    if (!recording) {
        g_set_error(error, FM_ERROR, FM_ERROR_PARSE,
                    "icon '%s': give its svg element a width and a height", name);
        return NULL;
    }
    Icon *icon = g_new(Icon, 1);
    *icon = (Icon){width_px, height_px, recording};
    g_hash_table_insert(set->icons, g_steal_pointer(&key), icon);
    return icon;
}

gboolean fm__icon_set_measure(FmIconSet *set, const char *name, double *width_px, double *height_px,
                              GError **error)
{
    const Icon *icon = find_icon(set, name, NULL, FALSE, error);
    if (!icon)
        return FALSE;
    *width_px = icon->width_px;
    *height_px = icon->height_px;
    return TRUE;
}

gboolean fm__icon_set_draw(FmIconSet *set, cairo_t *cr, const char *name, FmPageRect box,
                           double rotate_deg, double opacity, const FmColor *color, GError **error)
{
    const Icon *icon = find_icon(set, name, color, opacity < 1, error);
    if (!icon)
        return FALSE;
    cairo_save(cr);
    cairo_translate(cr, box.x_px + box.width_px / 2, box.y_px + box.height_px / 2);
    cairo_rotate(cr, rotate_deg * G_PI / 180);
    cairo_scale(cr, box.width_px / icon->width_px, box.height_px / icon->height_px);
    cairo_set_source_surface(cr, icon->recording, -icon->width_px / 2, -icon->height_px / 2);
    cairo_paint_with_alpha(cr, opacity);
    cairo_restore(cr);
    return TRUE;
}

/* Copies of the icon's shape all round it, as one, so that the colour lies nowhere twice. */
static void paint_copies(cairo_t *cr, const Icon *icon, FmPageRect box, double rotate_deg,
                         const FmColor *color, double width_px)
{
    for (int i = 0; i < HALO_COPIES; i++) {
        double angle_rad = 2 * G_PI * i / HALO_COPIES;
        cairo_save(cr);
        cairo_translate(cr, box.x_px + box.width_px / 2 + width_px * cos(angle_rad),
                        box.y_px + box.height_px / 2 + width_px * sin(angle_rad));
        cairo_rotate(cr, rotate_deg * G_PI / 180);
        cairo_scale(cr, box.width_px / icon->width_px, box.height_px / icon->height_px);
        cairo_set_source_rgb(cr, color->r, color->g, color->b);
        cairo_mask_surface(cr, icon->recording, -icon->width_px / 2, -icon->height_px / 2);
        cairo_restore(cr);
    }
}

/* Cairo 1.16 forgets in an SVG where a mask lies, so there the halo is an image. */
static void paint_halo_image(cairo_t *cr, const Icon *icon, FmPageRect box, double rotate_deg,
                             const FmColor *color, double width_px)
{
    const double reach_px = hypot(box.width_px, box.height_px) / 2 + width_px + 1;
    const int side = (int)ceil(2 * reach_px * HALO_PIXELS);
    g_autoptr(cairo_surface_t) image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, side, side);
    g_autoptr(cairo_t) copies = cairo_create(image);
    cairo_scale(copies, HALO_PIXELS, HALO_PIXELS);
    const FmPageRect middle = {reach_px - box.width_px / 2, reach_px - box.height_px / 2,
                               box.width_px, box.height_px};
    paint_copies(copies, icon, middle, rotate_deg, color, width_px);
    cairo_translate(cr, box.x_px - middle.x_px, box.y_px - middle.y_px);
    cairo_scale(cr, 1.0 / HALO_PIXELS, 1.0 / HALO_PIXELS);
    cairo_set_source_surface(cr, image, 0, 0);
    cairo_paint_with_alpha(cr, color->a);
}

gboolean fm__icon_set_draw_halo(FmIconSet *set, cairo_t *cr, const char *name, FmPageRect box,
                                double rotate_deg, const FmColor *color, double width_px,
                                GError **error)
{
    const Icon *icon = find_icon(set, name, NULL, FALSE, error);
    if (!icon)
        return FALSE;
    cairo_save(cr);
    if (cairo_surface_get_type(cairo_get_target(cr)) == CAIRO_SURFACE_TYPE_SVG) {
        paint_halo_image(cr, icon, box, rotate_deg, color, width_px);
    } else {
        cairo_push_group(cr);
        paint_copies(cr, icon, box, rotate_deg, color, width_px);
        cairo_pop_group_to_source(cr);
        cairo_paint_with_alpha(cr, color->a);
    }
    cairo_restore(cr);
    return TRUE;
}

cairo_pattern_t *fm__icon_set_pattern(FmIconSet *set, const char *name, double device_scale,
                                      GError **error)
{
    const Icon *icon = find_icon(set, name, NULL, FALSE, error);
    if (!icon)
        return NULL;
    double width = MAX(rint(icon->width_px * device_scale), 1);
    double height = MAX(rint(icon->height_px * device_scale), 1);
    g_autoptr(cairo_surface_t) tile =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)width, (int)height);
    g_autoptr(cairo_t) cr = cairo_create(tile);
    cairo_scale(cr, width / icon->width_px, height / icon->height_px);
    cairo_set_source_surface(cr, icon->recording, 0, 0);
    cairo_paint(cr);
    cairo_pattern_t *pattern = cairo_pattern_create_for_surface(tile);
    cairo_matrix_t to_device;
    cairo_matrix_init_scale(&to_device, device_scale, device_scale);
    cairo_pattern_set_matrix(pattern, &to_device);
    cairo_pattern_set_extend(pattern, CAIRO_EXTEND_REPEAT);
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
    return pattern;
}
