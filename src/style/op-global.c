/* What an expression is told beside feature and zoom: the place in a heatmap's colours, along a
 * line, above the sea, in a cluster. */
#include "expr.h"

FM_EVAL(fm__op_heatmap_density)
{
    (void)node;
    *out = fm__value_number(eval->density);
    return TRUE;
}

FM_EVAL(fm__op_line_progress)
{
    (void)node;
    *out = fm__value_number(eval->progress);
    return TRUE;
}

FM_EVAL(fm__op_elevation)
{
    (void)node;
    *out = fm__value_number(eval->elevation);
    return TRUE;
}

FM_EVAL(fm__op_accumulated)
{
    (void)node;
    *out = eval->accumulated != NULL ? *eval->accumulated : FM_VALUE_NULL;
    return TRUE;
}
