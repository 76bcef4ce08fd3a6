/** @file core.h
 *  What every module needs: errors, progress and cancellation, parallel loops, units, dates, JSON
 *  that is checked.
 *  It knows nothing of geography, files or databases.
 *
 *  Threads: every function is re-entrant and keeps no global state.  `FmProgress` callbacks run on
 *  the caller's thread only, never on a worker of `fm_parallel_for`.
 *
 *  Fixed words used in all headers: *borrowed* (the callee or caller does not own it, and until
 *  when), *transfer full* (the receiver frees it, with which function). */
#ifndef FACMAP_CORE_H
#define FACMAP_CORE_H

#include <glib.h>

G_BEGIN_DECLS

#if defined(__GNUC__)
#define FM_API __attribute__((visibility("default")))
#else
#define FM_API
#endif

/* ---- version ---------------------------------------------------------------------------- */

/** Version of the library that is linked, as "MAJOR.MINOR.PATCH"; static storage. */
FM_API const char *fm_version(void);

/* ---- errors ----------------------------------------------------------------------------- */

#define FM_ERROR (fm_error_quark())
/** The domain of every error that the library sets. */
FM_API GQuark fm_error_quark(void);

/** Codes say what the *caller can do*, not where it happened.  The message is one line: what,
 *  where (file, row, column, option), and what to do. */
typedef enum {
    FM_ERROR_USAGE,       /**< the request itself is wrong: correct the option or argument */
    FM_ERROR_NOT_FOUND,   /**< a named file, layer, field or feature does not exist */
    FM_ERROR_PARSE,       /**< text that cannot be read: JSON, a number, a unit, a date */
    FM_ERROR_DATA,        /**< well-formed data that breaks a rule: duplicate id, bad polygon */
    FM_ERROR_CRS,         /**< a coordinate system is missing, unknown or does not fit */
    FM_ERROR_IO,          /**< reading or writing a file failed: disk full, permission */
    FM_ERROR_DATABASE,    /**< the workspace refused: locked, not a workspace, newer version */
    FM_ERROR_UNSUPPORTED, /**< valid, but facmap does not do it */
    FM_ERROR_INFEASIBLE,  /**< no answer exists under the given constraints */
    FM_ERROR_LIMIT,       /**< a stated size limit was passed, or memory for user data ran out */
    FM_ERROR_CANCELLED,   /**< the caller cancelled through its progress callback */
} FmError;

/* ---- progress and cancellation ---------------------------------------------------------- */

/** Receives progress.
 *  @param fraction 0 … 1, never decreasing within one operation
 *  @param stage    what is being done, for people ("reading schools"); borrowed for the call
 *  @return FALSE to cancel: the operation then fails with FM_ERROR_CANCELLED and undoes itself */
typedef gboolean (*FmProgressFunc)(double fraction, const char *stage, void *user);

/** A progress sink, and the slice of it that an operation may fill.  A value type: pass a pointer,
 *  NULL is silent and never cancels. */
typedef struct {
    FmProgressFunc func; /**< may be NULL */
    void *user;          /**< handed to `func` */
    double start_ratio;  /**< where this operation's 0 lies in the whole, 0 … 1 */
    double end_ratio;    /**< where its 1 lies, >= start_ratio */
} FmProgress;

/** A sink over the whole range 0 … 1. */
FM_API FmProgress fm_progress_init(FmProgressFunc func, void *user);

/** The part of `progress` from `from_ratio` to `to_ratio` of its own range, for a sub-operation.
 *  @param progress borrowed; NULL gives a silent slice */
FM_API FmProgress fm_progress_slice(const FmProgress *progress, double from_ratio, double to_ratio);

/** Report, and learn whether to go on.
 *  @param fraction 0 … 1 within this slice
 *  @return FALSE with FM_ERROR_CANCELLED when the callback asked to stop */
FM_API gboolean fm_progress_report(const FmProgress *progress, double fraction, const char *stage,
                                   GError **error);

/* ---- parallel loops --------------------------------------------------------------------- */

/** One chunk of a parallel loop: items begin … end-1.  Runs on any thread; must write only to its
 *  own items' slices of the output, so that any number of threads gives the same bytes.
 *  @param worker 0 … n_threads-1: index for per-thread scratch
 *  @return FALSE with `error` set to stop the loop */
typedef gboolean (*FmParallelFunc)(gsize begin, gsize end, guint worker, void *user,
                                   GError **error);

/** Threads to use when the caller says 0: the processors available to this process, >= 1. */
FM_API guint fm_parallel_default_threads(void);

