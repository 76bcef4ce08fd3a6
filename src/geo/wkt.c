/* Well-known text (OGC 06-103r4, clause 7): a recursive descent over one string.  Z and M are read
 * and dropped, as in WKB; an SRID prefix (EWKT) is skipped. */
#include "geometry-internal.h"

#include <math.h>
#include <string.h>

#define MAX_DEPTH 16

typedef struct {
    const char *text, *at;
    guint dimension; /* of the whole; 3 until the first member says it */
    gboolean multi;
    FmGeometryBuilder builder;
} Reader;

static gboolean fail(const Reader *reader, FmError code, const char *what, GError **error)
{
    g_set_error(error, FM_ERROR, code, "WKT, character %" G_GSIZE_FORMAT ": %s",
                (gsize)(reader->at - reader->text) + 1, what);
    return FALSE;
}

static void skip_blanks(Reader *reader)
{
    while (g_ascii_isspace(*reader->at)) {
        reader->at++;
    }
}

static gboolean accept_char(Reader *reader, char wanted)
{
    skip_blanks(reader);
    if (*reader->at != wanted) {
        return FALSE;
    }
    reader->at++;
    return TRUE;
}

static gboolean expect_char(Reader *reader, char wanted, GError **error)
{
    if (accept_char(reader, wanted)) {
        return TRUE;
    }
    char what[] = "'?' expected";
    what[1] = wanted;
    return fail(reader, FM_ERROR_PARSE, what, error);
}

/* Takes the next word when it is `wanted`, whatever its case. */
static gboolean accept_word(Reader *reader, const char *wanted)
{
    gsize length = 0;

    skip_blanks(reader);
    while (g_ascii_isalpha(reader->at[length])) {
        length++;
    }
    if (length != strlen(wanted) || g_ascii_strncasecmp(reader->at, wanted, length) != 0) {
        return FALSE;
    }
    reader->at += length;
    return TRUE;
}

/* Two to four ordinates, of which the first two count. */
static gboolean read_position(Reader *reader, GError **error)
{
    double ordinates[4] = {0, 0, 0, 0};
    guint n = 0;

    for (;;) {
        char *end = NULL;
        skip_blanks(reader);
        /* strtod would also take "inf", "nan" and "0x1p3". */
        if (n == 4 || g_ascii_isalpha(*reader->at)) {
            break;
        }
        double value = g_ascii_strtod(reader->at, &end);
        gsize length = (gsize)(end - reader->at);
        if (length == 0 || memchr(reader->at, 'x', length) || memchr(reader->at, 'X', length)) {
            break;
        }
        if (!isfinite(value)) {
            return fail(reader, FM_ERROR_PARSE, "a coordinate is not a finite number", error);
        }
        ordinates[n++] = value;
        reader->at = end;
    }
    if (n < 2) {
        return fail(reader, FM_ERROR_PARSE, "a coordinate is expected", error);
    }
    fm_geometry_builder_point(&reader->builder, (FmLonLat){ordinates[0], ordinates[1]});
    return TRUE;
}

/* "(x y, x y, …)" as a path; for points exactly one position. */
static gboolean read_path(Reader *reader, guint dimension, GError **error)
{
    if (!expect_char(reader, '(', error)) {
        return FALSE;
    }
    do {
        if (!read_position(reader, error)) {
            return FALSE;
        }
    } while (dimension > 0 && accept_char(reader, ','));

    const char *fault = fm_geometry_builder_path_fault(&reader->builder, dimension);
    if (fault != NULL) {
        return fail(reader, FM_ERROR_PARSE, fault, error);
    }
    fm_geometry_builder_end_path(&reader->builder);
    return expect_char(reader, ')', error);
}

/* The body of one point, line or polygon. */
static gboolean read_part(Reader *reader, guint dimension, GError **error)
{
    if (accept_word(reader, "EMPTY")) {
        return TRUE;
    }
    if (dimension < 2) {
        if (!read_path(reader, dimension, error)) {
            return FALSE;
        }
    } else {
        if (!expect_char(reader, '(', error)) {
            return FALSE;
        }
        do {
            if (!read_path(reader, dimension, error)) {
                return FALSE;
            }
        } while (accept_char(reader, ','));
        if (!expect_char(reader, ')', error)) {
            return FALSE;
        }
    }
    fm_geometry_builder_end_part(&reader->builder);
    return TRUE;
}

/* A member of MULTIPOINT may stand without its parentheses. */
static gboolean read_member(Reader *reader, guint dimension, GError **error)
{
    skip_blanks(reader);
    if (dimension > 0 || *reader->at == '(' || g_ascii_isalpha(*reader->at)) {
        return read_part(reader, dimension, error);
    }
    if (!read_position(reader, error)) {
        return FALSE;
    }
    fm_geometry_builder_end_path(&reader->builder);
    fm_geometry_builder_end_part(&reader->builder);
    return TRUE;
}

