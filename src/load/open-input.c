/* What is behind a source's path, made readable more than once: standard input and pipes are copied
 * to a temporary file, an archive is narrowed to the one file in it that can be loaded. */
#include "open-input.h"

#include "gdal-log.h"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK_SIZE (1u << 16)
#define POLL_MS 100
/* How long a pipe may have nobody who writes to it. */
#define MAX_WAIT_MS 5000

typedef char *FmFileList; /* of names, as GDAL allocates it */
static void file_list_free(FmFileList *list)
{
    CSLDestroy(list);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmFileList, file_list_free)

void fm_input_clear(FmInput *input)
{
    if (input->temporary != NULL) {
        (void)g_unlink(input->temporary);
    }
    if (input->folder != NULL) {
        (void)g_rmdir(input->folder);
    }
    g_clear_pointer(&input->temporary, g_free);
    g_clear_pointer(&input->folder, g_free);
    g_clear_pointer(&input->path, g_free);
}

/* ---- standard input and pipes ---- */

/* An open end to read from, and the file that it is copied to. */
typedef struct {
    int in, out;
    gboolean is_stdin;
    const char *name;
} Spool;

static void spool_clear(Spool *spool)
{
    if (spool->in >= 0 && !spool->is_stdin) {
        (void)close(spool->in);
    }
    if (spool->out >= 0) {
        (void)close(spool->out);
    }
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Spool, spool_clear)

static gboolean fail_io(const Spool *spool, const char *what, GError **error)
{
    g_set_error(error, FM_ERROR, FM_ERROR_IO, "%s: %s: %s", spool->name, what, g_strerror(errno));
    return FALSE;
}

static gboolean write_all(const Spool *spool, const char *bytes, gsize n, GError **error)
{
    while (n > 0) {
        gssize written = write(spool->out, bytes, n);
        if (written < 0 && errno != EINTR) {
            return fail_io(spool, "cannot be copied to a temporary file", error);
        }
        if (written > 0) {
            bytes += written;
            n -= (gsize)written;
        }
    }
    return TRUE;
}

/* Waits for bytes in steps, so that it can be cancelled.  A pipe that nobody has opened for writing
 * reads as one that has ended, and is given some time. */
static gboolean copy(const Spool *spool, const FmProgress *progress, GError **error)
{
    g_autofree char *chunk = g_malloc(CHUNK_SIZE);
    struct pollfd wait = {.fd = spool->in, .events = POLLIN};
    gboolean any = FALSE;
    int waited_ms = 0;

    while (fm_progress_report(progress, 0, "reading", error)) {
        int ready = poll(&wait, 1, POLL_MS);
        if (ready == 0 && (spool->is_stdin || any)) {
            continue;
        }
        gssize n = read(spool->in, chunk, CHUNK_SIZE);
        if (n > 0) {
            any = TRUE;
            if (!write_all(spool, chunk, (gsize)n, error)) {
                return FALSE;
            }
        } else if (n == 0 && (spool->is_stdin || any || (wait.revents & POLLHUP) != 0)) {
            return TRUE;
        } else if (n < 0 && errno != EAGAIN && errno != EINTR) {
            return fail_io(spool, "cannot be read", error);
        } else if (n == 0 && (waited_ms += POLL_MS) > MAX_WAIT_MS) {
            g_set_error(error, FM_ERROR, FM_ERROR_IO, "%s: a pipe that nobody writes to",
                        spool->name);
            return FALSE;
        }
    }
    return FALSE;
}

static gboolean holds(const char *bytes, gsize n, const char *word)
{
    return g_strstr_len(bytes, (gssize)n, word) != NULL;
}

/* A zip archive's first names say what it is. */
static const char *suffix_of_zip(const char *bytes, gsize n)
{
    return holds(bytes, n, "oasis.opendocument.spreadsheet")              ? ".ods"
           : holds(bytes, n, "[Content_Types]") || holds(bytes, n, "xl/") ? ".xlsx"
           : holds(bytes, n, ".kml")                                      ? ".kmz"
                                                                          : ".zip";
}

