#include "fm-unit.h"
#include "support.h"

void test_op_lookup(void)
{
    fixtures_add("op-lookup");
}
