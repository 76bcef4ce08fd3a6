/* The verdict on a text's encoding.  It needs odds of MIN_ODDS; text that fits nothing well, or two
 * encodings, is refused and shown in each: a wrong guess would load as other characters, which no
 * check on rows can see. */
#include "encoding-detector.h"

#include <math.h>
#include <string.h>

/* log10 of what makes a verdict. */
#define MIN_ODDS 2.0
/* From here on, text must consist of what such text usually consists of, to this share. */
#define JUDGED_CHARS 20u
#define MIN_USUAL_SHARE 0.2
#define MIN_WESTERN_SHARE 0.5
/* Binary data: control characters beside the bytes beyond ASCII. */
#define MAX_CONTROL_SHARE 0.02
/* UTF-16: code units that have an ASCII character, and how much the other half may have of NULs. */
#define MIN_UTF16_SHARE 0.02
#define SURE_UTF16_SHARE 0.25
#define UTF16_RATIO 4
#define SHOWN_ODDS 9.0

/* log10 of how likely each candidate is before the text is looked at: ours is a tool for lists from
 * the Chinese mainland, most of which are UTF-8 by now. */
static const double priors[FM_N_TEXTS] = {[FM_TEXT_UTF8] = 2, [FM_TEXT_GB18030] = 1};

/* An ASCII character has its NUL after it in little-endian UTF-16, and before it in big-endian. */
static const char *encoding_of_nuls(const FmEncodingDetector *detector)
{
    const gsize *n = detector->n_nuls;
    gsize more = MAX(n[0], n[1]), fewer = MIN(n[0], n[1]);

    double share = (double)more / (double)MAX(detector->n_bytes, 1);

    if (more < 2 || share < MIN_UTF16_SHARE || fewer > more / UTF16_RATIO ||
        detector->n_bytes % 2 != 0) {
        return NULL;
    }
    /* A few NULs may have come into other text; Chinese UTF-16 is never valid UTF-8 besides. */
    if (share < SURE_UTF16_SHARE && detector->first_invalid[FM_TEXT_UTF8] == 0) {
        return NULL;
    }
    return n[1] > n[0] ? "UTF-16LE" : "UTF-16BE";
}

/* "'学校' as GB18030, …": the sample in each encoding that has it. */
static char *describe_sample(const FmEncodingDetector *detector)
{
    GString *text = g_string_new(NULL);

    for (guint kind = 0; kind < FM_N_TEXTS; kind++) {
        g_autofree char *shown = NULL;
        gsize slack =
            detector->n_sample == FM_ENCODING_SAMPLE_BYTES ? 3 : 0; /* of a character cut in two */
        for (gsize cut = 0; shown == NULL && cut <= slack; cut++) {
            shown = g_convert(detector->sample, (gssize)(detector->n_sample - cut), "UTF-8",
                              fm_text_kind_name(kind), NULL, NULL, NULL);
        }
        /* iconv lets through what Unicode does not: surrogates, and what lies beyond it. */
        if (shown != NULL && g_utf8_validate(shown, -1, NULL)) {
            for (char *c = shown; *c != '\0'; c++) {
                *c = g_ascii_iscntrl(*c) ? '?' : *c;
            }
            g_string_append_printf(text, "%s'%s' as %s", text->len > 0 ? ", " : "", shown,
                                   fm_text_kind_name(kind));
        }
    }
    return g_string_free(text, FALSE);
}

static gboolean fail_to_tell(const FmEncodingDetector *detector, const char *name, const char *unit,
                             GError **error)
{
    g_autofree char *readings = describe_sample(detector);

    g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                "%s: %s %" G_GSIZE_FORMAT ": not sure to be UTF-8 or any other encoding%s%s; pass "
                "--encoding with the right one",
                name, unit, detector->first_high, *readings != '\0' ? ": it reads " : "", readings);
    return FALSE;
}

/* The two likeliest candidates. */
static void rank(const FmEncodingDetector *detector, FmTextKind *best, FmTextKind *second)
{
    double scores[FM_N_TEXTS];

    for (guint kind = 0; kind < FM_N_TEXTS; kind++) {
        scores[kind] = detector->totals[kind] + priors[kind];
    }
    *best = FM_TEXT_UTF8;
    for (guint kind = 1; kind < FM_N_TEXTS; kind++) {
        *best = scores[kind] > scores[*best] ? (FmTextKind)kind : *best;
    }
    *second = *best == FM_TEXT_UTF8 ? FM_TEXT_GB18030 : FM_TEXT_UTF8;
    for (guint kind = 0; kind < FM_N_TEXTS; kind++) {
        *second = kind != *best && scores[kind] > scores[*second] ? (FmTextKind)kind : *second;
    }
}

