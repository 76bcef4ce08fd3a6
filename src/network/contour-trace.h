/** @file contour-trace.h
 *  The level line through one tile, from the distances at its nodes to pieces of line. */
#ifndef FM_CONTOUR_TRACE_H
#define FM_CONTOUR_TRACE_H

#include "contour-field.h"

enum { FM_TRACE_EDGES = 2 * FM_FIELD_SIDE * FM_FIELD_SIDE }; /* two begin at every node */

/** A piece of the line in a tile. */
typedef struct {
    guint64 from, to; /**< as in FmContourPiece */
    guint32 first, n; /**< in the tile's points */
} FmTracePiece;

/** A field, and the memory for following its line; one a worker.  Free with fm_trace_free. */
typedef struct {
    FmField field;                  /**< to be measured and looked at before the line is followed */
    GArray *steps;                  /**< across a cell each */
    guint16 begins[FM_TRACE_EDGES]; /**< by edge: 1 + the step from there that is not yet in a
                                         piece, or 0 */
    gboolean reached[FM_TRACE_EDGES]; /**< by edge: does a step lead there? */
} FmTrace;

FmTrace *fm_trace_new(void);
void fm_trace_free(FmTrace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmTrace, fm_trace_free)

/** Appends the pieces of the field's line, joined as far as they run in the tile.
 *  @param points elements FmLonLat  @param pieces elements FmTracePiece */
void fm_trace_line(FmTrace *trace, GArray *points, GArray *pieces);

#endif
