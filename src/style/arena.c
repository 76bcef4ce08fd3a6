/* Bump allocation in chunks that double: an expression is hundreds of small nodes with one
 * lifetime, and most evaluations fit the few hundred bytes that their caller keeps on the
 * stack. */
#include "arena.h"

#include <stddef.h>
#include <string.h>

#define FIRST_CHUNK ((gsize)1024)
#define LARGEST_CHUNK ((gsize)1 << 20)

struct FmArenaChunk {
    FmArenaChunk *older;
    max_align_t memory[];
};

static gsize aligned(gsize size)
{
    const gsize unit = _Alignof(max_align_t);
    return (size + unit - 1) / unit * unit;
}

void fm__arena_init(FmArena *arena, void *buffer, gsize size)
{
    *arena = (FmArena){.next = buffer, .left = size};
    const gsize skip = aligned((gsize)arena->next) - (gsize)arena->next;
    if (skip >= size) {
        arena->left = 0;
    } else {
        arena->next += skip;
        arena->left -= skip;
    }
}

void fm__arena_clear(FmArena *arena)
{
    while (arena->chunks != NULL) {
        FmArenaChunk *chunk = arena->chunks;
        arena->chunks = chunk->older;
        g_free(chunk);
    }
    *arena = (FmArena){0};
}

void *fm__arena_alloc(FmArena *arena, gsize n, gsize size)
{
    gsize bytes;
    if (!g_size_checked_mul(&bytes, n, size) || bytes > G_MAXSSIZE / 2) {
        g_error("an expression needs more memory than can be addressed");
    }
    bytes = aligned(MAX(bytes, 1));
    if (bytes > arena->left) {
        const gsize usual = CLAMP(arena->total, FIRST_CHUNK, LARGEST_CHUNK);
        const gsize room = MAX(bytes, usual);
        FmArenaChunk *chunk = g_malloc(sizeof *chunk + room);
        chunk->older = arena->chunks;
        arena->chunks = chunk;
        arena->next = (char *)chunk->memory;
        arena->left = room;
    }
    void *memory = arena->next;
    arena->next += bytes;
    arena->left -= bytes;
    arena->total += bytes;
    return memset(memory, 0, bytes);
}

char *fm__arena_strndup(FmArena *arena, const char *text, gsize length)
{
    char *copy = fm__arena_new(arena, char, length + 1);
    memcpy(copy, text, length);
    return copy;
}

char *fm__arena_strdup(FmArena *arena, const char *text)
{
    return fm__arena_strndup(arena, text, strlen(text));
}

char *fm__arena_vprintf(FmArena *arena, const char *format, va_list args)
{
    g_autofree char *text = g_strdup_vprintf(format, args);
    return fm__arena_strdup(arena, text);
}

char *fm__arena_printf(FmArena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = fm__arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}
