#include "fm-unit.h"
#include "support.h"

void test_color(void)
{
    fixtures_add("color");
}
