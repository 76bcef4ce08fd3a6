/** @file qml.h
 *  The pieces of a QGIS style (QML 3.22): symbols of a rule-based renderer, labels. */
#ifndef FACMAP_EXPORT_QML_H
#define FACMAP_EXPORT_QML_H

#include "export-internal.h"

/** Zoom at which expressions are evaluated: a page of 1:500 000 on the equator. */
double fm__qml_zoom(void);

/** Append `<Option name= value= type="QString"/>`. */
void fm__qml_option(GString *xml, const char *name, const char *value);
/** The same for a number; CSS px are written as millimetres. */
void fm__qml_number(GString *xml, const char *name, double value);
void fm__qml_px(GString *xml, const char *name, double value_px);
void fm__qml_color(GString *xml, const char *name, FmColor color, double opacity);
/** Escape for an attribute.  @return transfer full */
char *fm__qml_escape(const char *text);

/** Append `<symbol>` that draws a row as the style layer does.
 *  @param name      of the symbol in the renderer
 *  @param dimension of the layer's geometries: 0 points, 1 lines, 2 areas
 *  @return FALSE without an error when this style layer draws nothing on such geometry (a line layer on
 *          points, a symbol layer without an icon); FALSE with FM_ERROR_NOT_FOUND for an icon */
gboolean fm__qml_symbol(GString *xml, const FmStyleLayer *layer, const FmStyleContext *context,
                        const char *name, guint dimension, const char *icons_dir, GError **error);

/** Append a rule of `<labeling type="rule-based">` when the style layer writes text.
 *  @param condition NULL = every row
 *  @return FALSE when it writes none, or none that comes from columns */
gboolean fm__qml_label_rule(GString *xml, const FmStyleLayer *layer, const FmTable *table,
                            const FmStyleContext *context, const char *condition, guint dimension);

#endif
