/* One zlib stream from blocks that are compressed apart: in any order, on any thread. */
#ifndef FACMAP_RENDER_DEFLATE_H
#define FACMAP_RENDER_DEFLATE_H

#include <facmap/core.h>

/* What deflate can look back on: the most that is worth giving as `before`. */
#define FM_DEFLATE_WINDOW 32768

/* A compressed block. */
typedef struct {
    GByteArray *bytes;
    guint32 adler; /* of what was compressed */
    gsize size;    /* its size */
} FmDeflated;

/* What compressing takes: some 270 KB, made once and not for every block.  Of one thread. */
typedef struct FmDeflater FmDeflater;

/* level: zlib's, 1 … 9 */
FmDeflater *fm__deflater_new(int level);
void fm__deflater_free(FmDeflater *deflater);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmDeflater, fm__deflater_free)

/* Compress a block of the stream; what was compressed before makes no difference.
 * before: the n_before bytes that precede it in the stream, which it may repeat; may be NULL
 * last:   the stream ends with it
 * Returns what is to follow the block before; `bytes` transfer full. */
FmDeflated fm__deflate_block(FmDeflater *deflater, const guint8 *before, gsize n_before,
                             const guint8 *data, gsize n, gboolean last);

/* The two bytes that a zlib stream begins with. */
void fm__deflate_header(int level, guint8 out[2]);
/* The checksum of a stream that is followed by a block; it begins with 1. */
guint32 fm__deflate_join(guint32 adler, const FmDeflated *block);

/* How many bytes a block takes when compressed by itself: to choose between ways of writing the
 * same, for which level 1 does. */
gsize fm__deflate_size(FmDeflater *deflater, const guint8 *data, gsize n);

#endif