static const char *suffix_of_markup(const char *bytes, gsize n)
{
    return holds(bytes, n, "<osm")   ? ".osm"
           : holds(bytes, n, "<kml") ? ".kml"
           : holds(bytes, n, "gml")  ? ".gml"
                                     : ".xml";
}

const char *fm_input_suffix(char *bytes, gsize n)
{
    static const struct {
        gsize at;
        const char *magic, *suffix;
    } magics[] = {
        {68, "GPKG", ".gpkg"}, {68, "GP10", ".gpkg"},           {0, "SQLite format 3", ".sqlite"},
        {0, "fgb", ".fgb"},    {0, "\xD0\xCF\x11\xE0", ".xls"}, {0, "\x1F\x8B", ".gz"}};

    for (gsize i = 0; i < G_N_ELEMENTS(magics); i++) {
        gsize length = strlen(magics[i].magic);
        if (n >= magics[i].at + length &&
            memcmp(bytes + magics[i].at, magics[i].magic, length) == 0) {
            return magics[i].suffix;
        }
    }
    for (gsize i = 0; i < n; i++) {
        bytes[i] = bytes[i] == '\0' ? ' ' : bytes[i];
    }
    if (n >= 4 && memcmp(bytes, "PK\x03\x04", 4) == 0) {
        return suffix_of_zip(bytes, n);
    }
    if (holds(bytes, MIN(n, 32), "OSMHeader")) {
        return ".osm.pbf";
    }
    gsize first = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (first < n && g_ascii_isspace(bytes[first])) {
        first++;
    }
    if (first < n && bytes[first] == '<') {
        return suffix_of_markup(bytes, n);
    }
    return first < n && strchr("{[\x1E", bytes[first]) != NULL ? ".geojson" : ".csv";
}

/* The suffix by a file's beginning; "" when it cannot be opened. */
static const char *sniff(const char *path)
{
    g_autofree char *head = g_malloc0(CHUNK_SIZE + 1);
    VSILFILE *file = VSIFOpenL(path, "rb");

    if (file == NULL) {
        return "";
    }
    gsize n = VSIFReadL(head, 1, CHUNK_SIZE, file);
    (void)VSIFCloseL(file);
    return fm_input_suffix(head, n);
}

/* The temporary file gets the name that its bytes ask for. */
static gboolean name_spooled(FmInput *input, const char *name, GError **error)
{
    const char *suffix = sniff(input->temporary);
    g_autofree char *inner = NULL;

    if (strcmp(suffix, ".gz") == 0) {
        g_autofree char *unzipped = g_strconcat("/vsigzip/", input->temporary, NULL);
        inner = g_strconcat(sniff(unzipped), suffix, NULL);
        suffix = inner;
    }
    g_autofree char *path = g_strconcat(input->temporary, suffix, NULL);
    if (g_rename(input->temporary, path) != 0) {
        g_set_error(error, FM_ERROR, FM_ERROR_IO, "%s: its temporary file cannot be renamed: %s",
                    name, g_strerror(errno));
        return FALSE;
    }
    g_free(input->temporary);
    input->temporary = g_steal_pointer(&path);
    return TRUE;
}

