/* The near side of a source: its path, its bytes as text, its records.  Nothing here knows of
 * layers, fields or positions. */
#ifndef FACMAP_INPUT_H
#define FACMAP_INPUT_H

#include "encoding.h"

#include <facmap/core.h>

/* ---- path.c: what a source's path says ---- */

/* For messages: the last part of the path, without an inner layer's name.  Transfer full. */
char *fm_path_name(const char *path);
/* A text that may hold a connection string, with its passwords as ***.  Transfer full; NULL for
 * NULL. */
char *fm_path_mask(const char *text);
/* As GDAL opens it: .gz and .zip through its virtual file systems.  Transfer full. */
char *fm_path_for_gdal(const char *path);
/* The layer that "file.gpkg|layername=schools" names, or NULL.  Transfer full. */
char *fm_path_inner_layer(const char *path);
/* The file on disk behind `path`, NULL when it is none (a connection string).  Transfer full. */
char *fm_path_on_disk(const char *path);
/* Is it a text table (.csv, .tsv, .txt, compressed or not)? */
gboolean fm_path_is_text_table(const char *path);
/* A layer's name from the file's: "2021 Key-Schools.csv.gz" → "key_schools".
 * Transfer full; NULL with FM_ERROR_USAGE when there is no ASCII letter in it. */
char *fm_path_layer_name(const char *path, GError **error);

/* ---- text.c: bytes to UTF-8 ---- */

/* The whole file as text, NUL-terminated, without byte order mark.
 * @param encoding  NULL = by the byte order mark, else UTF-8, which is then checked
 * @return transfer full; NULL with FM_ERROR_IO, FM_ERROR_LIMIT, FM_ERROR_USAGE (encoding) or
 *         FM_ERROR_DATA (bytes that are not of the encoding: line, and what to pass) */
char *fm_text_read(const char *path, const char *encoding, gsize *length, GError **error);
/* Which encoding a text file is in, by its bytes.
 * @return FALSE with FM_ERROR_IO or as fm_encoding_detector_finish */
gboolean fm_text_find_encoding(const char *path, FmEncoding *out, GError **error);

/* ---- file-hash.c: SHA-256 of a source's files ---- */

/* SHA-256 over files one after the other, each once.
 * @return transfer full; NULL with FM_ERROR_IO, or without an error when none is a file */
char *fm_files_sha256(const char *const *paths, GError **error);
/* The same a piece at a time.  @param paths may be NULL.  Transfer full (fm_file_hash_free). */
typedef struct FmFileHash FmFileHash;
FmFileHash *fm_file_hash_new(const char *const *paths);
void fm_file_hash_free(FmFileHash *hash);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmFileHash, fm_file_hash_free)
/* Goes on until this share of the files is done, 1 = all of them.
 * @return FALSE with FM_ERROR_IO */
gboolean fm_file_hash_until(FmFileHash *hash, double ratio, GError **error);
/* After all of it.  Transfer full; NULL without a file. */
char *fm_file_hash_finish(FmFileHash *hash);

/* ---- text-stream.c: text piece by piece ---- */

typedef struct FmTextStream FmTextStream;

/* @param encoding borrowed until the stream is freed; UTF-8 is taken as it comes
 * @return transfer full; NULL with FM_ERROR_IO or FM_ERROR_USAGE (encoding) */
FmTextStream *fm_text_stream_open(const char *path, const char *encoding, GError **error);
void fm_text_stream_free(FmTextStream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmTextStream, fm_text_stream_free)
/* Appends more text, without the byte order mark; nothing is appended only at the end.
 * @return FALSE with FM_ERROR_IO, FM_ERROR_DATA (bytes that are not of the encoding) */
gboolean fm_text_stream_read(FmTextStream *stream, GString *text, GError **error);
/* How much of the file was read, 0 … 1. */
double fm_text_stream_ratio(const FmTextStream *stream);

/* ---- text.c ---- */

/* No byte of 128 or more? */
gboolean fm_bytes_are_ascii(const char *bytes, gsize n);
/* Text that a cell may hold: UTF-8, no control characters but tab and line breaks.
 * @return NULL when it is, else the reason; static storage */
const char *fm_text_fault(const char *text);
/* Nothing but white space of any script? */
gboolean fm_text_is_blank(const char *text);
/* Would fm_text_trim leave it as it is? */
gboolean fm_text_is_trimmed(const char *text);
/* Without white space of any script at both ends.  Transfer full. */
char *fm_text_trim(const char *text);

/* ---- csv.c: RFC 4180 and its relatives ---- */

typedef struct {
    const char *at, *end; /* borrowed text */
    gsize line;           /* of `at`, from 1 */
    char separator;       /* , ; tab or |: the one that the header has most of */
    GString *bytes;       /* the record's values one after the other, each NUL-terminated */
    GArray *starts;       /* gsize: where each value begins in `bytes` */
    gboolean nul;         /* the record held a NUL character, shown as U+FFFD */
    gboolean partial;     /* more text follows after `end` */
    gboolean starved;     /* the text ends within a record, which begins at `at` */
} FmCsv;

void fm_csv_init(FmCsv *csv, const char *text, gsize length);
void fm_csv_clear(FmCsv *csv);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmCsv, fm_csv_clear)
/* Goes on in other text, which begins with what was left of the text before.
 * @param partial more follows: a record that reaches the end is not taken yet */
void fm_csv_continue(FmCsv *csv, const char *text, gsize length, gboolean partial);
/* The next record that is not a blank line.
 * @return FALSE at the end (then see `starved`), or with FM_ERROR_PARSE: a quotation mark that is
 *         never closed */
gboolean fm_csv_next(FmCsv *csv, GError **error);
gsize fm_csv_n_values(const FmCsv *csv);
/* Borrowed until the next record. */
const char *fm_csv_value(const FmCsv *csv, gsize i);

#endif
