#include "expr.h"
#include "fm-unit.h"
#include "support.h"

#include <string.h>

/* The table is searched by halving: it must be in order, and each row must be found. */
static void test_order(void)
{
    gsize n;
    const FmOperator *operators = fm__operators(&n);
    for (gsize i = 0; i < n; i++) {
        g_assert_true(fm__operator_find(operators[i].name) == &operators[i]);
        if (i > 0) {
            g_assert_cmpint(strcmp(operators[i - 1].name, operators[i].name), <, 0);
        }
        /* A form parses itself; the others have signatures of known letters. */
        const FmSignature *first = &operators[i].signatures[0];
        g_assert_true((operators[i].parse != NULL) == (first->eval == NULL));
        if (operators[i].parse == NULL) {
            g_assert_cmpuint(strspn(first->params, "nsbcoavk*"), ==, strlen(first->params));
            g_assert_nonnull(strchr("nsbcoavAe", operators[i].result));
        }
    }
    g_assert_null(fm__operator_find(""));
    g_assert_null(fm__operator_find("zzz"));
}

void test_operators(void)
{
    g_test_add_func("/style/operators/order", test_order);
}
