/* The verdict on a layer's coordinate system.  A test is clear when its best system beats each
 * rival by a paired test, by a wide margin, and fits in itself.  Tests that name their feature (the
 * road in the address, the feature of the same name, the stated area) outrank the nearest feature,
 * which in a dense network is near wherever one stands, and the pattern in which places lie to the
 * lines; among equals, clear tests must agree. */
#include "check-internal.h"

#include <math.h>
#include <string.h>

/* The chance of a wrong winner that is accepted, over all rivals of a test. */
#define ACCEPTED_P 0.01
/* The winner's median misfit is at most this part of each rival's. */
#define CLEAR_RATIO (2.0 / 3)
/* ... and at most this part of the smallest shift between the systems. */
#define FITTING_PART 0.5
/* Of positions that state their area, so many lie inside when the system is right. */
#define FITTING_SHARE 0.8

/* ---- one test --------------------------------------------------------------------------- */

static void summarise(FmEvidence *evidence, const double *misfits, double *means, double **columns)
{
    gsize n = evidence->n;
    for (guint s = 0; s < FM_N_SYSTEMS; s++) {
        columns[s] = g_new0(double, n);
        evidence->median_m[s] = evidence->inside[s] = means[s] = (double)NAN;
        if (!evidence->usable[s])
            continue;
        gsize n_inside = 0;
        double sum = 0;
        for (gsize i = 0; i < n; i++) {
            columns[s][i] = misfits[i * FM_N_SYSTEMS + s];
            n_inside += columns[s][i] <= 0;
            sum += columns[s][i];
        }
        evidence->median_m[s] = fm_check_median(columns[s], n);
        evidence->inside[s] = (double)n_inside / (double)n;
        means[s] = sum / (double)n;
    }
}

/* Is system a better than b?  Areas by the share inside, the rest by the median; then the mean. */
static gboolean better(const FmEvidence *evidence, const double *means, guint a, guint b)
{
    const double *medians = evidence->median_m, *inside = evidence->inside;
    if (evidence->kind == FM_EVIDENCE_STATED_AREA && fabs(inside[a] - inside[b]) > 0)
        return inside[a] > inside[b];
    if (evidence->kind != FM_EVIDENCE_STATED_AREA && fabs(medians[a] - medians[b]) > 0)
        return medians[a] < medians[b];
    return means[a] < means[b];
}

static guint find_best(const FmEvidence *evidence, const double *means, guint except)
{
    guint best = FM_N_SYSTEMS;
    for (guint s = 0; s < FM_N_SYSTEMS; s++)
        if (evidence->usable[s] && s != except &&
            (best == FM_N_SYSTEMS || better(evidence, means, s, best)))
            best = s;
    return best;
}

/* Why the test is not clear; NULL when it is.  Transfer full. */
static char *doubt(const FmEvidence *evidence, double shift_m)
{
    guint best = evidence->best, second = evidence->second;
    if (evidence->p >= ACCEPTED_P)
        return g_strdup_printf("%s and %s fit about equally well (p = %.2g)", fm_system_name(best),
                               fm_system_name(second), evidence->p);
    if (evidence->kind == FM_EVIDENCE_STATED_AREA) {
        if (evidence->inside[best] >= FITTING_SHARE)
            return NULL;
        return g_strdup_printf("only %.0f %% lie inside under the best system",
                               100 * evidence->inside[best]);
    }
    if (evidence->median_m[best] > CLEAR_RATIO * evidence->median_m[second])
        return g_strdup_printf("%.0f m under %s is not clearly less than %.0f m under %s",
                               evidence->median_m[best], fm_system_name(best),
                               evidence->median_m[second], fm_system_name(second));
    if (evidence->median_m[best] > FITTING_PART * shift_m)
        return g_strdup_printf("even the best system misses by %.0f m", evidence->median_m[best]);
    return NULL;
}

void fm_evidence_judge(FmEvidence *evidence, const double *misfits, double shift_m)
{
    double means[FM_N_SYSTEMS];
    double *columns[FM_N_SYSTEMS];
    guint n_rivals = 0;
    summarise(evidence, misfits, means, columns);
    guint best = find_best(evidence, means, FM_N_SYSTEMS);
    guint second = find_best(evidence, means, best);
    evidence->best = best;
    evidence->second = second == FM_N_SYSTEMS ? best : second;
    evidence->p = 0;
    for (guint s = 0; s < FM_N_SYSTEMS; s++) {
        if (!evidence->usable[s] || s == best)
            continue;
        n_rivals++;
        double p = fm_signed_rank_p(columns[best], columns[s], evidence->n);
        evidence->p = MAX(evidence->p, p);
    }
    evidence->p = MIN(1, evidence->p * n_rivals); /* Bonferroni: the winner was chosen */
    for (guint s = 0; s < FM_N_SYSTEMS; s++)
        g_free(columns[s]);
    evidence->why = doubt(evidence, shift_m);
    evidence->clear = evidence->why == NULL;
}

