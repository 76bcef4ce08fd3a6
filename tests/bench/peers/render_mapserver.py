"""The seeded town as a MapServer map file, for map2img: shapefiles with a spatial index (shptree).

    render_mapserver.py LOOK.json OUT.map"""
import json
import pathlib
import sys

with open(sys.argv[1], encoding="utf-8") as source:
    look = json.load(source)


def style(color, width):
    return (f'STYLE COLOR "{color}" WIDTH {width} LINECAP ROUND LINEJOIN ROUND END')


def layer(name, kind, item, classes):
    chosen = f'CLASSITEM "{item}"' if item else ""
    return (f'LAYER NAME "{name}" TYPE {kind} STATUS DEFAULT DATA "{name}" {chosen}\n'
            f'PROJECTION "init=epsg:4326" END\nPROCESSING "LABEL_NO_CLIP=ON"\n' + "\n".join(classes) + "\nEND\n")


# A layer draws the first style of all its features, then the second: casings below fillings.
roads = [f'CLASS EXPRESSION "{r["class"]}" {style(look["casing"], r["outer"])} {style(r["color"], r["inner"])} END'
         for r in look["roads"]]
areas = [f'CLASS EXPRESSION "{s}" STYLE COLOR "{c}" END END' for s, c in look["shades"].items()]
symbol = (f'STYLE SYMBOL "dot" SIZE {look["symbol_size"]} COLOR "{look["symbol"]}" OUTLINECOLOR "#ffffff" '
          f'OUTLINEWIDTH {look["symbol_edge"]} END')
away = look["text_away"]
label = (f'LABEL TYPE TRUETYPE FONT "sans" SIZE {look["text_size"] * 72 / 96} COLOR "{look["text"]}" '
         f'OUTLINECOLOR "#ffffff" OUTLINEWIDTH {look["halo"]} POSITION AUTO OFFSET {away} {away} PARTIALS FALSE '
         'WRAP "|" TEXT (\'[name_en]\' + "|" + \'[name_zh]\') END')
places = [f'CLASS EXPRESSION /./ {symbol} {label} END', f'CLASS {symbol} END']

fonts = pathlib.Path(sys.argv[2]).with_suffix(".fonts")
fonts.write_text(f"sans {look['font']}\n", encoding="utf-8")
width, height = look["size"]
pathlib.Path(sys.argv[2]).write_text(f'''MAP
SIZE {width} {height}
RESOLUTION 96
DEFRESOLUTION 96
MAXSIZE {max(width, height)}
EXTENT {" ".join(map(str, look["extent"]))}
UNITS METERS
SHAPEPATH "{look["folder"]}"
FONTSET "{fonts}"
IMAGECOLOR "{look["ground"]}"
PROJECTION "init=epsg:{look["epsg"]}" END
OUTPUTFORMAT NAME "png" DRIVER AGG/PNG IMAGEMODE RGB END
IMAGETYPE "png"
SYMBOL NAME "dot" TYPE ELLIPSE FILLED TRUE POINTS 1 1 END END
{layer("district", "POLYGON", "shade", areas)}{layer("road", "LINE", "class", roads)}{layer("place", "POINT", "name_en", places)}END
''', encoding="utf-8")
