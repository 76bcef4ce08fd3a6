/* What OGR reads, some rows at a time. */
#ifndef FACMAP_OGR_READER_H
#define FACMAP_OGR_READER_H

#include "ogr-open.h"

struct FmOgrReader {
    char *name;
    FmOgr ogr;
    gsize *columns; /* of the rows' table for each field; FM_COLUMN_NONE for those left out */
    int n_fields;
    gboolean interleaved; /* the format holds its layers mixed */
    gboolean skim;
    gint64 n_expected; /* -1 = the format does not say */
    gint64 n_read;
    /* What the geometries have shown so far. */
    FmGeometryType type; /* that holds them all */
    gsize n_flattened, n_linearised;
};

/* ---- ogr-feature.c ---- */

/* Adds the feature as a row, with what is wrong with it. */
void fm_ogr_add_feature(FmOgrReader *reader, FmRaw *raw, OGRFeatureH feature);
/* Sheets often end in formatted, empty rows. */
gboolean fm_ogr_feature_is_empty(const FmOgrReader *reader, OGRFeatureH feature);

#endif
