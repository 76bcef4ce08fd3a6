#include "fm-unit.h"
#include "support.h"

void test_op_number_format(void)
{
    fixtures_add("op-number-format");
}
