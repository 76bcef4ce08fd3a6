/* How likely bytes are as text in an encoding.  Private to encoding*.c and their tests. */
#ifndef FACMAP_ENCODING_MODEL_H
#define FACMAP_ENCODING_MODEL_H

#include <glib.h>

/* The candidates, in the order in which a tie is decided. */
typedef enum {
    FM_TEXT_UTF8,
    FM_TEXT_GB18030,
    FM_TEXT_BIG5,
    FM_TEXT_WESTERN,
    FM_N_TEXTS,
} FmTextKind;

/* The candidate's name as iconv and GDAL take it.  Static. */
const char *fm_text_kind_name(FmTextKind kind);

/* ---- encoding-model.c: how likely a character is ---- */

typedef enum {
    FM_CLASS_NONE,   /* no code of the encoding */
    FM_CLASS_USUAL,  /* in the list of usual characters */
    FM_CLASS_FIRST,  /* the rest of the first level */
    FM_CLASS_SECOND, /* the second level */
    FM_CLASS_SIGN,   /* punctuation and full-width forms */
    FM_CLASS_RARE,   /* what extensions add; kana, frames */
    FM_CLASS_OWN,    /* private use */
    FM_N_CLASSES,
} FmTextClass;

/* Which two-byte codes are how usual; made once for each detector. */
typedef struct {
    guint8 gb[0x10000], big5[0x10000]; /* FmTextClass of a two-byte code */
    guint8 usual[0x10000 / 8];         /* of the basic plane: is the character in the list? */
} FmTextModel;

FmTextModel *fm_text_model_new(void);
void fm_text_model_free(FmTextModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmTextModel, fm_text_model_free)

/* log10 of the probability of one character of a class. */
double fm_text_class_score(FmTextClass class);
/* Of a character that is no letter of an alphabet. */
double fm_text_model_score(const FmTextModel *model, gunichar c);
/* Is it one that lists of facilities are made of? */
gboolean fm_text_model_has_usual(const FmTextModel *model, gunichar c);
/* A letter of an alphabet that is written today. */
gboolean fm_unicode_is_living_letter(gunichar c);

/* ---- encoding-machine.c ---- */

/* One candidate reading a stream. */
typedef struct {
    guint8 pending[3]; /* bytes of a character that is not complete */
    guint n_pending;
    gboolean after_letter; /* the last character was a letter of an alphabet */
    gboolean after_accent; /* and one beyond ASCII */
    double score;          /* log10 of the likelihood since it was last taken */
    gsize n_chars;         /* beyond ASCII, valid ones */
    gsize n_usual;         /* of them, those that text of this kind is mostly made of */
    gsize n_invalid;       /* sequences that the encoding does not have */
} FmTextMachine;

void fm_text_machine_feed(FmTextMachine *machine, const FmTextModel *model, FmTextKind kind,
                          const char *bytes, gsize n);
/* The text ends here: an incomplete character is invalid. */
void fm_text_machine_end(FmTextMachine *machine);

#endif
