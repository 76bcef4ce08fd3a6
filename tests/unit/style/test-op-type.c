#include "fm-unit.h"
#include "support.h"

void test_op_type(void)
{
    fixtures_add("op-type");
}