/** Run `func` over 0 … n-1 in chunks.
 *  @param n         number of items
 *  @param grain     items a chunk, >= 1: chunk borders depend on it alone, never on the threads
 *  @param n_threads 0 = fm_parallel_default_threads(); 1 runs on the caller's thread
 *  @param progress  borrowed, may be NULL; reported between chunks on the caller's thread
 *  @param stage     stage name for `progress`
 *  @return FALSE with the error of the failed chunk that comes first in item order among those that
 *          ran, or FM_ERROR_CANCELLED */
FM_API gboolean fm_parallel_for(gsize n, gsize grain, guint n_threads, FmParallelFunc func,
                                void *user, const FmProgress *progress, const char *stage,
                                GError **error);

/* ---- two stages at once ------------------------------------------------------------------ */

typedef struct FmPipe FmPipe;

/** The first stage; runs on a thread of its own and hands on items with fm_pipe_push().
 *  @return FALSE with `error` set to end the pipe; what was pushed before is still consumed */
typedef gboolean (*FmProduceFunc)(FmPipe *pipe, void *user, GError **error);
/** The second stage; runs on the caller's thread, items in the order in which they were pushed.
 *  @param item transfer full
 *  @return FALSE with `error` set to end the pipe */
typedef gboolean (*FmConsumeFunc)(gpointer item, void *user, GError **error);

/** Hand on an item; waits while `capacity` items are waiting already.
 *  @param item transfer full, not NULL
 *  @return FALSE when nobody takes it any more: the first stage then returns, with either answer */
FM_API gboolean fm_pipe_push(FmPipe *pipe, gpointer item);

/** Run both stages at once, with at most `capacity` items between them.  The order of the items,
 *  and so the result, is the same for any `n_threads`.
 *  @param capacity  >= 1
 *  @param n_threads 0 or more than 1 = two threads; 1 = all on the caller's: a pushed item is then
 *                   consumed at once
 *  @param free_item for items that nobody consumes, may be NULL
 *  @return FALSE with the error of the second stage, else of the first */
FM_API gboolean fm_pipe_run(gsize capacity, guint n_threads, FmProduceFunc produce,
                            FmConsumeFunc consume, GDestroyNotify free_item, void *user,
                            GError **error);

/** One piece of work beside the caller's. */
typedef struct FmTask FmTask;
typedef void (*FmTaskFunc)(gpointer user);

/** Begin it.
 *  @param n_threads 0 or more than 1 = on another thread; 1 = done at once, on the caller's
 *  @return transfer full (fm_task_join) */
FM_API FmTask *fm_task_start(FmTaskFunc func, gpointer user, guint n_threads);
/** Wait for its end; what it wrote may then be read.  NULL is none. */
FM_API void fm_task_join(FmTask *task);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmTask, fm_task_join)

/* ---- units ------------------------------------------------------------------------------ */

typedef enum {
    FM_LIMIT_LENGTH, /**< value in metres */
    FM_LIMIT_TIME,   /**< value in seconds */
} FmLimitKind;

/** A reach as a planner writes it: "800m", "3km", "1.5mi", "15min", "1h". */
typedef struct {
    FmLimitKind kind;
    double value;  /**< metres or seconds, finite, > 0 */
    char text[24]; /**< as normalised for names and labels: "3km", "800m", "15min" */
} FmLimit;

/** Read one limit.  Units: m, km, mi, ft; s, min, h.  The unit is mandatory.
 *  @return FALSE with FM_ERROR_USAGE: no unit, unknown unit, not a positive finite number */
FM_API gboolean fm_limit_parse(const char *text, FmLimit *out, GError **error);

/** Read a comma-separated list; the result is sorted ascending without repeats.
 *  @param[out] out  GArray of FmLimit, at least one; transfer full (g_array_unref)
 *  @return FALSE with FM_ERROR_USAGE; also when lengths and times are mixed */
FM_API gboolean fm_limit_list_parse(const char *text, GArray **out, GError **error);

/** A number as text that reads the same in every locale, shortest form that reads back to the same
 *  double ("0.1", "116.3975").  @return transfer full (g_free) */
FM_API char *fm_format_double(double value);

/** A count with thousands separated by commas ("21,893,095").  @return transfer full (g_free) */
FM_API char *fm_format_count(gint64 value);

/** Read a whole string as a finite number, C locale, surrounding blanks allowed.
 *  @return FALSE without an error when it is anything else (also NaN, Inf, hex) */
FM_API gboolean fm_parse_double(const char *text, double *out);

