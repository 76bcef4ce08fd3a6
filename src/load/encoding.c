/* Finding out a text's encoding.  A byte order mark says it; NULs at every other place are UTF-16;
 * otherwise each candidate reads the text line by line, and the model of encoding-model.c says how
 * likely it is in each.  A verdict needs odds of MIN_ODDS; text that fits nothing well, or two of
 * them, is refused and shown in each: a wrong guess would load as other characters, which no check
 * on rows can see.
 *
 * Lines are judged one by one as well, since files put together from two hold two encodings. */
#include "encoding.h"

#include "encoding-model.h"

#include <math.h>
#include <string.h>

/* log10 of what makes a verdict, and of what makes a single line contradict it. */
#define MIN_ODDS 2.0
#define LINE_ODDS 8.0
/* UTF-8 that has held for so many characters is not questioned any more. */
#define SETTLED_CHARS 4096u
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
#define SAMPLE_SIZE 48u
#define SHOWN_ODDS 9.0

/* log10 of how likely each candidate is before the text is looked at: ours is a tool for lists from
 * the Chinese mainland, most of which are UTF-8 by now. */
static const double priors[FM_N_TEXTS] = {[FM_TEXT_UTF8] = 2, [FM_TEXT_GB18030] = 1};

struct FmEncodingDetector {
    FmTextModel *model;
    FmTextMachine machines[FM_N_TEXTS];
    double totals[FM_N_TEXTS];
    gsize first_invalid[FM_N_TEXTS];   /* line, 0 = none */
    gsize first_sure_utf8, first_high; /* lines, 0 = none */
    gboolean line_is_high, settled, may_be_cut;
    gsize line, n_bytes, n_high, n_controls, n_nuls[2];
    char head[3], sample[SAMPLE_SIZE];
    gsize n_sample;
    gboolean sample_done;
};

void fm_encoding_clear(FmEncoding *encoding)
{
    g_clear_pointer(&encoding->note, g_free);
}

FmEncodingDetector *fm_encoding_detector_new(void)
{
    FmEncodingDetector *detector = g_new0(FmEncodingDetector, 1);

    detector->model = fm_text_model_new();
    detector->line = 1;
    return detector;
}

void fm_encoding_detector_free(FmEncodingDetector *detector)
{
    if (detector != NULL) {
        fm_text_model_free(detector->model);
        g_free(detector);
    }
}

void fm_encoding_detector_allow_cuts(FmEncodingDetector *detector)
{
    detector->may_be_cut = TRUE;
}

/* ---- bytes ---- */

static gboolean is_ascii(const char *bytes, gsize n)
{
    guint64 word = 0, all = 0;

    for (; n >= sizeof word; bytes += sizeof word, n -= sizeof word) {
        memcpy(&word, bytes, sizeof word);
        all |= word;
    }
    for (; n > 0; n--) {
        all |= (guint8)*bytes++;
    }
    return (all & G_GUINT64_CONSTANT(0x8080808080808080)) == 0;
}

static void count_nuls(FmEncodingDetector *detector, const char *bytes, gsize n)
{
    for (const char *c = bytes; (c = memchr(c, '\0', n - (gsize)(c - bytes))) != NULL; c++) {
        detector->n_nuls[(detector->n_bytes + (gsize)(c - bytes)) & 1]++;
    }
}

static void count_high(FmEncodingDetector *detector, const char *bytes, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        detector->n_high += (guint8)bytes[i] >= 0x80;
        detector->n_controls += g_ascii_iscntrl(bytes[i]) && strchr("\t\r\f", bytes[i]) == NULL;
    }
}

/* Keeps the first value with a byte beyond ASCII, from its separator to the next. */
static void take_sample(FmEncodingDetector *detector, const char *bytes, gsize n)
{
    static const char separators[] = ",;\t|\"\r";
    gsize first = 0;

    while (first < n && (guint8)bytes[first] < 0x80) {
        first++;
    }
    gsize from = first;
    while (from > 0 && strchr(separators, bytes[from - 1]) == NULL) {
        from--;
    }
    from = first - from > SAMPLE_SIZE / 2 ? first : from;
    for (gsize i = from; i < n && detector->n_sample < SAMPLE_SIZE; i++) {
        if (bytes[i] != '\0' && strchr(separators, bytes[i]) != NULL) {
            break;
        }
        detector->sample[detector->n_sample++] = bytes[i];
    }
    detector->sample_done = TRUE;
}

/* ---- lines ---- */

/* A line that is UTF-8 beyond doubt has it with every sequence valid: only asked when it does. */
static gboolean is_sure_utf8(const double scores[FM_N_TEXTS])
{
    for (guint kind = FM_TEXT_UTF8 + 1; kind < FM_N_TEXTS; kind++) {
        if (scores[FM_TEXT_UTF8] - scores[kind] < LINE_ODDS) {
            return FALSE;
        }
    }
    return TRUE;
}

