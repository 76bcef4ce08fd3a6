/* The words of a written position: numbers, units, axes, separators. */
#ifndef FACMAP_COORDINATE_TOKENS_H
#define FACMAP_COORDINATE_TOKENS_H

#include "load-internal.h"

#define FM_NO_UNIT 3u

typedef enum {
    FM_TOKEN_END,
    FM_TOKEN_NUMBER,
    FM_TOKEN_UNIT, /* level: 0 degrees, 1 minutes, 2 seconds */
    FM_TOKEN_AXIS,
    FM_TOKEN_SEPARATOR,
    FM_TOKEN_BAD,
} FmTokenKind;

typedef struct {
    FmTokenKind kind;
    double value;
    gboolean negative, whole;
    guint level;
    FmAxis axis;
    int sign; /* of the half that the axis names */
} FmToken;

typedef struct {
    const char *at;
    guint last_unit; /* level of the unit before, for "29s" after minutes; or FM_NO_UNIT */
    guint colons;    /* in the coordinate so far: 39:54:31 */
    gboolean after_number;
    gboolean decimal_comma; /* 116,40 */
} FmLexer;

/* @param pair two coordinates are expected, else one */
FmLexer fm_coordinate_lexer(const char *text, gboolean pair);
FmToken fm_coordinate_token(FmLexer *lexer);

#endif
