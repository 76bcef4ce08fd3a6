/* The scale bar against geodesics all over the frame. */
#include "lint.h"

#include <math.h>

#define MOST_OFF 0.01
#define N_PLACES 5 /* each way */
#define BAR_PX 200.0

/* How much too long a way of the bar's length is at a place, as a share of what the bar says; level
 * and upright.  0 where the projection ends. */
static double off_at(const FmFrame *frame, FmPagePoint at, double length_px, double distance_m)
{
    double worst = 0;
    for (int way = 0; way < 2; way++) {
        const double dx = way == 0 ? length_px / 2 : 0, dy = way == 0 ? 0 : length_px / 2;
        FmLonLat a, b;
        if (!fm__frame_unproject(frame, (FmPagePoint){at.x_px - dx, at.y_px - dy}, &a, NULL) ||
            !fm__frame_unproject(frame, (FmPagePoint){at.x_px + dx, at.y_px + dy}, &b, NULL))
            continue;
        const double off = fm_geodesic_distance_m(a, b) / distance_m - 1;
        worst = fabs(off) > fabs(worst) ? off : worst;
    }
    return worst;
}

static void check_map(FmLint *lint, const FmRenderJob *map)
{
    const FmFrame *frame = map->frame;
    double distance_m = 0, length_px = 0, worst = 0;
    FmPagePoint worst_at = {0, 0};
    if (!fm__scale_choose(frame, BAR_PX, &distance_m, &length_px, NULL))
        return;
    for (int i = 0; i < N_PLACES; i++)
        for (int j = 0; j < N_PLACES; j++) {
            const FmPagePoint at = {frame->rect.x_px + frame->rect.width_px * i / (N_PLACES - 1),
                                    frame->rect.y_px + frame->rect.height_px * j / (N_PLACES - 1)};
            const double off = off_at(frame, at, length_px, distance_m);
            if (fabs(off) > fabs(worst)) {
                worst = off;
                worst_at = at;
            }
        }
    if (fabs(worst) <= MOST_OFF)
        return;
    char percent[G_ASCII_DTOSTR_BUF_SIZE];
    fm__lint_add(lint, FM_LINT_SCALE, &worst_at, NULL, "metadata.facmap:extent",
                 "here the scale bar is off by %s %%: take a smaller extent, or a CRS made for it",
                 g_ascii_formatd(percent, sizeof percent, "%.1f", 100 * worst));
}

void fm__lint_scale(FmLint *lint)
{
    fm__lint_each_map(lint, check_map, lint);
}
