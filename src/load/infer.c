/* Types of text columns.  A number is one only when writing it back gives the same thing: a column
 * of postcodes, telephone numbers or long codes stays text. */
#include "load-internal.h"

#include <string.h>

/* Decimal digits that a double always keeps. */
#define MAX_DIGITS 15u

typedef enum {
    SEEN_NOTHING,
    SEEN_INTEGER,
    SEEN_REAL,
    SEEN_TEXT,
} Seen;

gboolean fm_is_not_finite_word(const char *text)
{
    static const char *const words[] = {"nan", "inf", "infinity", "#num!", "#div/0!"};

    text += *text == '-' || *text == '+';
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        if (g_ascii_tolower(*text) == *words[i] && g_ascii_strcasecmp(text, words[i]) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Counts digits at *text and steps over them. */
static gsize take_digits(const char **text)
{
    const char *begin = *text;

    while (g_ascii_isdigit(**text)) {
        (*text)++;
    }
    return (gsize)(*text - begin);
}

/* -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)? */
static Seen kind_of(const char *text)
{
    Seen kind = SEEN_INTEGER;

    text += *text == '-';
    gboolean leading_zero = text[0] == '0' && g_ascii_isdigit(text[1]);
    gsize n_digits = take_digits(&text);
    if (n_digits == 0 || n_digits > MAX_DIGITS || leading_zero) {
        return SEEN_TEXT;
    }
    if (*text == '.') {
        kind = SEEN_REAL;
        text++;
        if (take_digits(&text) == 0) {
            return SEEN_TEXT;
        }
    }
    if (*text == 'e' || *text == 'E') {
        kind = SEEN_REAL;
        text++;
        text += *text == '-' || *text == '+';
        if (take_digits(&text) == 0) {
            return SEEN_TEXT;
        }
    }
    return *text == '\0' ? kind : SEEN_TEXT;
}

static gboolean holds_han(const char *text)
{
    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        if ((guchar)*text >= 0x80 &&
            g_unichar_get_script(g_utf8_get_char(text)) == G_UNICODE_SCRIPT_HAN) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Bit 0: a value; 1 … 3: Seen; 4: Han; 5: not ASCII; from 8 on: characters before a decimal
 * point, by which longitudes differ from latitudes, and easting with a zone from without. */
guint32 fm_infer_features(const char *text)
{
    guint32 features = 1;
    gsize length = strlen(text), before_point = strcspn(text, ".");
    Seen kind = kind_of(text);

    if (kind == SEEN_TEXT && fm_text_is_trimmed(text)) {
        kind = fm_is_not_finite_word(text) ? SEEN_NOTHING : SEEN_TEXT;
    } else if (kind == SEEN_TEXT) {
        g_autofree char *trimmed = fm_text_trim(text);
        kind = fm_is_not_finite_word(trimmed) ? SEEN_NOTHING : kind_of(trimmed);
    }
    features |= 1u << kind;
    if (kind == SEEN_INTEGER || kind == SEEN_REAL) {
        features |= 1u << (8 + MIN(before_point, 15));
    } else if (!fm_bytes_are_ascii(text, length)) {
        features |= 1u << 5 | (holds_han(text) ? 1u << 4 : 0);
    }
    return features;
}

FmColumnType fm_infer_type(const FmTable *table, gsize column)
{
    FmColumnType own = fm_table_column_type(table, column);
    Seen seen = SEEN_NOTHING;

    if (own != FM_COLUMN_TEXT) {
        return own;
    }
    for (gsize row = 0; row < fm_table_n_rows(table) && seen != SEEN_TEXT; row++) {
        const char *text = fm_table_text(table, column, row);
        if (text == NULL) {
            continue;
        }
        g_autofree char *trimmed = fm_text_trim(text);
        /* A spreadsheet's error value does not make a column text: its row will be rejected. */
        if (!fm_is_not_finite_word(trimmed)) {
            seen = MAX(seen, kind_of(trimmed));
        }
    }
    return seen == SEEN_INTEGER ? FM_COLUMN_INTEGER
           : seen == SEEN_REAL  ? FM_COLUMN_REAL
                                : FM_COLUMN_TEXT;
}
