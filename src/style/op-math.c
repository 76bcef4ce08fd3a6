/* Arithmetic.  Numbers are IEEE doubles as in ECMAScript: nothing fails, 0/0 is NaN. */
#include "expr.h"

#include <math.h>

/* log2 and log10 are quotients of logarithms in the specification's implementation, so here. */
static const double ln_of_2 = 0.693147180559945309417;
static const double ln_of_10 = 2.30258509299404568402;

#define CONSTANT(name, value)                                                                      \
    FM_EVAL(name)                                                                                  \
    {                                                                                              \
        (void)node;                                                                                \
        (void)eval;                                                                                \
        *out = fm__value_number(value);                                                            \
        return TRUE;                                                                               \
    }

#define UNARY(name, result)                                                                        \
    FM_EVAL(name)                                                                                  \
    {                                                                                              \
        double x;                                                                                  \
        if (!fm__eval_number(node, 0, eval, &x)) {                                                 \
            return FALSE;                                                                          \
        }                                                                                          \
        *out = fm__value_number(result);                                                           \
        return TRUE;                                                                               \
    }

#define BINARY(name, result)                                                                       \
    FM_EVAL(name)                                                                                  \
    {                                                                                              \
        double x;                                                                                  \
        double y;                                                                                  \
        if (!fm__eval_number(node, 0, eval, &x) || !fm__eval_number(node, 1, eval, &y)) {          \
            return FALSE;                                                                          \
        }                                                                                          \
        *out = fm__value_number(result);                                                           \
        return TRUE;                                                                               \
    }

/* `x` is the result so far, `y` the next argument. */
#define FOLD(name, start, step)                                                                    \
    FM_EVAL(name)                                                                                  \
    {                                                                                              \
        double x = start;                                                                          \
        for (gsize i = 0; i < node->n_args; i++) {                                                 \
            double y;                                                                              \
            if (!fm__eval_number(node, i, eval, &y)) {                                             \
                return FALSE;                                                                      \
            }                                                                                      \
            x = step;                                                                              \
        }                                                                                          \
        *out = fm__value_number(x);                                                                \
        return TRUE;                                                                               \
    }

/* C gives 1 for these; ECMAScript has no limit there. */
static double power(double base, double exponent)
{
    const gboolean undefined = isnan(exponent) || (fabs(base) == 1 && isinf(exponent));
    return undefined ? NAN : pow(base, exponent);
}

/* C's fmin and fmax skip NaN. */
static double least(double x, double y)
{
    return isnan(x) || isnan(y) ? NAN : fmin(x, y);
}

static double greatest(double x, double y)
{
    return isnan(x) || isnan(y) ? NAN : fmax(x, y);
}

CONSTANT(fm__op_e, 2.71828182845904523536)
CONSTANT(fm__op_ln2, ln_of_2)
CONSTANT(fm__op_pi, G_PI)

UNARY(fm__op_abs, fabs(x))
UNARY(fm__op_acos, acos(x))
UNARY(fm__op_asin, asin(x))
UNARY(fm__op_atan, atan(x))
UNARY(fm__op_ceil, ceil(x))
UNARY(fm__op_cos, cos(x))
UNARY(fm__op_floor, floor(x))
UNARY(fm__op_ln, log(x))
UNARY(fm__op_log10, log(x) / ln_of_10)
UNARY(fm__op_log2, log(x) / ln_of_2)
UNARY(fm__op_negate, -x)
UNARY(fm__op_round, round(x)) /* halves away from zero */
UNARY(fm__op_sin, sin(x))
UNARY(fm__op_sqrt, sqrt(x))
UNARY(fm__op_tan, tan(x))

BINARY(fm__op_divide, x / y)
BINARY(fm__op_modulo, fmod(x, y))
BINARY(fm__op_power, power(x, y))
BINARY(fm__op_subtract, x - y)

FOLD(fm__op_max, -INFINITY, greatest(x, y))
FOLD(fm__op_min, INFINITY, least(x, y))
FOLD(fm__op_product, 1, x *y)
FOLD(fm__op_sum, 0, x + y)
