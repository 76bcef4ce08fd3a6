/* See pattern.h. */
#include "pattern.h"

#include "hatch.h"

gboolean fm__pattern_paint(const FmBrush *brush, const char *name, double opacity, GError **error)
{
    if (fm_hatch_is_name(name)) {
        FmHatch hatch;
        if (!fm_hatch_parse(name, &hatch, error))
            return FALSE;
        fm__hatch_paint(brush->cr, &hatch, opacity);
        return TRUE;
    }
    cairo_pattern_t *pattern = fm__icon_set_pattern(brush->icons, name, brush->device_scale, error);
    if (!pattern)
        return FALSE;
    cairo_set_source(brush->cr, pattern);
    cairo_paint_with_alpha(brush->cr, opacity);
    cairo_pattern_destroy(pattern);
    return TRUE;
}
