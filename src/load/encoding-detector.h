/* What is known of a text while its encoding is found out.  Private to encoding*.c. */
#ifndef FACMAP_ENCODING_DETECTOR_H
#define FACMAP_ENCODING_DETECTOR_H

#include "encoding-model.h"
#include "encoding.h"

#define FM_ENCODING_SAMPLE_BYTES 48u
/* So many bytes of a line count that stand before its first byte beyond ASCII. */
#define FM_ENCODING_BEFORE_BYTES 1024u

struct FmEncodingDetector {
    FmTextModel *model;
    FmTextMachine machines[FM_N_TEXTS];
    double totals[FM_N_TEXTS];
    gsize first_invalid[FM_N_TEXTS];   /* line, 0 = none */
    gsize first_sure_utf8, first_high; /* lines, 0 = none */
    gboolean line_is_high, settled, may_be_cut;
    gsize line, n_bytes, n_high, n_controls, n_nuls[2];
    char head[3], sample[FM_ENCODING_SAMPLE_BYTES], before[FM_ENCODING_BEFORE_BYTES];
    gsize n_sample, n_before;
    gboolean sample_done;
};

/* Takes account of the line that was fed last; one without a byte beyond ASCII says nothing. */
void fm_encoding_detector_end_line(FmEncodingDetector *detector);

#endif
