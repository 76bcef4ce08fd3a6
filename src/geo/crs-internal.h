/* Shared by crs.c and transform.c. */
#ifndef FM_CRS_INTERNAL_H
#define FM_CRS_INTERNAL_H

#include <facmap/geo.h>
#include <proj.h>

/** How many Chinese web offsets lie between WGS 84 and a system. */
typedef enum {
    FM_WEB_DATUM_NONE,  /* no offset: what PROJ describes */
    FM_WEB_DATUM_GCJ02, /* WGS 84 shifted once */
    FM_WEB_DATUM_BD09,  /* GCJ-02 shifted again */
} FmWebDatum;

/** All that is ever asked is found out once, so that a CRS holds no PROJ object and may be read
 *  from any thread. */
struct FmCrs {
    char *definition;
    char *name;
    char *proj_text; /* what PROJ is given; WGS 84 for the web datums */
    char *wkt;       /* NULL for the web datums and where WKT 1 has no words for it */
    FmWebDatum web_datum;
    gboolean geographic;
    int epsg;
    gboolean has_area;
    FmExtent area;
};

#define FM_WGS84_DEFINITION "EPSG:4326"

/** A context that neither prints nor reaches for the network, and keeps PROJ's last message.
 *  Neither may move in memory between _init and _clear. */
typedef struct {
    PJ_CONTEXT *context;
    char *message; /* what PROJ said last, NULL for nothing */
} FmProj;

void fm_proj_init(FmProj *proj);
void fm_proj_clear(FmProj *proj);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmProj, fm_proj_clear)

/** PROJ's words for what went wrong last; borrowed until its next call. */
const char *fm_proj_reason(const FmProj *proj);

static inline void fm_pj_destroy(PJ *pj)
{
    proj_destroy(pj);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PJ, fm_pj_destroy)

#endif
