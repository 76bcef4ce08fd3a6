/* Sorting more records than should be in memory: runs that fit are sorted and written to a
 * temporary file, and merged with a heap (Knuth, The Art of Computer Programming 3, 5.4.1).
 * O(n log n), with every record written and read once.  What fits in memory altogether never
 * touches the disk.  The file has no name, so that whatever ends the process ends it too. */
#include "store-internal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    goffset next, end; /* what is left of it in the file */
    guint8 *buffer;    /* a part of the sorter's memory */
    gsize at, n;       /* the current record in the buffer, and how many are there */
} Run;

struct FmSorter {
    gsize record_size, capacity; /* records in memory */
    guint8 *records, *scratch;
    gsize n;      /* records in memory; while merging, the next one when there are no runs */
    gsize n_all;  /* records altogether */
    gsize n_read; /* of them, handed out */
    GArray *runs; /* Run */
    guint *heap;  /* runs that have a record, the one with the first record on top */
    gsize n_heap;
    int file; /* -1 = none */
    goffset file_size;
};

FmSorter *fm_sorter_new(gsize record_size, gsize memory_bytes)
{
    FmSorter *sorter = g_new0(FmSorter, 1);

    g_return_val_if_fail(record_size >= sizeof(FmSortKey), NULL);
    sorter->record_size = record_size;
    sorter->capacity = MAX(1, memory_bytes / 2 / record_size);
    sorter->records = g_malloc_n(sorter->capacity, record_size);
    sorter->scratch = g_malloc_n(sorter->capacity, record_size);
    sorter->runs = g_array_new(FALSE, FALSE, sizeof(Run));
    sorter->file = -1;
    return sorter;
}

void fm_sorter_free(FmSorter *sorter)
{
    if (sorter == NULL) {
        return;
    }
    if (sorter->file >= 0) {
        close(sorter->file);
    }
    g_free(sorter->records);
    g_free(sorter->scratch);
    g_free(sorter->heap);
    g_array_unref(sorter->runs);
    g_free(sorter);
}

gsize fm_sorter_n_records(const FmSorter *sorter)
{
    return sorter->n_all;
}

static int compare(const void *a, const void *b)
{
    const FmSortKey *left = a, *right = b;

    if (left->key != right->key) {
        return left->key < right->key ? -1 : 1;
    }
    return (left->id > right->id) - (left->id < right->id);
}

/* ---- the file --------------------------------------------------------------------------- */

static gboolean fail(GError **error)
{
    int code = errno;

    if (code == ENOSPC || code == EDQUOT) {
        g_set_error(error, FM_ERROR, FM_ERROR_IO,
                    "'%s': the disk is full; nothing was changed: free some space, or set TMPDIR "
                    "to a folder that has more",
                    g_get_tmp_dir());
    } else {
        g_set_error(error, FM_ERROR, FM_ERROR_IO,
                    "'%s': a temporary file cannot be used: %s; set TMPDIR to another folder",
                    g_get_tmp_dir(), g_strerror(code));
    }
    return FALSE;
}

static gboolean open_file(FmSorter *sorter, GError **error)
{
    g_autofree char *name = g_build_filename(g_get_tmp_dir(), "facmap-XXXXXX", NULL);

    sorter->file = g_mkstemp_full(name, O_RDWR | O_CLOEXEC, 0600);
    if (sorter->file < 0) {
        return fail(error);
    }
    g_unlink(name);
    return TRUE;
}

static gboolean write_all(int file, const guint8 *bytes, gsize n, goffset at, GError **error)
{
    while (n > 0) {
        gssize written = pwrite(file, bytes, n, at);
        if (written < 0) {
            return fail(error);
        }
        bytes += written;
        at += written;
        n -= (gsize)written;
    }
    return TRUE;
}

static gboolean read_all(int file, guint8 *bytes, gsize n, goffset at, GError **error)
{
    while (n > 0) {
        gssize got = pread(file, bytes, n, at);
        if (got <= 0) {
            errno = got == 0 ? EIO : errno;
            return fail(error);
        }
        bytes += got;
        at += got;
        n -= (gsize)got;
    }
    return TRUE;
}

/* ---- adding ----------------------------------------------------------------------------- */

static gboolean spill(FmSorter *sorter, GError **error)
{
    gsize size = sorter->n * sorter->record_size;
    Run run = {.next = sorter->file_size, .end = sorter->file_size + (goffset)size};

    fm_radix_sort(sorter->records, sorter->scratch, sorter->n, sorter->record_size);
    if ((sorter->file < 0 && !open_file(sorter, error)) ||
        !write_all(sorter->file, sorter->records, size, run.next, error)) {
        return FALSE;
    }
    sorter->file_size = run.end;
    sorter->n = 0;
    g_array_append_val(sorter->runs, run);
    return TRUE;
}