/* ---- the layer -------------------------------------------------------------------------- */

static const char *kind_text(FmEvidenceKind kind)
{
    static const char *const texts[] = {"the road that the row names", "the feature of its name",
                                        "the area that the row names", "the nearest feature",
                                        "the nearest line"};
    return texts[kind];
}

/* Does the row itself name what it is measured to? */
static gboolean is_by_name(const FmEvidence *test)
{
    return test->kind != FM_EVIDENCE_NEAREST && test->kind != FM_EVIDENCE_PATTERN;
}

/* The system that the clear tests of one rank agree on; FM_N_SYSTEMS when there is none, and then
 * `conflict` says whether they disagree. */
static guint agreed(const GPtrArray *evidence, gboolean by_name, const FmEvidence **decisive,
                    gboolean *conflict)
{
    guint system = FM_N_SYSTEMS;
    for (guint i = 0; i < evidence->len; i++) {
        const FmEvidence *test = g_ptr_array_index(evidence, i);
        if (!test->clear || is_by_name(test) != by_name)
            continue;
        if (system != FM_N_SYSTEMS && system != test->best) {
            *conflict = TRUE;
            return FM_N_SYSTEMS;
        }
        if (system == FM_N_SYSTEMS)
            *decisive = test;
        system = test->best;
    }
    return system;
}

static char *why_not(const GPtrArray *evidence, gboolean conflict)
{
    if (conflict)
        return g_strdup("cannot tell: the references contradict each other");
    if (evidence->len == 0)
        return g_strdup("cannot tell: no reference to measure against; load roads, or districts "
                        "that the rows name, or name a layer with --against");
    const FmEvidence *first = g_ptr_array_index(evidence, 0);
    return g_strdup_printf("cannot tell: against '%s' %s", first->reference, first->why);
}

static char *what_fits(const FmEvidence *test, guint system, gboolean as_loaded)
{
    const char *reading = as_loaded ? ", as it was loaded" : "";
    if (test->kind == FM_EVIDENCE_STATED_AREA)
        return g_strdup_printf("%s%s: %.1f %% of %" G_GSIZE_FORMAT
                               " lie in %s ('%s'), under %s %.1f %% (p = %.1g)",
                               fm_system_name(system), reading, 100 * test->inside[system], test->n,
                               kind_text(test->kind), test->reference, fm_system_name(test->second),
                               100 * test->inside[test->second], test->p);
    if (test->kind == FM_EVIDENCE_PATTERN)
        return g_strdup_printf("%s%s: the places keep a distance to '%s' (a median %.0f m, n = "
                               "%" G_GSIZE_FORMAT ") that copies moved at random do not "
                               "(departure %.2f, of a copy at most %.2f, p = %.1g), under %s %.2f",
                               fm_system_name(system), reading, test->reference,
                               test->median_m[system], test->n, test->departure[system],
                               test->chance, test->p, fm_system_name(test->second),
                               test->departure[test->second]);
    return g_strdup_printf("%s%s: a median %.0f m to %s ('%s', n = %" G_GSIZE_FORMAT
                           "), under %s %.0f m (p = %.1g)",
                           fm_system_name(system), reading, test->median_m[system],
                           kind_text(test->kind), test->reference, test->n,
                           fm_system_name(test->second), test->median_m[test->second], test->p);
}

/* What to pass to --crs. */
static const char *advice(guint system)
{
    static const char *const texts[FM_N_SYSTEMS] = {
        "load it again with --crs EPSG:4326",
        "load it again with --crs GCJ-02",
        "load it again with --crs BD-09",
        "the numbers are UTM: load it again with the UTM zone as --crs",
        "the numbers are Gauss-Kruger: load it again with that zone as --crs",
    };
    return texts[system];
}

void fm_datum_judge(FmLayerCheck *check, const FmLayer *layer, const FmSystems *systems,
                    const FmReferences *references, GPtrArray *findings)
{
    check->loaded_as = check->system = systems->loaded_as;
    check->evidence = fm_evidence_collect(layer, systems, references);
    gboolean conflict = FALSE;
    const FmEvidence *decisive = NULL;
    guint system = agreed(check->evidence, TRUE, &decisive, &conflict);
    if (system == FM_N_SYSTEMS && !conflict)
        system = agreed(check->evidence, FALSE, &decisive, &conflict);
    if (system == FM_N_SYSTEMS) {
        check->verdict = FM_VERDICT_CANNOT_TELL;
        check->why = why_not(check->evidence, conflict);
        return;
    }
    gboolean as_loaded = system == systems->loaded_as;
    check->system = system;
    check->verdict = as_loaded ? FM_VERDICT_FITS : FM_VERDICT_OTHER;
    check->why = what_fits(decisive, system, as_loaded);
    if (!as_loaded)
        fm_finding_add(findings, FM_CHECK_SYSTEM, FM_SEVERITY_ERROR, layer, G_MAXSIZE,
                       fm_system_name(system), "%s; %s", advice(system), check->why);
}
