/* One candidate encoding reading a stream: its coding scheme cuts the bytes into characters, whose
 * probabilities add up to the score. */
#include "encoding-model.h"

#include <string.h>

/* log10 of the probability of what is not one character of a class. */
#define SCORE_INVALID (-12.0)
/* An alphabet's letters: beside another letter, alone, and a capital where none is expected. */
#define SCORE_LETTER (-1.9)
#define SCORE_LONE_LETTER (-2.7)
/* Four bytes: characters that entered the standard in 2000 and later. */
#define SCORE_FOUR_BYTES (-7.5)
/* A sign or an accented letter among ASCII. */
#define SCORE_SYMBOL (-4.0)

/* ---- characters ---- */

static void add_char(FmTextMachine *machine, double score, gboolean usual)
{
    machine->score += score;
    machine->n_chars++;
    machine->n_usual += usual != FALSE;
}

static void add_invalid(FmTextMachine *machine)
{
    machine->score += SCORE_INVALID;
    machine->n_invalid++;
    machine->n_pending = 0;
    machine->after_letter = FALSE;
}

static void add_letter(FmTextMachine *machine, gboolean is_upper)
{
    gboolean at_home = machine->after_letter && !is_upper;

    add_char(machine, at_home ? SCORE_LETTER : SCORE_LONE_LETTER, at_home);
    machine->after_letter = TRUE;
}

static void add_class(FmTextMachine *machine, FmTextClass class)
{
    if (class == FM_CLASS_NONE) {
        add_invalid(machine);
        return;
    }
    add_char(machine, fm_text_class_score(class), class == FM_CLASS_USUAL);
    machine->n_pending = 0;
    machine->after_letter = FALSE;
}

static void add_unicode(FmTextMachine *machine, const FmTextModel *model, gunichar c)
{
    machine->n_pending = 0;
    if (fm_unicode_is_living_letter(c)) {
        add_letter(machine, g_unichar_isupper(c));
        return;
    }
    add_char(machine, fm_text_model_score(model, c), fm_text_model_has_usual(model, c));
    machine->after_letter = FALSE;
}

/* ---- coding schemes: each takes a byte and completes a character, or waits for more ---- */

static void add_ascii(FmTextMachine *machine, guint8 byte)
{
    machine->after_letter = g_ascii_isalpha((char)byte);
    machine->after_accent = FALSE;
}

static void begin(FmTextMachine *machine, guint8 byte)
{
    machine->pending[0] = byte;
    machine->n_pending = 1;
}

/* How many bytes a UTF-8 sequence has that begins so; 0 when none does. */
static guint utf8_length(guint8 lead)
{
    return lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
}

static void step_utf8(FmTextMachine *machine, const FmTextModel *model, guint8 byte)
{
    if (machine->n_pending > 0 && (byte & 0xC0) != 0x80) {
        add_invalid(machine);
    }
    if (machine->n_pending == 0) {
        if (byte < 0x80) {
            add_ascii(machine, byte);
        } else if (utf8_length(byte) > 0) {
            begin(machine, byte);
        } else {
            add_invalid(machine);
        }
        return;
    }
    guint length = utf8_length(machine->pending[0]);
    if (machine->n_pending + 1 < length) {
        machine->pending[machine->n_pending++] = byte;
        return;
    }
    char sequence[4];
    memcpy(sequence, machine->pending, machine->n_pending);
    sequence[length - 1] = (char)byte;
    gunichar c = g_utf8_get_char_validated(sequence, (gssize)length);
    if (c >= (gunichar)-2) {
        add_invalid(machine); /* overlong, a surrogate, or beyond Unicode */
    } else {
        add_unicode(machine, model, c);
    }
}

static void step_gb18030(FmTextMachine *machine, const FmTextModel *model, guint8 byte)
{
    gboolean is_digit = byte >= 0x30 && byte <= 0x39, is_lead = byte >= 0x81 && byte <= 0xFE;

    switch (machine->n_pending) {
    case 1:
        if (is_digit) {
            machine->pending[machine->n_pending++] = byte;
        } else {
            add_class(machine, model->gb[(guint)machine->pending[0] << 8 | byte]);
            if (byte < 0x40) {
                add_ascii(machine, byte);
            }
        }
        return;
    case 2:
        if (is_lead) {
            machine->pending[machine->n_pending++] = byte;
            return;
        }
        add_invalid(machine);
        break;
    case 3:
        if (is_digit) {
            add_char(machine, SCORE_FOUR_BYTES, FALSE);
            machine->n_pending = 0;
            return;
        }
        add_invalid(machine);
        break;
    default:
        break;
    }
    if (is_lead) {
        begin(machine, byte);
    } else if (byte < 0x80) {
        add_ascii(machine, byte);
    } else {
        add_invalid(machine);
    }
}

static void step_big5(FmTextMachine *machine, const FmTextModel *model, guint8 byte)
{
    if (machine->n_pending == 1) {
        add_class(machine, model->big5[(guint)machine->pending[0] << 8 | byte]);
        if (byte < 0x40) {
            add_ascii(machine, byte);
        }
    } else if (byte >= 0x81 && byte <= 0xFE) {
        begin(machine, byte);
    } else if (byte < 0x80) {
        add_ascii(machine, byte);
    } else {
        add_invalid(machine);
    }
}

/* Western words are ASCII but for a letter here and there; rows of such letters are another
 * alphabet's, read wrongly. */
static void add_accented(FmTextMachine *machine, gboolean is_upper)
{
    if (machine->after_accent) {
        add_char(machine, SCORE_SYMBOL, FALSE);
    } else {
        add_char(machine, machine->after_letter && !is_upper ? SCORE_LETTER : SCORE_LONE_LETTER,
                 TRUE);
    }
    machine->after_letter = machine->after_accent = TRUE;
}

static void step_western(FmTextMachine *machine, guint8 byte)
{
    if (byte < 0x80) {
        add_ascii(machine, byte);
    } else if (byte >= 0xC0 && byte != 0xD7 && byte != 0xF7) {
        add_accented(machine, byte < 0xDF);
    } else if (byte == 0x81 || byte == 0x8D || byte == 0x8F || byte == 0x90 || byte == 0x9D) {
        add_invalid(machine);
    } else {
        add_char(machine, SCORE_SYMBOL, FALSE);
        machine->after_letter = machine->after_accent = FALSE;
    }
}

void fm_text_machine_feed(FmTextMachine *machine, const FmTextModel *model, FmTextKind kind,
                          const char *bytes, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        guint8 byte = (guint8)bytes[i];
        switch (kind) {
        case FM_TEXT_UTF8:
            step_utf8(machine, model, byte);
            break;
        case FM_TEXT_GB18030:
            step_gb18030(machine, model, byte);
            break;
        case FM_TEXT_BIG5:
            step_big5(machine, model, byte);
            break;
        case FM_TEXT_WESTERN:
        case FM_N_TEXTS:
        default:
            step_western(machine, byte);
            break;
        }
    }
}

void fm_text_machine_end(FmTextMachine *machine)
{
    if (machine->n_pending > 0) {
        add_invalid(machine);
    }
}