static gboolean spool(FmInput *input, const char *path, gboolean is_stdin,
                      const FmProgress *progress, GError **error)
{
    g_autofree char *name = is_stdin ? g_strdup("standard input") : fm_path_name(path);
    g_auto(Spool) pipe = {.in = -1, .out = -1, .is_stdin = is_stdin, .name = name};

    input->folder = g_dir_make_tmp("facmap-XXXXXX", NULL);
    if (input->folder == NULL) {
        return fail_io(&pipe, "no temporary folder can be made for it", error);
    }
    input->temporary = g_build_filename(input->folder, is_stdin ? "stdin" : "pipe", NULL);
    pipe.out = g_open(input->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    pipe.in = is_stdin ? STDIN_FILENO : g_open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
    if (pipe.in < 0 || pipe.out < 0) {
        return fail_io(&pipe, "cannot be opened", error);
    }
    return copy(&pipe, progress, error) && name_spooled(input, name, error);
}

/* ---- archives ---- */

static gboolean has_one_of(const char *name, const char *const *suffixes)
{
    g_autofree char *lower = g_ascii_strdown(name, -1);

    for (; *suffixes != NULL; suffixes++) {
        if (g_str_has_suffix(lower, *suffixes)) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The archive's files that are sources; the others belong to these, or are remarks. */
static GPtrArray *list_sources(const char *const *names)
{
    static const char *const formats[] = {".shp",  ".csv",     ".tsv",      ".xlsx", ".xls", ".ods",
                                          ".gpkg", ".geojson", ".geojsonl", ".json", ".kml", ".kmz",
                                          ".gml",  ".fgb",     ".sqlite",   ".osm",  ".pbf", ".tab",
                                          ".mif",  ".gpx",     NULL};
    static const char *const texts[] = {".txt", NULL};
    GPtrArray *sources = g_ptr_array_new_with_free_func(g_free);

    for (guint pass = 0; pass < 2 && sources->len == 0; pass++) {
        for (const char *const *at = names; at != NULL && *at != NULL; at++) {
            gboolean is_mac = strstr(*at, "__MACOSX") != NULL;
            if (!is_mac && has_one_of(*at, pass == 0 ? formats : texts)) {
                g_ptr_array_add(sources, g_utf8_make_valid(*at, -1));
            }
        }
    }
    return sources;
}

static gboolean open_archive(FmInput *input, const char *archive, GError **error)
{
    g_autofree char *name = fm_path_name(archive);
    g_autofree char *root = g_strconcat("/vsizip/", archive, NULL);
    g_auto(FmGdalLog) log;
    fm_gdal_log_begin(&log);
    g_autoptr(FmFileList) names = VSIReadDirRecursive(root);
    g_autoptr(GPtrArray) sources = list_sources((const char *const *)names);

    if (names == NULL) {
        return fm_gdal_log_fail(&log, FM_ERROR_PARSE, name, "no zip archive, damaged, or empty",
                                error);
    }
    if (sources->len == 0) {
        input->path = g_steal_pointer(&root); /* a folder that a driver may know */
        return TRUE;
    }
    if (sources->len > 1) {
        g_ptr_array_add(sources, NULL);
        g_autofree char *list = g_strjoinv(", ", (char **)sources->pdata);
        g_set_error(error, FM_ERROR, FM_ERROR_USAGE,
                    "%s: %u files in it (%s); name one, such as %s/%s", name, sources->len - 1,
                    list, name, (const char *)g_ptr_array_index(sources, 0));
        return FALSE;
    }
    input->path = g_strconcat(root, "/", g_ptr_array_index(sources, 0), NULL);
    return TRUE;
}

/* ---- what it is ---- */

static gboolean is_inside_archive(const char *path)
{
    g_autofree char *lower = g_ascii_strdown(path, -1);
    const char *border = strstr(lower, ".zip/");
    g_autofree char *archive =
        border != NULL ? g_strndup(path, (gsize)(border - lower) + strlen(".zip")) : NULL;

    return archive != NULL && g_file_test(archive, G_FILE_TEST_IS_REGULAR);
}

gboolean fm_input_open(FmInput *input, const FmSource *source, const FmProgress *progress,
                       GError **error)
{
    static const char *const zip[] = {".zip", NULL};
    const char *path = source->path;
    struct stat what = {0};
    gboolean exists = stat(path, &what) == 0;

    *input = (FmInput){.source = *source};
    if (strcmp(path, "-") == 0 || (exists && S_ISFIFO(what.st_mode))) {
        if (!spool(input, path, strcmp(path, "-") == 0, progress, error)) {
            return FALSE;
        }
        path = input->temporary;
    } else if (exists && !S_ISREG(what.st_mode) && !S_ISDIR(what.st_mode)) {
        g_set_error(error, FM_ERROR, FM_ERROR_IO, "%s: a device, not a file", path);
        return FALSE;
    }
    if (has_one_of(path, zip) && g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        if (!open_archive(input, path, error)) {
            return FALSE;
        }
    } else {
        input->path =
            is_inside_archive(path) ? g_strconcat("/vsizip/", path, NULL) : g_strdup(path);
    }
    input->source.path = input->path;
    return TRUE;
}
