#include "hall.h"

Hall *hall_new(const FmLabelRequest *requests, gsize n, FmPageRect frame)
{
    Hall *hall = g_new0(Hall, 1);
    hall->context = fm__text_context_new();
    hall->requests = requests;
    hall->units = g_array_new(FALSE, FALSE, sizeof(FmLabelUnit));
    g_array_set_clear_func(hall->units, (GDestroyNotify)fm__label_unit_clear);
    for (gsize i = 0; i < n; i++)
        fm__label_shape(hall->context, &requests[i], i, frame, hall->units);
    hall->obstacles = fm__obstacle_set_new(NULL, 0, frame);
    hall->seating = fm__seating_new(requests, n, hall->units, hall->obstacles, frame);
    return hall;
}

void hall_free(Hall *hall)
{
    fm__seating_free(hall->seating);
    fm__obstacle_set_free(hall->obstacles);
    g_array_unref(hall->units);
    fm__text_context_free(hall->context);
    g_free(hall);
}
