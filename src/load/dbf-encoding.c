/* The encoding of a Shapefile's attributes when no .cpg file tells it.  The header's language byte
 * is believed but for 0x57 ("as Windows is set"): GDAL takes that for ISO 8859-1, while on a
 * Chinese Windows it is GBK.  The texts are then judged as a text table's are. */
#include "ogr-open.h"

#include <string.h>

#define LANGUAGE_AS_SET "87"

typedef void FmOgrFeature;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmOgrFeature, OGR_F_Destroy)

gboolean fm_dbf_encoding_is_open(OGRLayerH layer)
{
    const char *from_cpg = GDALGetMetadataItem(layer, "ENCODING_FROM_CPG", "SHAPEFILE");
    const char *language = GDALGetMetadataItem(layer, "LDID_VALUE", "SHAPEFILE");
    const char *encoding = GDALGetMetadataItem(layer, "SOURCE_ENCODING", "SHAPEFILE");

    if (encoding == NULL || (from_cpg != NULL && *from_cpg != '\0')) {
        return FALSE;
    }
    return *encoding == '\0' || g_strcmp0(language, LANGUAGE_AS_SET) == 0;
}

static void feed(FmEncodingDetector *detector, const char *text, const char *after)
{
    fm_encoding_detector_feed(detector, text, strlen(text));
    fm_encoding_detector_feed(detector, after, 1);
}

gboolean fm_dbf_find_encoding(OGRLayerH layer, const char *name, FmEncoding *out, GError **error)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    int n_fields = OGR_FD_GetFieldCount(definition);
    g_autoptr(FmEncodingDetector) detector = fm_encoding_detector_new();
    const char *ignored[] = {"OGR_GEOMETRY", NULL};

    (void)OGR_L_SetIgnoredFields(layer, ignored);
    fm_encoding_detector_allow_cuts(detector);
    /* The names stand in one line with the first row, so that lines are rows. */
    for (int i = 0; i < n_fields; i++) {
        feed(detector, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)), "\t");
    }
    for (;;) {
        g_autoptr(FmOgrFeature) feature = OGR_L_GetNextFeature(layer);
        if (feature == NULL) {
            break;
        }
        for (int i = 0; i < n_fields; i++) {
            if (OGR_Fld_GetType(OGR_FD_GetFieldDefn(definition, i)) == OFTString) {
                feed(detector, OGR_F_GetFieldAsString(feature, i), "\t");
            }
        }
        fm_encoding_detector_feed(detector, "\n", 1);
    }
    OGR_L_ResetReading(layer);
    return fm_encoding_detector_finish(detector, name, "row", out, error);
}
