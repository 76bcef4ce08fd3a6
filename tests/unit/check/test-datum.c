/* Verdicts: clear where the data are, and "cannot tell" with the reason where they are not. */
#include "fm-unit.h"
#include "town.h"

#include <math.h>
#include <string.h>

enum { ROWS = 40 };

/* A test of ROWS positions whose misfits are `best_m` under WGS 84 and others elsewhere. */
static FmEvidence *judged(FmEvidenceKind kind, double best_m, double other_m, double shift_m)
{
    double misfits[ROWS * FM_N_SYSTEMS] = {0};
    FmEvidence *evidence = g_new0(FmEvidence, 1);
    evidence->kind = kind;
    evidence->n = ROWS;
    for (guint s = FM_SYSTEM_WGS84; s <= FM_SYSTEM_BD09; s++)
        evidence->usable[s] = TRUE;
    for (gsize i = 0; i < ROWS; i++) {
        double noise = 1 + 0.01 * (double)(i % 7);
        misfits[i * FM_N_SYSTEMS + FM_SYSTEM_WGS84] = best_m * noise;
        misfits[i * FM_N_SYSTEMS + FM_SYSTEM_GCJ02] = other_m * noise;
        misfits[i * FM_N_SYSTEMS + FM_SYSTEM_BD09] = 2 * other_m * noise;
    }
    fm_evidence_judge(evidence, misfits, shift_m);
    return evidence;
}

static void test_clear(void)
{
    g_autoptr(FmEvidence) evidence = judged(FM_EVIDENCE_NEAREST, 40, 500, 500);
    g_assert_true(evidence->clear);
    g_assert_null(evidence->why);
    g_assert_cmpuint(evidence->best, ==, FM_SYSTEM_WGS84);
    g_assert_cmpuint(evidence->second, ==, FM_SYSTEM_GCJ02);
    g_assert_true(isnan(evidence->median_m[FM_SYSTEM_UTM_AS_GK]));
    /* twice the p of the rank test: two rivals */
    double a[ROWS], b[ROWS];
    for (gsize i = 0; i < ROWS; i++) {
        a[i] = 40 * (1 + 0.01 * (double)(i % 7));
        b[i] = 500 * (1 + 0.01 * (double)(i % 7));
    }
    g_assert_cmpfloat_with_epsilon(evidence->p, 2 * fm_signed_rank_p(a, b, ROWS), 1e-12);
}

static void test_doubt(void)
{
    g_autoptr(FmEvidence) close = judged(FM_EVIDENCE_NEAREST, 40, 45, 500);
    g_assert_false(close->clear);
    g_assert_nonnull(strstr(close->why, "not clearly less"));
    g_autoptr(FmEvidence) poor = judged(FM_EVIDENCE_NAMED_LINE, 400, 900, 500);
    g_assert_nonnull(strstr(poor->why, "even the best"));
    g_autoptr(FmEvidence) same = judged(FM_EVIDENCE_NEAREST, 40, 40, 500);
    g_assert_nonnull(strstr(same->why, "equally well"));
    g_autoptr(FmEvidence) outside = judged(FM_EVIDENCE_STATED_AREA, 400, 900, 500);
    g_assert_nonnull(strstr(outside->why, "only 0 %"));
}

static void judge(FmTable *table, const FmReferences *references, FmLayerCheck *check,
                  GPtrArray *findings)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FmLayer) layer = fm_check_layer_new("list", table);
    g_auto(FmSystems) systems = {0};
    fm_systems_init(&systems, "EPSG:4326", layer->middle, &error);
    g_assert_no_error(error);
    fm_datum_judge(check, layer, &systems, references, findings);
}

static void test_verdicts(void)
{
    g_autoptr(FmLineSet) lines = fm_line_set_new("street", town_streets());
    g_autoptr(FmAreaSet) areas = fm_area_set_new("area", town_districts());
    const FmReferences references = {.areas = areas, .lines = lines};
    static const char *const advice[] = {NULL, "--crs GCJ-02", "--crs BD-09"};
    for (guint system = FM_SYSTEM_WGS84; system <= FM_SYSTEM_BD09; system++) {
        g_autoptr(FmTable) table = town_schools();
        g_autoptr(GPtrArray) findings = fm_findings_new();
        FmLayerCheck check = {0};
        town_misread(table, system);
        judge(table, &references, &check, findings);
        g_assert_cmpuint(check.system, ==, system);
        if (system == FM_SYSTEM_WGS84) {
            g_assert_cmpuint(check.verdict, ==, FM_VERDICT_FITS);
            assert_no_findings(findings);
        } else {
            g_assert_cmpuint(check.verdict, ==, FM_VERDICT_OTHER);
            const FmFinding *finding = only_kind(findings, FM_CHECK_SYSTEM);
            g_assert_nonnull(strstr(finding->evidence, advice[system]));
        }
        g_ptr_array_unref(check.evidence);
        g_free(check.why);
    }
}

/* Streets that are themselves shifted contradict a list that is right; two that disagree decide
 * nothing. */
static void test_cannot_tell(void)
{
    FmTable *streets = town_streets();
    town_misread(streets, FM_SYSTEM_GCJ02);
    g_autoptr(FmLineSet) lines = fm_line_set_new("street", streets);
    g_autoptr(FmLineSet) known = fm_line_set_new("known", town_schools());
    g_autoptr(FmTable) table = town_schools();
    town_misread(table, FM_SYSTEM_GCJ02);
    for (int with = 0; with < 2; with++) {
        const FmReferences references = {.lines = with ? lines : NULL,
                                         .points = with ? known : NULL};
        g_autoptr(GPtrArray) findings = fm_findings_new();
        FmLayerCheck check = {0};
        judge(table, &references, &check, findings);
        g_assert_cmpuint(check.verdict, ==, FM_VERDICT_CANNOT_TELL);
        g_assert_true(g_str_has_prefix(check.why, "cannot tell"));
        assert_no_findings(findings);
        g_ptr_array_unref(check.evidence);
        g_free(check.why);
    }
}

void test_datum(void)
{
    g_test_add_func("/check/datum/clear", test_clear);
    g_test_add_func("/check/datum/doubt", test_doubt);
    g_test_add_func("/check/datum/verdicts", test_verdicts);
    g_test_add_func("/check/datum/cannot-tell", test_cannot_tell);
}
