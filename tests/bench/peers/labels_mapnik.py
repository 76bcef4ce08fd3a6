"""The symbols and bilingual names of a table drawn by mapnik: every symbol stands, names try eight places
around theirs, Chinese above English, none may cover a symbol or another name.

    labels_mapnik.py POINTS.csv SYMBOL.svg OUT.png EPSG WIDTH HEIGHT SCALE MINX MINY MAXX MAXY

The frame is in the CRS; SCALE is device pixels a CSS pixel.  A name's colour is its own, from the column
color, so that whoever counts the colours of the picture has counted the names on it.
"""
import sys

import mapnik

points, symbol, out, epsg, width, height, scale, *frame = sys.argv[1:]
NAMES = "E,W,S,N,SE,NE,SW,NW"

document = f"""<Map srs="epsg:{epsg}" background-color="#ffffff">
<FontSet name="zh"><Font face-name="Noto Sans CJK SC Regular"/></FontSet>
<Style name="symbol"><Rule>
  <MarkersSymbolizer file="{symbol}" width="6" height="6" allow-overlap="true" ignore-placement="false"/>
</Rule></Style>
<Style name="name"><Rule><Filter>[name_zh] != ''</Filter>
  <TextSymbolizer face-name="Noto Sans CJK SC Regular" size="8" fill="[color]" dx="4.8" dy="4.8" margin="1" avoid-edges="true"
    placement-type="simple" placements="{NAMES}">[name_zh]+'&#10;'<Format face-name="Noto Sans Regular"
    size="6.8">[name_en]</Format></TextSymbolizer>
</Rule></Style>
""" + "".join(
    f"""<Layer name="{name}" srs="epsg:4326"><StyleName>{name}</StyleName><Datasource>
  <Parameter name="type">csv</Parameter><Parameter name="file">{points}</Parameter>
</Datasource></Layer>""" for name in ("symbol", "name")) + "</Map>"

for font in ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
             "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"):
    mapnik.FontEngine.register_font(font)
page = mapnik.Map(int(width), int(height))
mapnik.load_map_from_string(page, document)
page.zoom_to_box(mapnik.Box2d(*map(float, frame)))
image = mapnik.Image(int(width), int(height))
mapnik.render(page, image, float(scale))
image.save(out, "png32")
