/* Blocks compressed apart are one stream. */
#include "deflate.h"
#include "fm-unit.h"

#include <string.h>
#include <zlib.h>

/* Bytes that repeat now and then. */
static guint8 *make_bytes(gsize n)
{
    guint8 *bytes = g_malloc(n);
    g_autoptr(GRand) rand = g_rand_new_with_seed(5);
    for (gsize i = 0; i < n; i++)
        bytes[i] = i % 100 < 60 && i >= 100 ? bytes[i - 100] : (guint8)g_rand_int(rand);
    return bytes;
}

/* The whole stream, from blocks of `size`. */
static GByteArray *compress_blocks(const guint8 *bytes, gsize n, gsize size, int level)
{
    GByteArray *stream = g_byte_array_new();
    guint8 header[2];
    guint32 adler = 1;
    g_autoptr(FmDeflater) deflater = fm__deflater_new(level);
    fm__deflate_header(level, header);
    g_byte_array_append(stream, header, sizeof header);
    for (gsize at = 0; at < n; at += size) {
        gsize n_before = MIN(at, FM_DEFLATE_WINDOW), n_here = MIN(size, n - at);
        FmDeflated block = fm__deflate_block(deflater, bytes + at - n_before, n_before, bytes + at,
                                             n_here, at + n_here == n);
        g_byte_array_append(stream, block.bytes->data, block.bytes->len);
        adler = fm__deflate_join(adler, &block);
        g_byte_array_unref(block.bytes);
    }
    adler = GUINT32_TO_BE(adler);
    g_byte_array_append(stream, (const guint8 *)&adler, sizeof adler);
    return stream;
}

static void one_stream(void)
{
    const gsize n = 200000;
    static const gsize sizes[] = {1000, 40000, 199999, 200000};
    g_autofree guint8 *bytes = make_bytes(n);
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(GByteArray) stream = compress_blocks(bytes, n, sizes[i], 6);
        g_autofree guint8 *back = g_malloc(n);
        uLongf n_back = n;
        g_assert_cmpint(uncompress(back, &n_back, stream->data, stream->len), ==, Z_OK);
        g_assert_cmpuint(n_back, ==, n);
        g_assert_cmpint(memcmp(back, bytes, n), ==, 0);
    }
}

/* The window makes up for the cut: less than a twentieth is lost. */
static void window(void)
{
    const gsize n = 200000;
    g_autofree guint8 *bytes = make_bytes(n);
    g_autoptr(GByteArray) whole = compress_blocks(bytes, n, n, 6);
    g_autoptr(GByteArray) cut = compress_blocks(bytes, n, 20000, 6);
    g_assert_cmpuint(cut->len, <, whole->len + whole->len / 20);
}

/* As zlib itself begins a stream. */
static void header(void)
{
    for (int level = 1; level <= 9; level++) {
        guint8 own[2], byte = 0, stream[64];
        uLongf n = sizeof stream;
        fm__deflate_header(level, own);
        g_assert_cmpint(compress2(stream, &n, &byte, 1, level), ==, Z_OK);
        g_assert_cmpint(memcmp(own, stream, 2), ==, 0);
    }
}

static void size(void)
{
    g_autofree guint8 *same = g_malloc0(10000);
    g_autofree guint8 *bytes = make_bytes(10000);
    g_autoptr(FmDeflater) deflater = fm__deflater_new(1);
    g_assert_cmpuint(fm__deflate_size(deflater, same, 10000), <, 100);
    /* What was compressed before makes no difference. */
    g_autoptr(FmDeflater) fresh = fm__deflater_new(1);
    const gsize alone = fm__deflate_size(fresh, bytes, 10000);
    g_assert_cmpuint(fm__deflate_size(deflater, bytes, 10000), ==, alone);
    g_assert_cmpuint(alone, >, 3000);
}

void test_deflate(void)
{
    g_test_add_func("/render/deflate/one-stream", one_stream);
    g_test_add_func("/render/deflate/window", window);
    g_test_add_func("/render/deflate/header", header);
    g_test_add_func("/render/deflate/size", size);
}
