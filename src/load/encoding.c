/* Finding out a text's encoding: what its bytes say, line by line.  A byte order mark says it; NULs
 * at every other place are UTF-16; otherwise each candidate reads the text, and the model of
 * encoding-model.c says how likely it is in each.  encoding-verdict.c judges.
 *
 * Lines are judged one by one as well, since files put together from two hold two encodings. */
#include "encoding-detector.h"

#include <string.h>

/* log10 of what makes a single line contradict the others. */
#define LINE_ODDS 8.0
/* UTF-8 that has held for so many characters is not questioned any more. */
#define SETTLED_CHARS 4096u

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
    from = first - from > FM_ENCODING_SAMPLE_BYTES / 2 ? first : from;
    for (gsize i = from; i < n && detector->n_sample < FM_ENCODING_SAMPLE_BYTES; i++) {
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

void fm_encoding_detector_end_line(FmEncodingDetector *detector)
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
            fm_encoding_detector_end_line(detector);
        }
        detector->line++;
        at = line_end + 1;
    }
    feed_settled(detector, at, (gsize)(end - at));
}
