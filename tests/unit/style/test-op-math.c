#include "fm-unit.h"
#include "support.h"

void test_op_math(void)
{
    fixtures_add("op-math");
}