gboolean fm_sorter_add(FmSorter *sorter, const void *record, GError **error)
{
    if (sorter->n == sorter->capacity && !spill(sorter, error)) {
        return FALSE;
    }
    memcpy(sorter->records + sorter->n * sorter->record_size, record, sorter->record_size);
    sorter->n++;
    sorter->n_all++;
    return TRUE;
}

/* ---- merging ---------------------------------------------------------------------------- */

static Run *run_at(const FmSorter *sorter, guint run)
{
    return &g_array_index(sorter->runs, Run, run);
}

static const guint8 *current(const FmSorter *sorter, guint run)
{
    const Run *of = run_at(sorter, run);

    return of->buffer + of->at * sorter->record_size;
}

/* Reads on in a run whose buffer is used up; *more says whether it had anything left. */
static gboolean refill(FmSorter *sorter, Run *run, gboolean *more, GError **error)
{
    gsize share = MAX(1, sorter->capacity / sorter->runs->len);
    gsize left = (gsize)(run->end - run->next) / sorter->record_size;

    run->at = 0;
    run->n = MIN(share, left);
    *more = run->n > 0;
    gsize size = run->n * sorter->record_size;
    goffset from = run->next;
    run->next += (goffset)size;
    return read_all(sorter->file, run->buffer, size, from, error);
}

static void sift_down(FmSorter *sorter, gsize at)
{
    for (;;) {
        gsize child = 2 * at + 1;
        if (child >= sorter->n_heap) {
            return;
        }
        if (child + 1 < sorter->n_heap && compare(current(sorter, sorter->heap[child + 1]),
                                                  current(sorter, sorter->heap[child])) < 0) {
            child++;
        }
        if (compare(current(sorter, sorter->heap[at]), current(sorter, sorter->heap[child])) <= 0) {
            return;
        }
        guint run = sorter->heap[at];
        sorter->heap[at] = sorter->heap[child];
        sorter->heap[child] = run;
        at = child;
    }
}

/* The memory of the last run becomes the buffers of all; more runs than it has room for get a
 * record each. */
static gboolean begin_merge(FmSorter *sorter, GError **error)
{
    guint n_runs = sorter->runs->len;
    gsize share = MAX(1, sorter->capacity / n_runs);

    if (share * n_runs > sorter->capacity) {
        sorter->records = g_realloc_n(sorter->records, share * n_runs, sorter->record_size);
    }
    sorter->heap = g_new(guint, n_runs);
    for (guint i = 0; i < n_runs; i++) {
        gboolean more = FALSE;
        run_at(sorter, i)->buffer = sorter->records + i * share * sorter->record_size;
        if (!refill(sorter, run_at(sorter, i), &more, error)) {
            return FALSE;
        }
        sorter->heap[sorter->n_heap++] = i;
    }
    for (gsize i = sorter->n_heap / 2; i-- > 0;) {
        sift_down(sorter, i);
    }
    return TRUE;
}

gboolean fm_sorter_sort(FmSorter *sorter, GError **error)
{
    if (sorter->runs->len == 0) {
        fm_radix_sort(sorter->records, sorter->scratch, sorter->n, sorter->record_size);
        sorter->n = 0;
        return TRUE;
    }
    if (sorter->n > 0 && !spill(sorter, error)) {
        return FALSE;
    }
    g_clear_pointer(&sorter->scratch, g_free);
    return begin_merge(sorter, error);
}

static gboolean next_merged(FmSorter *sorter, void *record, GError **error)
{
    Run *run = run_at(sorter, sorter->heap[0]);
    gboolean more = TRUE;

    memcpy(record, current(sorter, sorter->heap[0]), sorter->record_size);
    if (++run->at == run->n && !refill(sorter, run, &more, error)) {
        return FALSE;
    }
    if (!more) {
        sorter->heap[0] = sorter->heap[--sorter->n_heap];
    }
    sift_down(sorter, 0);
    return TRUE;
}

gboolean fm_sorter_next(FmSorter *sorter, void *record, GError **error)
{
    g_return_val_if_fail(sorter->n_read < sorter->n_all, FALSE);
    sorter->n_read++;
    if (sorter->runs->len > 0) {
        return next_merged(sorter, record, error);
    }
    memcpy(record, sorter->records + sorter->n++ * sorter->record_size, sorter->record_size);
    return TRUE;
}