/** Quantile by linear interpolation between order statistics (Hyndman & Fan 1996, type 7,
 *  doi:10.1080/00031305.1996.10473566): what R, NumPy and PERCENTILE.INC give.
 *  @param sorted n finite values, ascending  @param p 0 … 1  @return NaN for n == 0 */
FM_API double fm_quantile_sorted(const double *sorted, gsize n, double p);

/* ---- dates ------------------------------------------------------------------------------ */

/** Which day a bare year or month stands for. */
typedef enum {
    FM_DATE_FIRST_DAY, /**< 2021 -> 2021-01-01 */
    FM_DATE_LAST_DAY,  /**< 2021 -> 2021-12-31 */
} FmDateRounding;

/** Read "2021-09-01", "2021-09" or "2021" as days since 1970-01-01.
 *  @return FALSE with FM_ERROR_PARSE naming the text and the accepted forms */
FM_API gboolean fm_date_parse(const char *text, FmDateRounding rounding, gint64 *days,
                              GError **error);

/** The current UTC time as "2021-04-28T09:30:00Z"; SOURCE_DATE_EPOCH in the environment overrides
 *  the clock, so that outputs can be reproduced.  @return transfer full (g_free) */
FM_API char *fm_timestamp_now(void);

/* ---- files ------------------------------------------------------------------------------- */

/** Files that are written beside their places and get their names together: neither an error nor a
 *  machine that loses power leaves half of one. */
typedef struct FmOutputs FmOutputs;

/** @return transfer full (fm_outputs_free) */
FM_API FmOutputs *fm_outputs_new(void);
/** Files that were not committed are removed. */
FM_API void fm_outputs_free(FmOutputs *outputs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmOutputs, fm_outputs_free)

/** A new, empty file beside `path`, with its ending, which it becomes on commit.
 *  @return its name; borrowed, as long as `outputs`; NULL with FM_ERROR_NOT_FOUND (no such folder)
 *          or FM_ERROR_IO (`path` is a folder; no permission) */
FM_API const char *fm_outputs_add(FmOutputs *outputs, const char *path, GError **error);
/** The same with `n` bytes of content. */
FM_API gboolean fm_outputs_add_bytes(FmOutputs *outputs, const char *path, gconstpointer bytes,
                                     gsize n, GError **error);
/** A file that is there already, on the same file system, and becomes `path` on commit.  Copies
 *  both names. */
FM_API void fm_outputs_take(FmOutputs *outputs, const char *file, const char *path);
/** Fill a file that was added, whose errors are to call it `path`.
 *  @return FALSE with FM_ERROR_IO */
FM_API gboolean fm_outputs_write(const char *file, const char *path, gconstpointer bytes, gsize n,
                                 GError **error);
/** Bring all content to the disk, then give the names, in the order in which files were added.
 *  @return FALSE with FM_ERROR_IO; before any name is given, unless a rename fails */
FM_API gboolean fm_outputs_commit(FmOutputs *outputs, GError **error);

/* ---- JSON -------------------------------------------------------------------------------- */

/** Deeper arrays and objects are refused, so that recursion over what is left is safe. */
#define FM_JSON_MAX_DEPTH 200

/** Check that text is JSON (RFC 8259) whose keys are unique in their object, before a parser that
 *  is less strict reads it: json-glib takes comments and assignments, lets whole numbers overflow,
 *  keeps the last of two equal keys, and recurses as deep as its input.  Whether brackets and
 *  commas stand where they should is left to that parser.
 *  @param length in bytes; -1 = up to a NUL
 *  @return transfer full (g_free): the text without a byte order mark, and with whole numbers of
 *          more than 18 digits as reals; NULL with FM_ERROR_PARSE ("line 3, column 7: …") */
FM_API char *fm_json_strict(const char *text, gssize length, GError **error);

/* ---- checksums --------------------------------------------------------------------------- */

/** SHA-256 (FIPS 180-4) of bytes as they come, by the processor's own instructions where it has
 *  them.  One thread at a time. */
typedef struct FmSha256 FmSha256;

/** @return transfer full (fm_sha256_free) */
FM_API FmSha256 *fm_sha256_new(void);
FM_API void fm_sha256_free(FmSha256 *sha256);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmSha256, fm_sha256_free)
/** Add `n` bytes; not after fm_sha256_finish(). */
FM_API void fm_sha256_update(FmSha256 *sha256, const void *bytes, gsize n);
/** The checksum of all bytes.  Once.
 *  @return transfer full (g_free), 64 lower-case hex digits */
FM_API char *fm_sha256_finish(FmSha256 *sha256);

G_END_DECLS
#endif
