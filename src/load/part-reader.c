/* A text table or what OGR reads: some rows at a time, as the same kind of part. */
#include "load-internal.h"

struct FmPartReader {
    FmCsvReader *csv; /* one of them */
    FmOgrReader *ogr;
};

FmPartReader *fm_part_reader_open(const FmSource *source, FmRaw *header, GError **error)
{
    g_autoptr(FmPartReader) reader = g_new0(FmPartReader, 1);

    if (fm_path_is_text_table(source->path)) {
        reader->csv = fm_csv_reader_open(source->path, source->encoding, header, error);
    } else {
        reader->ogr = fm_ogr_reader_open(source, FALSE, header, error);
    }
    return reader->csv != NULL || reader->ogr != NULL ? g_steal_pointer(&reader) : NULL;
}

void fm_part_reader_free(FmPartReader *reader)
{
    if (reader != NULL) {
        fm_csv_reader_free(reader->csv);
        fm_ogr_reader_free(reader->ogr);
        g_free(reader);
    }
}

gboolean fm_part_reader_read(FmPartReader *reader, FmRaw *raw, gsize max_rows, GError **error)
{
    return reader->csv != NULL ? fm_csv_reader_read(reader->csv, raw, max_rows, error)
                               : fm_ogr_reader_read(reader->ogr, raw, max_rows, error);
}
