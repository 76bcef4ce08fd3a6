/* The way to GEOS and back, shared by overlay.c and buffer.c.  GEOS plans its work in the plane of
 * longitude and latitude. */
#ifndef FM_GEOS_INTERNAL_H
#define FM_GEOS_INTERNAL_H

#include <facmap/geometry.h>

#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

/** One use of GEOS on one thread, and its last complaint.  Must not move between _init and
 *  _clear. */
typedef struct {
    GEOSContextHandle_t handle;
    char *message;
} FmGeos;

void fm_geos_init(FmGeos *geos);
void fm_geos_clear(FmGeos *geos);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmGeos, fm_geos_clear)

/** FALSE always, with FM_ERROR_DATA saying what GEOS said about `doing`. */
gboolean fm_geos_fail(const FmGeos *geos, const char *doing, GError **error);

/** @return transfer full (GEOSGeom_destroy_r) */
GEOSGeometry *fm_geos_from_geometry(const FmGeos *geos, const FmGeometry *geometry);

/** The members of one dimension, in a form that depends on the point set alone: rings and parts in
 *  a fixed order, outer rings counter-clockwise.  @param result normalised in place
 *  @return transfer full (fm_geometry_free); NULL when there are none */
FmGeometry *fm_geos_to_geometry(const FmGeos *geos, GEOSGeometry *result, guint dimension);

/** Polygons must be valid, lines and points always are.
 *  @param context put before the reason, or ""
 *  @return FALSE with FM_ERROR_DATA: reason and position */
gboolean fm_geos_check_valid(const FmGeos *geos, const GEOSGeometry *polygon, const char *context,
                             GError **error);

/** The union of polygons.  @param pieces GEOSGeometry pointers, transfer full, emptied
 *  @return transfer full; NULL when there is nothing to unite, or with an error set */
FmGeometry *fm_geos_unite(const FmGeos *geos, GPtrArray *pieces, GError **error);

#endif
