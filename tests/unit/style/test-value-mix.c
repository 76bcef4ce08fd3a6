#include "fm-unit.h"
#include "support.h"

void test_value_mix(void)
{
    fixtures_add("value-mix");
}