static double odds_between(const FmEncodingDetector *detector, FmTextKind best, FmTextKind second)
{
    return detector->totals[best] + priors[best] - detector->totals[second] - priors[second];
}

/* Does the text look like text of its kind, apart from being the best of the candidates? */
static gboolean is_plausible(const FmEncodingDetector *detector, FmTextKind kind)
{
    const FmTextMachine *machine = &detector->machines[kind];
    gsize n = machine->n_chars + machine->n_invalid;
    double share = (double)machine->n_usual / (double)MAX(n, 1);

    if ((double)detector->n_controls > MAX_CONTROL_SHARE * (double)detector->n_high + 1) {
        return FALSE;
    }
    if (kind == FM_TEXT_WESTERN && share < MIN_WESTERN_SHARE) {
        return FALSE;
    }
    if (n < JUDGED_CHARS && !detector->may_be_cut) {
        return machine->n_invalid == 0;
    }
    return share >= MIN_USUAL_SHARE && (double)machine->n_invalid <= MIN_USUAL_SHARE * (double)n;
}

/* Two encodings in one file, or bytes that are none: the line that is at odds with the others. */
static gboolean check_lines(const FmEncodingDetector *detector, FmTextKind best, const char *name,
                            const char *unit, GError **error)
{
    gsize invalid = detector->may_be_cut ? 0 : detector->first_invalid[best];

    if (best == FM_TEXT_UTF8 && invalid > 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "%s: %s %" G_GSIZE_FORMAT ": not UTF-8, as the rest is; correct it, or pass "
                    "--encoding UTF-8 to have only such rows rejected",
                    name, unit, invalid);
        return FALSE;
    }
    if (best != FM_TEXT_UTF8 && detector->first_sure_utf8 > 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "%s: %s %" G_GSIZE_FORMAT " is UTF-8, but %s %" G_GSIZE_FORMAT
                    " is %s; save the file in one encoding, or pass --encoding UTF-8 to have the "
                    "others rejected",
                    name, unit, detector->first_sure_utf8, unit,
                    detector->first_invalid[FM_TEXT_UTF8], fm_text_kind_name(best));
        return FALSE;
    }
    if (invalid > 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_DATA,
                    "%s: %s %" G_GSIZE_FORMAT
                    ": bytes that are not %s, as the rest is; correct them, or pass --encoding",
                    name, unit, invalid, fm_text_kind_name(best));
        return FALSE;
    }
    return TRUE;
}

/* "read as GB18030: found out from 120 characters (BIG5 is 10^9 times less likely)". */
static char *describe(const FmEncodingDetector *detector, FmTextKind best, FmTextKind second)
{
    double odds = floor(odds_between(detector, best, second));

    return g_strdup_printf("read as %s: found out from %" G_GSIZE_FORMAT
                           " characters (%s is %s10^%.0f times less likely)",
                           fm_text_kind_name(best), detector->machines[best].n_chars,
                           fm_text_kind_name(second), odds > SHOWN_ODDS ? "over " : "",
                           MIN(odds, SHOWN_ODDS));
}

gboolean fm_encoding_detector_finish(FmEncodingDetector *detector, const char *name,
                                     const char *unit, FmEncoding *out, GError **error)
{
    FmTextKind best = FM_TEXT_UTF8, second = FM_TEXT_GB18030;

    if (detector->line_is_high) {
        fm_encoding_detector_end_line(detector);
    }
    *out = (FmEncoding){.encoding = fm_encoding_of_mark(
                            detector->head, MIN(detector->n_bytes, sizeof detector->head))};
    if (out->encoding != NULL) {
        return TRUE;
    }
    out->encoding = encoding_of_nuls(detector);
    if (out->encoding != NULL) {
        out->note = g_strdup_printf("read as %s: found out from its NULs", out->encoding);
        return TRUE;
    }
    out->encoding = fm_text_kind_name(FM_TEXT_UTF8);
    if (detector->first_high == 0) {
        return TRUE;
    }
    rank(detector, &best, &second);
    if (detector->settled) {
        return check_lines(detector, FM_TEXT_UTF8, name, unit, error);
    }
    gboolean mixed = best != FM_TEXT_UTF8 && detector->first_sure_utf8 > 0;
    if (!mixed && (odds_between(detector, best, second) < MIN_ODDS ||
                   (best != FM_TEXT_UTF8 && !is_plausible(detector, best)))) {
        return fail_to_tell(detector, name, unit, error);
    }
    if (!check_lines(detector, best, name, unit, error)) {
        return FALSE;
    }
    out->encoding = fm_text_kind_name(best);
    out->note = best != FM_TEXT_UTF8 ? describe(detector, best, second) : NULL;
    return TRUE;
}
