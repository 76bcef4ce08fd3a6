#include "fm-unit.h"
#include "support.h"

void test_op_collator(void)
{
    fixtures_add("op-collator");
}
