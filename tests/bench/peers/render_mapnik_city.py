"""The seeded town drawn by mapnik from indexed shapefiles, which it reads faster than anything else: the
roads are read once for casings and fillings (cache-features).

    render_mapnik_city.py LOOK.json OUT.png

LOOK.json says what render.py says to every engine: widths in pixels, colours, extent."""
import json
import sys

import mapnik

with open(sys.argv[1], encoding="utf-8") as source:
    look = json.load(source)


def rules(key, rows):
    return "".join(f"<Rule><Filter>[{key}]='{value}'</Filter>{symbolizer}</Rule>" for value, symbolizer in rows)


def stroke(color, width):
    return f'<LineSymbolizer stroke="{color}" stroke-width="{width}" stroke-linejoin="round" stroke-linecap="round"/>'


styles = {
    "district": rules("shade", [(s, f'<PolygonSymbolizer fill="{c}"/>') for s, c in look["shades"].items()]),
    "casing": rules("class", [(r["class"], stroke(look["casing"], r["outer"])) for r in look["roads"]]),
    "filling": rules("class", [(r["class"], stroke(r["color"], r["inner"])) for r in look["roads"]]),
    "symbol": (f'<Rule><MarkersSymbolizer fill="{look["symbol"]}" width="{look["symbol_size"]}" '
               f'height="{look["symbol_size"]}" stroke="#ffffff" stroke-width="{look["symbol_edge"]}" '
               'allow-overlap="true"/></Rule>'),
    "name": (f'<Rule><Filter>[name_en]!=""</Filter><TextSymbolizer face-name="Noto Sans CJK SC Regular" '
             f'size="{look["text_size"]}" fill="{look["text"]}" halo-fill="#ffffff" '
             f'halo-radius="{look["halo"]}" dy="{look["text_away"]}" dx="{look["text_away"]}" '
             'placement-type="simple" placements="E,W,N,S">[name_en]+"&#10;"+[name_zh]</TextSymbolizer></Rule>'),
}
document = [f'<Map srs="epsg:{look["epsg"]}" background-color="{look["ground"]}">']
document += [f'<Style name="{name}" filter-mode="first">{text}</Style>' for name, text in styles.items()]
for layer, names in (("district", ["district"]), ("road", ["casing", "filling"]), ("place", ["symbol", "name"])):
    document.append(f'<Layer name="{layer}" srs="epsg:4326" cache-features="true">' +
                    "".join(f"<StyleName>{name}</StyleName>" for name in names) +
                    f'<Datasource><Parameter name="type">shape</Parameter>'
                    f'<Parameter name="file">{look["folder"]}/{layer}.shp</Parameter></Datasource></Layer>')
document.append("</Map>")

mapnik.FontEngine.register_font(look["font"])
page = mapnik.Map(*look["size"])
mapnik.load_map_from_string(page, "".join(document))
page.zoom_to_box(mapnik.Box2d(*look["extent"]))
image = mapnik.Image(*look["size"])
mapnik.render(page, image)
image.save(sys.argv[2], "png32")
