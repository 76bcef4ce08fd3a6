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

/** What is to be drawn. */
typedef struct {
    const FmStyleLayer *layer;
    const FmStyleContext *context; /**< the row whose look it is */
    guint dimension;               /**< of the geometries: 0 points, 1 lines, 2 areas */
    const char *name;              /**< of the symbol in the renderer */
    guint pass;                    /**< QGIS draws a layer's passes one after the other */
    const char *icons_dir;         /**< may be NULL */
    const char *condition;         /**< on the rows, NULL = all */
} FmQmlItem;

/** Append `<symbol>` that draws a row as the style layer does.
 *  @return FALSE without an error when this style layer draws nothing on such geometry (a line
 *          layer on points, a symbol layer without an icon); FALSE with FM_ERROR_NOT_FOUND for an
 *          icon */
gboolean fm__qml_symbol(GString *xml, const FmQmlItem *item, GError **error);

/** Append a rule of `<labeling type="rule-based">` when the style layer writes text.
 *  @return FALSE when it writes text that no QGIS expression was found for */
gboolean fm__qml_label_rule(GString *xml, const FmQmlItem *item);

/** Append ` filter=` and the scales at which the style layer draws, as attributes of a rule. */
void fm__qml_when(GString *xml, const FmQmlItem *item);

#endif
