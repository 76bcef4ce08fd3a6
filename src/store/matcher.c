/* Which rows of two sets are the same: their keys are digested, both sets are sorted by digest, and
 * one pass over both finds the pairs, which are sorted back into the order of the rows that come (a
 * sort-merge join; Graefe, "Query evaluation techniques for large databases", ACM Computing Surveys
 * 25 (1993), 4.2).  Sorting goes by way of a temporary file where need be: memory does not grow.
 * Of SHA-256 128 bits are kept, so that two keys with one digest need not be thought of. */
#include "store-internal.h"

#define MATCHER_MEMORY_BYTES ((gsize)4 << 20) /* of each of the three sorters */
#define DIGEST_HALF_DIGITS 16u

typedef struct {
    FmSortKey digest;
    gint64 row;
} Record;

typedef struct {
    FmSorter *sorter;
    gsize n_left; /* to be taken from it */
    gboolean has_record;
    Record record;
    gint64 lowest, second; /* rows with the current digest; `second` is NONE while there is one */
    gint64 twins[2];       /* the first of all, or NONE */
} Side;

struct FmMatcher {
    Side sides[2];
    FmSorter *pairs; /* FmSortKey: row that comes, row that is known */
    gsize n_pairs_left;
    FmSortKey pair; /* the next one, its key -1 when there is none */
    gint64 first_unmatched;
};

FmMatcher *fm_matcher_new(void)
{
    FmMatcher *matcher = g_new0(FmMatcher, 1);

    for (gsize i = 0; i < G_N_ELEMENTS(matcher->sides); i++) {
        Side *side = &matcher->sides[i];
        side->sorter = fm_sorter_new(sizeof(Record), MATCHER_MEMORY_BYTES);
        side->twins[0] = side->twins[1] = FM_MATCH_NONE;
    }
    matcher->pairs = fm_sorter_new(sizeof(FmSortKey), MATCHER_MEMORY_BYTES);
    matcher->pair.key = matcher->first_unmatched = -1;
    return matcher;
}

void fm_matcher_free(FmMatcher *matcher)
{
    if (matcher != NULL) {
        fm_sorter_free(matcher->sides[FM_MATCH_KNOWN].sorter);
        fm_sorter_free(matcher->sides[FM_MATCH_COMING].sorter);
        fm_sorter_free(matcher->pairs);
        g_free(matcher);
    }
}

/* ---- adding ----------------------------------------------------------------------------- */

static gint64 digest_half(const char *digits)
{
    guint64 half = 0;

    for (gsize i = 0; i < DIGEST_HALF_DIGITS; i++) {
        int digit = digits[i] <= '9' ? digits[i] - '0' : digits[i] - 'a' + 10;
        half = half << 4 | (guint64)digit;
    }
    return (gint64)half;
}

gboolean fm_matcher_add(FmMatcher *matcher, FmMatchSide side, const char *key, gsize length,
                        gint64 row, GError **error)
{
    g_autoptr(FmSha256) sha256 = fm_sha256_new();

    fm_sha256_update(sha256, key, length);
    g_autofree char *digits = fm_sha256_finish(sha256);
    const Record record = {
        .digest = {.key = digest_half(digits), .id = digest_half(digits + DIGEST_HALF_DIGITS)},
        .row = row};
    return fm_sorter_add(matcher->sides[side].sorter, &record, error);
}

/* ---- joining ---------------------------------------------------------------------------- */

static int compare(const FmSortKey *a, const FmSortKey *b)
{
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    return (a->id > b->id) - (a->id < b->id);
}

/* The row has the digest of the one before: the two lowest of such a group are its twins. */
static void note_twin(Side *side, gint64 row)
{
    if (row < side->lowest) {
        side->second = side->lowest;
        side->lowest = row;
    } else if (side->second == FM_MATCH_NONE || row < side->second) {
        side->second = row;
    }
    if (side->twins[1] == FM_MATCH_NONE || side->second < side->twins[1]) {
        side->twins[0] = side->lowest;
        side->twins[1] = side->second;
    }
}

static gboolean advance(Side *side, GError **error)
{
    const Record before = side->record;
    gboolean had_record = side->has_record;

    side->has_record = side->n_left > 0;
    if (!side->has_record) {
        return TRUE;
    }
    side->n_left--;
    if (!fm_sorter_next(side->sorter, &side->record, error)) {
        return FALSE;
    }
    if (had_record && compare(&before.digest, &side->record.digest) == 0) {
        note_twin(side, side->record.row);
    } else {
        side->lowest = side->record.row;
        side->second = FM_MATCH_NONE;
    }
    return TRUE;
}

static gboolean begin_side(Side *side, GError **error)
{
    side->n_left = fm_sorter_n_records(side->sorter);
    return fm_sorter_sort(side->sorter, error) && advance(side, error);
}

static void note_unmatched(FmMatcher *matcher, gint64 row)
{
    if (matcher->first_unmatched < 0 || row < matcher->first_unmatched) {
        matcher->first_unmatched = row;
    }
}

/* The next pair, or the next row of either side that has none. */
static gboolean join_step(FmMatcher *matcher, GError **error)
{
    Side *known = &matcher->sides[FM_MATCH_KNOWN], *coming = &matcher->sides[FM_MATCH_COMING];
    int order = !known->has_record ? 1 : compare(&known->record.digest, &coming->record.digest);

    if (order < 0) {
        return advance(known, error);
    }
    if (order > 0) {
        note_unmatched(matcher, coming->record.row);
        return advance(coming, error);
    }
    const FmSortKey pair = {.key = coming->record.row, .id = known->record.row};
    return fm_sorter_add(matcher->pairs, &pair, error) && advance(known, error) &&
           advance(coming, error);
}

static gboolean next_pair(FmMatcher *matcher, GError **error)
{
    if (matcher->n_pairs_left == 0) {
        matcher->pair.key = -1;
        return TRUE;
    }
    matcher->n_pairs_left--;
    return fm_sorter_next(matcher->pairs, &matcher->pair, error);
}

gboolean fm_matcher_join(FmMatcher *matcher, GError **error)
{
    Side *known = &matcher->sides[FM_MATCH_KNOWN], *coming = &matcher->sides[FM_MATCH_COMING];

    if (!begin_side(known, error) || !begin_side(coming, error)) {
        return FALSE;
    }
    while (coming->has_record) {
        if (!join_step(matcher, error)) {
            return FALSE;
        }
    }
    while (known->has_record) {
        if (!advance(known, error)) {
            return FALSE;
        }
    }
    matcher->n_pairs_left = fm_sorter_n_records(matcher->pairs);
    return fm_sorter_sort(matcher->pairs, error) && next_pair(matcher, error);
}

gboolean fm_matcher_has_twins(const FmMatcher *matcher, FmMatchSide side, gint64 rows[2])
{
    const gint64 *twins = matcher->sides[side].twins;

    rows[0] = twins[0];
    rows[1] = twins[1];
    return twins[1] != FM_MATCH_NONE;
}

gint64 fm_matcher_first_unmatched(const FmMatcher *matcher)
{
    return matcher->first_unmatched;
}

gboolean fm_matcher_find(FmMatcher *matcher, gint64 row, gint64 *known, GError **error)
{
    while (matcher->pair.key >= 0 && matcher->pair.key < row) {
        if (!next_pair(matcher, error)) {
            return FALSE;
        }
    }
    *known = matcher->pair.key == row ? matcher->pair.id : FM_MATCH_NONE;
    return TRUE;
}
