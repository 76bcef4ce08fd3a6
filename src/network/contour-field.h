/** @file contour-field.h
 *  Distances to strokes at the nodes of one tile of a contour's grid, and to their rivals.
 *
 *  Only what the level line needs is exact: a part of the tile that lies inside with all its
 *  neighbours is not measured any further.  In towns that is most of it, after a few streets.
 *  Rivals come first: with them known, what is inside stays inside whatever strokes follow. */
#ifndef FM_CONTOUR_FIELD_H
#define FM_CONTOUR_FIELD_H

#include "contour.h"

/** Longitudes and latitudes of the grid count from here, so that indices are positive. */
#define FM_CONTOUR_WEST_DEG (-540.0)
#define FM_CONTOUR_SOUTH_DEG (-90.0)

enum {
    FM_FIELD_SIDE = 64,  /* nodes; a bit each */
    FM_FIELD_BLOCK = 16, /* nodes that are measured together, or not at all any more */
    FM_FIELD_BLOCKS = FM_FIELD_SIDE / FM_FIELD_BLOCK,
};

/** Nodes of the grid, both ends included. */
typedef struct {
    guint32 first, last; /**< columns */
    guint32 bottom, top; /**< rows */
} FmNodeRange;

/** How far around a stroke nodes matter: those that may be inside, and their neighbours. */
typedef struct {
    double lon_deg, lat_deg;
} FmContourMargin;

/** @param lat_deg the greatest latitude, north or south, that a stroke has */
FmContourMargin fm_contour_margin(const FmContourGrid *grid, double lat_deg);
FmNodeRange fm_contour_nodes(const FmContourGrid *grid, const FmContourMargin *margin,
                             const FmStroke *stroke);

typedef struct {
    double lon_deg[FM_FIELD_SIDE];                     /**< by column */
    double lat_deg[FM_FIELD_SIDE];                     /**< by row */
    double lon_m[FM_FIELD_SIDE], lat_m[FM_FIELD_SIDE]; /**< metres a degree on a row */
    double distance2[FM_FIELD_SIDE][FM_FIELD_SIDE];    /**< m2, by row; INFINITY where far */
    double bound2[FM_FIELD_SIDE][FM_FIELD_SIDE]; /**< m2, by row: nearest rival, or the level */
    guint64 inside[FM_FIELD_SIDE]; /**< by row: nodes within their bound, as far as is known */
    gboolean wanted[FM_FIELD_BLOCKS][FM_FIELD_BLOCKS];  /**< where strokes come: only these count */
    gboolean bounded[FM_FIELD_BLOCKS][FM_FIELD_BLOCKS]; /**< where a rival is near */
    gboolean settled[FM_FIELD_BLOCKS][FM_FIELD_BLOCKS];
    guint n_settled;
    guint8 age[FM_FIELD_BLOCKS][FM_FIELD_BLOCKS]; /**< strokes since it was looked at */
    guint32 west, south;
    double level2;
    double slack2; /**< m2: rivals that are further by so little are not */
    const FmContourGrid *grid;
    const FmContourMargin *margin;
} FmField;

/** @param grid,margin borrowed as long as strokes are added
 *  @param west,south  column and row of its first node */
void fm_field_init(FmField *field, const FmContourGrid *grid, const FmContourMargin *margin,
                   guint32 west, guint32 south);
/** Says that a stroke will be added: rivals are measured only near those.
 *  @param stroke anywhere, as everywhere */
void fm_field_want(FmField *field, const FmStroke *stroke);
/** Adds a rival. */
void fm_field_bound(FmField *field, const FmStroke *rival);
/** Forgets all rivals. */
void fm_field_unbound(FmField *field);
void fm_field_add(FmField *field, const FmStroke *stroke);
/** Brings `inside` up to date. */
void fm_field_look(FmField *field);

#endif
