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

/* Which two-byte codes are how usual; made once for each detector. */
typedef struct FmTextModel FmTextModel;

FmTextModel *fm_text_model_new(void);
void fm_text_model_free(FmTextModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmTextModel, fm_text_model_free)

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
