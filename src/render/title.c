/* The title block and the key figure: the first words that are read. */
#include "furniture.h"

double fm__title_draw(FmFurniture *f, double x_px, double y_px, double width_px)
{
    const FmTextLook title = {22, TRUE, FM_INK, FM_JUSTIFY_LEFT};
    const FmTextLook title_en = {14, TRUE, FM_INK, FM_JUSTIFY_LEFT};
    const FmTextLook subtitle = {11, FALSE, FM_INK_SOFT, FM_JUSTIFY_LEFT};
    double y = y_px;
    y += fm__furniture_draw_words(f, &f->page->title, &title, &title_en, x_px, y, width_px);
    if (y == y_px)
        return 0;
    double before = y;
    y += f->sheet->gap_px / 4;
    y += fm__furniture_draw_words(f, &f->page->subtitle, &subtitle, NULL, x_px, y, width_px);
    if (y == before + f->sheet->gap_px / 4)
        y = before;
    return y - y_px;
}

double fm__figure_draw(FmFurniture *f, double x_px, double y_px, double width_px)
{
    const FmTextLook number = {34, TRUE, FM_INK, FM_JUSTIFY_LEFT};
    const FmTextLook words = {9, FALSE, FM_INK, FM_JUSTIFY_LEFT};
    const FmPageFigure *figure = f->page->figure;
    if (!figure)
        return 0;
    g_autofree char *value =
        fm__placeholders_expand(f->placeholders, figure->value, f->language, f->report->warnings);
    double y = y_px;
    y += fm__furniture_draw_text(f, value, &number, x_px, y, width_px);
    y += fm__furniture_draw_words(f, &figure->text, &words, NULL, x_px, y, width_px);
    return y - y_px;
}
