/* Numbers as ECMAScript writes and reads them: the specification defines its conversions by it. */
#ifndef FM_STYLE_NUMBER_TEXT_H
#define FM_STYLE_NUMBER_TEXT_H

#include <glib.h>

#define FM_NUMBER_TEXT_SIZE 32

/* Digits d1d2…dn with value 0.d1d2…dn × 10^point, the fewest that read back as the number. */
typedef struct {
    gboolean negative;
    char digits[20];
    int n;
    int point;
} FmDecimal;

/* value must be finite; zero has one digit '0' and point 1. */
FmDecimal fm__decimal(double value);

/* Number::toString of ECMA-262.  Returns `buffer`. */
const char *fm__number_text(double value, char buffer[FM_NUMBER_TEXT_SIZE]);

/* StringToNumber of ECMA-262: blank is 0, NaN when it is not a number. */
double fm__number_from_text(const char *text);

/* With thousands grouped by commas, and at least/most so many fraction digits (ties away from
 * zero). Returns transfer full. */
char *fm__number_grouped(double value, int min_fraction, int max_fraction);

#endif
