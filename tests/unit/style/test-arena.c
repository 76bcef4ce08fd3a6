#include "arena.h"
#include "fm-unit.h"
#include "support.h"

#include <string.h>

static void test_buffer_then_heap(void)
{
    char buffer[256];
    g_auto(FmArena) arena;
    fm__arena_init(&arena, buffer, sizeof buffer);
    for (gsize size = 0; size < 5000; size = size * 2 + 1) {
        guint8 *memory = fm__arena_alloc(&arena, size, 1);
        g_assert_cmpuint((gsize)memory % _Alignof(max_align_t), ==, 0);
        for (gsize i = 0; i < size; i++) {
            g_assert_cmpuint(memory[i], ==, 0);
        }
        memset(memory, 0xFF, size); /* the next ones are zeroed all the same */
    }
}

/* A buffer that begins or ends between two units, or is none. */
static void test_odd_buffers(void)
{
    char buffer[64];
    for (gsize skip = 0; skip <= sizeof buffer; skip++) {
        g_auto(FmArena) arena;
        fm__arena_init(&arena, buffer + skip, sizeof buffer - skip);
        char *text = fm__arena_strdup(&arena, "geodesic");
        g_assert_cmpstr(text, ==, "geodesic");
        g_assert_cmpuint((gsize)text % _Alignof(max_align_t), ==, 0);
    }
    g_auto(FmArena) none;
    fm__arena_init(&none, NULL, 0);
    g_assert_cmpstr(fm__arena_printf(&none, "%d km", 5), ==, "5 km");
    g_assert_cmpstr(fm__arena_strndup(&none, "abcdef", 3), ==, "abc");
}

void test_arena(void)
{
    g_test_add_func("/style/arena/buffer-then-heap", test_buffer_then_heap);
    g_test_add_func("/style/arena/odd-buffers", test_odd_buffers);
}