static void end_line(FmEncodingDetector *detector)
{
    double scores[FM_N_TEXTS];

    for (guint kind = 0; kind < FM_N_TEXTS; kind++) {
        FmTextMachine *machine = &detector->machines[kind];
        fm_text_machine_end(machine);
        machine->after_letter = machine->after_accent = FALSE;
        if (machine->n_invalid > 0 && detector->first_invalid[kind] == 0) {
            detector->first_invalid[kind] = detector->line;
        }
        scores[kind] = machine->score;
        detector->totals[kind] += machine->score;
        machine->score = 0;
    }
    if (detector->first_sure_utf8 == 0 && is_sure_utf8(scores)) {
        detector->first_sure_utf8 = detector->line;
    }
    detector->line_is_high = FALSE;
    detector->settled = detector->machines[FM_TEXT_UTF8].n_invalid == 0 &&
                        detector->machines[FM_TEXT_UTF8].n_chars >= SETTLED_CHARS;
}

/* A line or a part of it, without its end. */
static void feed_line(FmEncodingDetector *detector, const char *bytes, gsize n)
{
    if (!detector->line_is_high && is_ascii(bytes, n)) {
        return;
    }
    if (detector->first_high == 0) {
        detector->first_high = detector->line;
    }
    if (!detector->sample_done) {
        take_sample(detector, bytes, n);
    }
    count_high(detector, bytes, n);
    for (guint kind = 0; kind < FM_N_TEXTS; kind++) {
        fm_text_machine_feed(&detector->machines[kind], detector->model, kind, bytes, n);
    }
    detector->line_is_high = TRUE;
}

/* Whole lines of settled UTF-8, or what of them is there: only its validity is looked at. */
static void feed_settled(FmEncodingDetector *detector, const char *bytes, gsize n)
{
    FmTextMachine *machine = &detector->machines[FM_TEXT_UTF8];
    const char *end = bytes + n, *at = bytes;

    while (at < end && machine->n_invalid == 0) {
        gsize rest = (gsize)(end - at);
        const char *from = at;
        if (machine->n_pending > 0 || g_utf8_validate_len(at, rest, &at) || *at == '\0' ||
            end - at < 4) {
            /* A character across a border, or a NUL, byte by byte. */
            for (const char *c = from; c < at; c++) {
                detector->line += *c == '\n';
            }
            if (at < end) {
                fm_text_machine_feed(machine, detector->model, FM_TEXT_UTF8, at, 1);
                detector->line += *at++ == '\n';
            }
        } else {
            for (const char *c = from; c < at; c++) {
                detector->line += *c == '\n';
            }
            machine->n_invalid++;
        }
    }
    if (machine->n_invalid > 0 && detector->first_invalid[FM_TEXT_UTF8] == 0) {
        detector->first_invalid[FM_TEXT_UTF8] = detector->line;
    }
}

void fm_encoding_detector_feed(FmEncodingDetector *detector, const char *bytes, gsize n)
{
    const char *at = bytes, *end = bytes + n;

    for (gsize i = 0; i < n && detector->n_bytes + i < sizeof detector->head; i++) {
        detector->head[detector->n_bytes + i] = bytes[i];
    }
    count_nuls(detector, bytes, n);
    detector->n_bytes += n;
    while (at < end && !detector->settled) {
        const char *line_end = memchr(at, '\n', (gsize)(end - at));
        feed_line(detector, at, (gsize)((line_end != NULL ? line_end : end) - at));
        if (line_end == NULL) {
            return;
        }
        if (detector->line_is_high) {
            end_line(detector);
        }
        detector->line++;
        at = line_end + 1;
    }
    feed_settled(detector, at, (gsize)(end - at));
}

/* ---- the verdict ---- */

/* The encoding that a byte order mark declares; NULL when there is none. */
static const char *encoding_of_mark(const FmEncodingDetector *detector)
{
    static const struct {
        const char *mark;
        gsize length;
        const char *encoding;
    } marks[] = {
        {"\xEF\xBB\xBF", 3, "UTF-8"}, {"\xFF\xFE", 2, "UTF-16LE"}, {"\xFE\xFF", 2, "UTF-16BE"}};

    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (detector->n_bytes >= marks[i].length &&
            memcmp(detector->head, marks[i].mark, marks[i].length) == 0) {
            return marks[i].encoding;
        }
    }
    return NULL;
}

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
        gsize slack = detector->n_sample == SAMPLE_SIZE ? 3 : 0; /* of a character cut in two */
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
        end_line(detector);
    }
    *out = (FmEncoding){.encoding = encoding_of_mark(detector)};
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
