/* A bump allocator: what belongs to one expression, or to one evaluation, is freed at once. */
#ifndef FM_STYLE_ARENA_H
#define FM_STYLE_ARENA_H

#include <glib.h>

typedef struct FmArenaChunk FmArenaChunk;

typedef struct {
    FmArenaChunk *chunks; /* newest first; NULL while the caller's buffer suffices */
    char *next;
    gsize left;
    gsize total; /* bytes handed out */
} FmArena;

/* Allocate from `buffer` before the heap; it is borrowed until fm__arena_clear and may be NULL with
 * size 0. */
void fm__arena_init(FmArena *arena, void *buffer, gsize size);
void fm__arena_clear(FmArena *arena);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmArena, fm__arena_clear)

/* Zeroed and aligned for any type; valid until fm__arena_clear. */
void *fm__arena_alloc(FmArena *arena, gsize n, gsize size);
#define fm__arena_new(arena, type, n) ((type *)fm__arena_alloc((arena), (n), sizeof(type)))

char *fm__arena_strndup(FmArena *arena, const char *text, gsize length);
char *fm__arena_strdup(FmArena *arena, const char *text);
char *fm__arena_printf(FmArena *arena, const char *format, ...) G_GNUC_PRINTF(2, 3);
char *fm__arena_vprintf(FmArena *arena, const char *format, va_list args) G_GNUC_PRINTF(2, 0);

#endif
