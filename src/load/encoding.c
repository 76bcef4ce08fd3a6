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

static const char separators[] = ",;\t|\"\r";

/* Adds to the sample, the first value with a byte beyond ASCII, up to the next separator. */
static void take_sample(FmEncodingDetector *detector, const char *bytes, gsize n)
{
    for (gsize i = 0; i < n && !detector->sample_done; i++) {
        if (bytes[i] != '\0' && strchr(separators, bytes[i]) != NULL) {
            detector->sample_done = TRUE;
        } else {
            detector->sample[detector->n_sample++] = bytes[i];
            detector->sample_done = detector->n_sample == FM_ENCODING_SAMPLE_BYTES;
        }
    }
}

/* The sample begins behind the last separator, unless that is too far back. */
static void begin_sample(FmEncodingDetector *detector)
{
    const char *before = detector->before;
    gsize n = detector->n_before, from = n;

    while (from > 0 && strchr(separators, before[from - 1]) == NULL) {
        from--;
    }
    from = n - from > FM_ENCODING_SAMPLE_BYTES / 2 ? n : from;
    take_sample(detector, before + from, n - from);
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
    detector->sample_done = TRUE;
    detector->settled = detector->machines[FM_TEXT_UTF8].n_invalid == 0 &&
                        detector->machines[FM_TEXT_UTF8].n_chars >= SETTLED_CHARS;
}

/* The last of the line's bytes that are all ASCII so far. */
static void keep_before(FmEncodingDetector *detector, const char *bytes, gsize n)
{
    gsize taken = MIN(n, sizeof detector->before);
    gsize kept = MIN(detector->n_before, sizeof detector->before - taken);

    memmove(detector->before, detector->before + detector->n_before - kept, kept);
    memcpy(detector->before + kept, bytes + n - taken, taken);
    detector->n_before = kept + taken;
}

static gsize ascii_length(const char *bytes, gsize n)
{
    gsize length = 0;

    while (length < n && (guint8)bytes[length] < 0x80) {
        length++;
    }
    return length;
}

static void feed_high(FmEncodingDetector *detector, const char *bytes, gsize n)
{
    count_high(detector, bytes, n);
    for (guint kind = 0; kind < FM_N_TEXTS; kind++) {
        fm_text_machine_feed(&detector->machines[kind], detector->model, kind, bytes, n);
    }
}

/* The next bytes of the line are the first beyond ASCII: what was kept before them counts, too. */
static void begin_high_line(FmEncodingDetector *detector)
{
    if (detector->first_high == 0) {
        detector->first_high = detector->line;
        begin_sample(detector);
    }
    feed_high(detector, detector->before, detector->n_before);
    detector->line_is_high = TRUE;
}

/* A line or a part of it, without its end.  What is found out is the same in whatever pieces text
 * comes, so the ASCII before the first byte beyond it is kept, and of all of it so much. */
static void feed_line(FmEncodingDetector *detector, const char *bytes, gsize n, gboolean is_whole)
{
    if (!detector->line_is_high) {
        gsize n_ascii = is_ascii(bytes, n) ? n : ascii_length(bytes, n);
        if (n_ascii == n && is_whole) {
            return;
        }
        keep_before(detector, bytes, n_ascii);
        bytes += n_ascii;
        n -= n_ascii;
        if (n == 0) {
            return;
        }
        begin_high_line(detector);
    }
    take_sample(detector, bytes, n);
    feed_high(detector, bytes, n);
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
        feed_line(detector, at, (gsize)((line_end != NULL ? line_end : end) - at),
                  line_end != NULL);
        if (line_end == NULL) {
            return;
        }
        detector->n_before = 0;
        if (detector->line_is_high) {
            fm_encoding_detector_end_line(detector);
        }
        detector->line++;
        at = line_end + 1;
    }
    feed_settled(detector, at, (gsize)(end - at));
}
