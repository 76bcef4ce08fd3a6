/* A stranger's program: prints the library's version. */
#include <facmap/facmap.h>

#include <stdio.h>

int main(void)
{
    printf("facmap %s\n", fm_version());
    return 0;
}
