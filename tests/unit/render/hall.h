/* A seating with everything that it borrows. */
#ifndef HALL_H
#define HALL_H

#include "label-fixture.h"
#include "label-place.h"

typedef struct {
    FmTextContext *context;
    const FmLabelRequest *requests;
    GArray *units;
    FmObstacleSet *obstacles;
    FmSeating *seating;
} Hall;

/* Borrows the requests. */
Hall *hall_new(const FmLabelRequest *requests, gsize n, FmPageRect frame);
void hall_free(Hall *hall);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Hall, hall_free)

#endif
