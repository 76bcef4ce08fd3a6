/* Blocks end at a byte with an empty stored block (Z_SYNC_FLUSH), so that they can be joined; each
 * is given the end of the one before as its window, so that little is lost by the cuts. */
#include "deflate.h"

#include <zlib.h>

#define MEMORY_LEVEL 9

/* zlib only fails here when memory runs out, which GLib's allocator answers by aborting. */
static voidpf allocate(voidpf opaque, uInt n, uInt size)
{
    (void)opaque;
    return g_malloc_n(n, size);
}

static void release(voidpf opaque, voidpf block)
{
    (void)opaque;
    g_free(block);
}

struct FmDeflater {
    z_stream stream;
};

FmDeflater *fm__deflater_new(int level)
{
    FmDeflater *deflater = g_new0(FmDeflater, 1);
    deflater->stream = (z_stream){.zalloc = allocate, .zfree = release};
    int status = deflateInit2(&deflater->stream, level, Z_DEFLATED, -MAX_WBITS, MEMORY_LEVEL,
                              Z_DEFAULT_STRATEGY);
    g_assert(status == Z_OK);
    return deflater;
}

void fm__deflater_free(FmDeflater *deflater)
{
    if (!deflater)
        return;
    deflateEnd(&deflater->stream);
    g_free(deflater);
}

/* zlib's interface takes what it reads as not const. */
static Bytef *input(const guint8 *data)
{
    union {
        const guint8 *in;
        Bytef *out;
    } bytes = {data};
    return bytes.out;
}

FmDeflated fm__deflate_block(FmDeflater *deflater, const guint8 *before, gsize n_before,
                             const guint8 *data, gsize n, gboolean last)
{
    FmDeflated out = {g_byte_array_new(), (guint32)adler32(adler32(0, NULL, 0), data, (uInt)n), n};
    z_stream *stream = &deflater->stream;
    deflateReset(stream);
    if (n_before > 0)
        deflateSetDictionary(stream, before, (uInt)n_before);
    /* The bound holds for a finished stream; the flush adds an empty block. */
    g_byte_array_set_size(out.bytes, (guint)deflateBound(stream, (uLong)n) + 16);
    stream->next_in = input(data);
    stream->avail_in = (uInt)n;
    stream->next_out = out.bytes->data;
    stream->avail_out = out.bytes->len;
    int status = deflate(stream, last ? Z_FINISH : Z_SYNC_FLUSH);
    g_assert(status == (last ? Z_STREAM_END : Z_OK) && stream->avail_in == 0);
    g_byte_array_set_size(out.bytes, (guint)stream->total_out);
    return out;
}

void fm__deflate_header(int level, guint8 out[2])
{
    /* RFC 1950: deflate with a window of 32 KiB, the level in two bits, and a multiple of 31. */
    guint flevel = level < 2 ? 0 : level < 6 ? 1 : level == 6 ? 2 : 3;
    guint header = 0x78u << 8 | flevel << 6;
    header += 31 - header % 31;
    out[0] = (guint8)(header >> 8);
    out[1] = (guint8)header;
}

guint32 fm__deflate_join(guint32 adler, const FmDeflated *block)
{
    return (guint32)adler32_combine(adler, block->adler, (z_off_t)block->size);
}

gsize fm__deflate_size(FmDeflater *deflater, const guint8 *data, gsize n)
{
    FmDeflated block = fm__deflate_block(deflater, NULL, 0, data, n, TRUE);
    gsize size = block.bytes->len;
    g_byte_array_unref(block.bytes);
    return size;
}
