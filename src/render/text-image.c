/* Images in lines of text, as MapLibre sets them: each in its own size whatever the size of the
 * text, on the foot of the line's em box, in its middle or at its top, with the letter spacing of a
 * character.  Pango lays out an empty shape of that width; what is drawn there is the icon. */

#include "text-image.h"

#include <math.h>

gboolean fm__text_images_check(FmIconSet *icons, const FmTextSection *sections, gsize n,
                               GError **error)
{
    for (gsize i = 0; i < n; i++) {
        double width_px = 0, height_px = 0;
        if (sections[i].image != NULL &&
            !fm__icon_set_measure(icons, sections[i].image, &width_px, &height_px, error))
            return FALSE;
    }
    return TRUE;
}

FmTextImage fm__text_image_new(const FmTextStyle *style, const FmTextSection *section)
{
    FmTextImage image = {NULL, 0, 0, 0};
    if (section->image == NULL)
        return image;
    image.name = g_ref_string_new(section->image);
    FmIconSet *icons = style->images.icons;
    if (icons != NULL &&
        fm__icon_set_measure(icons, image.name, &image.width_px, &image.height_px, NULL))
        image.spacing_px = style->size_px * style->letter_spacing_em;
    return image;
}

void fm__text_image_clear(FmTextImage *image)
{
    g_clear_pointer(&image->name, g_ref_string_release);
}

PangoAttribute *fm__text_image_attribute(const FmTextImage *image)
{
    /* Pango spaces characters, but not shapes. */
    const int width = (int)lround((image->width_px + image->spacing_px) * PANGO_SCALE);
    const int height = (int)lround(image->height_px * PANGO_SCALE);
    const PangoRectangle box = {0, -height, width, height};
    return pango_attr_shape_new(&box, &box);
}

double fm__text_align_rise_px(FmVerticalAlign align, double height_px, double content_px)
{
    const double share = align == FM_VERTICAL_TOP ? 1 : align == FM_VERTICAL_CENTER ? 0.5 : 0;
    return (content_px - height_px) * share;
}

void fm__text_image_draw(cairo_t *cr, const FmTextImages *images, const FmTextRun *run, double x_px,
                         double y_px)
{
    const FmTextImage *image = &run->image;
    if (image->width_px <= 0 || image->height_px <= 0)
        return;
    const FmPageRect box = {x_px + run->x_px + image->spacing_px / 2,
                            y_px + run->y_px - image->height_px, image->width_px, image->height_px};
    fm__icon_set_draw(images->icons, cr, image->name, box, 0, images->opacity,
                      images->has_color ? &images->color : NULL, NULL);
}
