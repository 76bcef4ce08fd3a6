/* Images among the characters of a text: one object replacement character each, as wide as the
 * image. */
#ifndef FACMAP_RENDER_TEXT_IMAGE_H
#define FACMAP_RENDER_TEXT_IMAGE_H

#include "text-internal.h"

/* What stands for an image in a block's text: U+FFFC. */
#define FM_TEXT_IMAGE_MARK "\xEF\xBF\xBC"

/* Are all images of the sections there?  Returns FALSE as fm__icon_set_measure. */
gboolean fm__text_images_check(FmIconSet *icons, const FmTextSection *sections, gsize n,
                               GError **error);

/* The section's image; its name is NULL when it has none, its size 0 when it is not in the set. */
FmTextImage fm__text_image_new(const FmTextStyle *style, const FmTextSection *section);
void fm__text_image_clear(FmTextImage *image);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmTextImage, fm__text_image_clear)

/* Makes room for the image in a line, with its spacing.  Transfer full. */
PangoAttribute *fm__text_image_attribute(const FmTextImage *image);

/* The height above the line's foot at which a section `height_px` high stands, in a line whose
 * content is `content_px` high. */
double fm__text_align_rise_px(FmVerticalAlign align, double height_px, double content_px);

/* Draw a run's image; x and y are the block's top left corner. */
void fm__text_image_draw(cairo_t *cr, const FmTextImages *images, const FmTextRun *run, double x_px,
                         double y_px);

#endif
