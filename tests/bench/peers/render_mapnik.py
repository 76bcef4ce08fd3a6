"""The city drawn by mapnik from the exported GeoPackage: areas, water, lines, demand cells, symbols and
bilingual names on an A3 page at 300 dpi, without the page furniture that facmap adds.

    render_mapnik.py CITY.gpkg OUT.png EPSG WIDTH HEIGHT
"""
import glob
import sys

import mapnik

gpkg, out, epsg, width, height = sys.argv[1:]
DPI_SCALE = 300 / 96

# Layer, symbolizer; drawn in this order.
LAYERS = [
    ("area", '<PolygonSymbolizer fill="#FAF9F6"/><LineSymbolizer stroke="#B7B0A5" stroke-width="0.7"/>'),
    ("water", '<PolygonSymbolizer fill="#CFE1EC"/>'),
    ("structure", '<PolygonSymbolizer fill="#E3B23C" fill-opacity="0.3"/>'),
    ("river", '<LineSymbolizer stroke="#A9C6D8" stroke-width="1"/>'),
    ("ring_road", '<LineSymbolizer stroke="#D9CBB2" stroke-width="1.5"/>'),
    ("corridor", '<LineSymbolizer stroke="#B5382A" stroke-width="3"/>'),
] + [
    (name, f'<MarkersSymbolizer fill="{fill}" width="12" height="12" allow-overlap="true"/>'
           '<TextSymbolizer face-name="Noto Sans CJK SC Regular" size="10" fill="#333" halo-radius="1.2"'
           ' dy="10" placement-type="simple" placements="N,E,S,W">[name_zh]</TextSymbolizer>')
    for name, fill in (("project_site", "#D55E00"), ("school", "#0072B2"), ("hospital", "#AA3377"))
]

document = ['<Map srs="epsg:%s" background-color="#ECEAE5">' % epsg]
for name, symbols in LAYERS:
    document.append(
        f'<Style name="{name}"><Rule>{symbols}</Rule></Style>'
        f'<Layer name="{name}" srs="epsg:4326"><StyleName>{name}</StyleName><Datasource>'
        f'<Parameter name="type">ogr</Parameter><Parameter name="file">{gpkg}</Parameter>'
        f'<Parameter name="layer">{name}</Parameter></Datasource></Layer>')
document.append("</Map>")

for font in glob.glob("/usr/share/fonts/opentype/noto/NotoSansCJK-*.ttc"):
    mapnik.FontEngine.register_font(font)
page = mapnik.Map(int(width), int(height))
mapnik.load_map_from_string(page, "".join(document))
page.zoom_all()
image = mapnik.Image(int(width), int(height))
mapnik.render(page, image, DPI_SCALE)
image.save(out, "png32")