static gboolean read_multi(Reader *reader, guint dimension, GError **error)
{
    reader->multi = TRUE;
    if (accept_word(reader, "EMPTY")) {
        return TRUE;
    }
    if (!expect_char(reader, '(', error)) {
        return FALSE;
    }
    do {
        if (!read_member(reader, dimension, error)) {
            return FALSE;
        }
    } while (accept_char(reader, ','));
    return expect_char(reader, ')', error);
}

static gboolean note_dimension(Reader *reader, guint dimension, GError **error)
{
    if (reader->dimension == 3) {
        reader->dimension = dimension;
    }
    if (reader->dimension != dimension) {
        return fail(reader, FM_ERROR_UNSUPPORTED,
                    "a collection mixes points, lines and polygons; split it by type", error);
    }
    return TRUE;
}

static gboolean unsupported(Reader *reader, GError **error)
{
    static const char *const names[] = {
        "CIRCULARSTRING", "COMPOUNDCURVE",     "CURVEPOLYGON", "MULTICURVE",
        "MULTISURFACE",   "POLYHEDRALSURFACE", "TIN",          "TRIANGLE"};
    const char *start = reader->at;

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (accept_word(reader, names[i])) {
            reader->at = start;
            return fail(reader, FM_ERROR_UNSUPPORTED,
                        "this type is not supported; convert it to lines or polygons", error);
        }
    }
    return fail(reader, FM_ERROR_PARSE, "a geometry type such as POINT is expected", error);
}

static void skip_dimension_words(Reader *reader)
{
    static const char *const words[] = {"Z", "M", "ZM"};

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        if (accept_word(reader, words[i])) {
            return;
        }
    }
}

/* Takes the type's name, also with Z, M or ZM written onto it ("POINTZ"). */
static FmGeometryType accept_type(Reader *reader)
{
    const char *start = reader->at;

    for (int type = FM_GEOMETRY_POINT; type <= FM_GEOMETRY_MULTIPOLYGON; type++) {
        const char *name = fm_geometry_type_name((FmGeometryType)type);
        if (g_ascii_strncasecmp(start, name, strlen(name)) != 0) {
            continue;
        }
        reader->at = start + strlen(name);
        if (!g_ascii_isalpha(*reader->at) || accept_word(reader, "Z") || accept_word(reader, "M") ||
            accept_word(reader, "ZM")) {
            return (FmGeometryType)type;
        }
    }
    reader->at = start;
    return FM_GEOMETRY_NONE;
}

static gboolean read_geometry(Reader *reader, guint depth, GError **error);

static gboolean read_collection(Reader *reader, guint depth, GError **error)
{
    reader->multi = TRUE;
    if (depth == MAX_DEPTH) {
        return fail(reader, FM_ERROR_UNSUPPORTED, "collections are nested too deeply", error);
    }
    skip_dimension_words(reader);
    if (accept_word(reader, "EMPTY")) {
        return TRUE;
    }
    if (!expect_char(reader, '(', error)) {
        return FALSE;
    }
    do {
        if (!read_geometry(reader, depth + 1, error)) {
            return FALSE;
        }
    } while (accept_char(reader, ','));
    return expect_char(reader, ')', error);
}

static gboolean read_geometry(Reader *reader, guint depth, GError **error)
{
    if (accept_word(reader, "GEOMETRYCOLLECTION")) {
        return read_collection(reader, depth, error);
    }
    FmGeometryType type = accept_type(reader);
    if (type == FM_GEOMETRY_NONE) {
        return unsupported(reader, error);
    }
    guint dimension = fm_geometry_type_dimension(type);
    if (!note_dimension(reader, dimension, error)) {
        return FALSE;
    }
    skip_dimension_words(reader);
    return fm_geometry_type_is_multi(type) ? read_multi(reader, dimension, error)
                                           : read_part(reader, dimension, error);
}

static void skip_srid(Reader *reader)
{
    const char *end = strchr(reader->text, ';');

    if (end != NULL && g_ascii_strncasecmp(reader->text, "SRID=", 5) == 0) {
        reader->at = end + 1;
    }
}

FmGeometry *fm_geometry_from_wkt(const char *wkt, GError **error)
{
    Reader reader = {.text = wkt, .at = wkt, .dimension = 3};
    FmGeometry *geometry = NULL;

    fm_geometry_builder_init(&reader.builder);
    skip_srid(&reader);
    if (read_geometry(&reader, 0, error)) {
        skip_blanks(&reader);
        if (*reader.at != '\0') {
            fail(&reader, FM_ERROR_PARSE, "text follows after the end of the geometry", error);
        } else if (reader.builder.n_points == 0) {
            fail(&reader, FM_ERROR_PARSE, "the geometry is empty", error);
        } else {
            geometry = fm_geometry_builder_finish(
                &reader.builder, fm_geometry_type_of(reader.dimension, reader.multi));
        }
    }
    fm_geometry_builder_clear(&reader.builder);
    return geometry;
}
