/* Local search over a whole placement, after the greedy one. */
#ifndef FACMAP_RENDER_LABEL_SEARCH_H
#define FACMAP_RENDER_LABEL_SEARCH_H

#include "label-place.h"

/* What a placement is worth: the less, the better.  The price of each seat, and for each unit
 * without one its weight. */
double fm__label_energy(const FmSeating *seating, const double *weights);

/* Improve the placement by compound moves drawn with `seed`: `per_unit` for each unit that does not
 * have its best place, `at_most` in all.
 * weights: per unit, the price of having no seat; 0 = it is not to be seated.  More than that of
 *          any candidate
 * The result is no worse than what was there, and the same on every run. */
void fm__label_search(FmSeating *seating, const double *weights, guint per_unit, guint at_most,
                      guint32 seed);

#endif
