/* The version that CMake's project() states, in the one place where C sees it. */
#include <facmap/core.h>

#include "fm-config.h"

const char *fm_version(void)
{
    return FM_VERSION;
}
