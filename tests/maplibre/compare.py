#!/usr/bin/env python3
"""Draws the same style and GeoJSON with MapLibre GL JS, in a headless Chromium, and with facmap, and
measures how far the edges of one lie from those of the other: fills, lines and circles each.

    tests/maplibre/compare.py FACMAP [WORKDIR]

The workspace is in EPSG:3857, which is what MapLibre draws; the page's world file gives the centre
and the zoom.  Exit status 0 when no edge is farther than 2 px, 77 without Chromium, `npm ci`, numpy,
scipy or Pillow."""
import base64
import http.server
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading

try:
    import numpy
    from PIL import Image
    from scipy import ndimage
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(77)

HERE = pathlib.Path(__file__).resolve().parent
MOST_PX = 2.0
EQUATOR_M = 2 * math.pi * 6378137
MARGIN_MM = 12  # of the page: there is no map
POLYGONS = [
    [[[116.05, 39.75], [116.30, 39.72], [116.36, 39.90], [116.20, 40.02], [116.03, 39.93]],
     [[116.15, 39.82], [116.25, 39.82], [116.22, 39.92]]],
    [[[116.42, 39.70], [116.70, 39.74], [116.62, 39.86], [116.72, 39.98], [116.45, 40.03]]],
]
LINES = [([[116.0, 40.08], [116.25, 40.16], [116.4, 40.07], [116.7, 40.15]], 1.5),
         ([[116.02, 39.66], [116.3, 39.69], [116.45, 39.62], [116.72, 39.67]], 4),
         ([[116.38, 39.70], [116.39, 39.85], [116.37, 40.04]], 9)]
POINTS = [(116.05 + 0.11 * i, 39.72 + 0.09 * ((i * 2) % 5), 3 + 2.5 * i) for i in range(6)]
PAINT = {
    "fill": ("fill", {"fill-color": "#000000"}),
    "line": ("line", {"line-color": "#000000", "line-width": ["get", "size"]}),
    "circle": ("circle", {"circle-color": "#000000", "circle-radius": ["get", "size"]}),
}


def collection(kind):
    def feature(number, geometry, size):
        return {"type": "Feature", "properties": {"id": f"{kind}{number}", "size": size},
                "geometry": geometry}
    if kind == "fill":
        shapes = [({"type": "Polygon", "coordinates": [ring + ring[:1] for ring in rings]}, 1)
                  for rings in POLYGONS]
    elif kind == "line":
        shapes = [({"type": "LineString", "coordinates": line}, size) for line, size in LINES]
    else:
        shapes = [({"type": "Point", "coordinates": [x, y]}, size) for x, y, size in POINTS]
    features = [feature(number, *shape) for number, shape in enumerate(shapes)]
    return {"type": "FeatureCollection", "features": features}


def style(kind):
    """As facmap reads it: on A3, where a pixel of the design is one of 96 to the inch."""
    layer_type, paint = PAINT[kind]
    return {
        "version": 8,
        "metadata": {
            "facmap:page": {"size": "A3", "margin_mm": MARGIN_MM, "panel_ratio": 0},
            "facmap:extent": {"layers": ["fill", "line", "circle"], "pad_ratio": 0.05}},
        "sources": {"workspace": {"type": "vector", "url": "facmap:workspace"}},
        "layers": [{"id": "paper", "type": "background", "paint": {"background-color": "#ffffff"}},
                   {"id": kind, "type": layer_type, "source": "workspace", "source-layer": kind,
                    "paint": paint}],
    }


def run(*command):
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)


def draw_facmap(facmap, work, kind):
    (work / f"{kind}.json").write_text(json.dumps(style(kind)))
    picture = work / f"{kind}-facmap.png"
    run(facmap, "render", work / "w.sqlite", work / f"{kind}.json", "-o", picture, "--dpi", 96,
        "--quiet")
    x_step, _, _, y_step, x, y = map(float, picture.with_suffix(".pgw").read_text().split())
    return picture, x_step, x - x_step / 2, y - y_step / 2


def lonlat(x, y):
    radius = EQUATOR_M / (2 * math.pi)
    return [math.degrees(x / radius), math.degrees(2 * math.atan(math.exp(y / radius)) - math.pi / 2)]


class Server(http.server.ThreadingHTTPServer):
    """The folder, the job, and where the picture comes back."""
    job = b""
    picture = None


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript"}

    def do_GET(self):
        if self.path != "/job.json":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(self.server.job)
        return None

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.picture = base64.b64decode(body.split(b",", 1)[1])
        self.server.arrived.set()
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def draw_maplibre(browser, work, kind, size, m_per_px, west, north):
    scale = m_per_px  # of Mercator metres a CSS pixel, at one device pixel each
    width, height = size
    document = style(kind)
    del document["metadata"]
    document["sources"] = {"workspace": {"type": "geojson", "data": collection(kind)}}
    del document["layers"][1]["source-layer"]
    job = {"style": document, "width": width, "height": height,
           "center": lonlat(west + width / 2 * scale, north - height / 2 * scale),
           "zoom": math.log2(EQUATOR_M / (512 * scale))}
    server = Server(("127.0.0.1", 0), lambda *a: Handler(*a, directory=str(HERE)))
    server.job, server.arrived = json.dumps(job).encode(), threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as profile:
        process = subprocess.Popen(
            [browser, "--headless", "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader",
             "--enable-unsafe-swiftshader", f"--user-data-dir={profile}", "--remote-debugging-port=0",
             f"--window-size={width},{height}", f"http://127.0.0.1:{server.server_port}/draw.html"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        arrived = server.arrived.wait(120)
        process.terminate()
        process.wait()
    server.shutdown()
    if not arrived:
        sys.exit(f"{kind}: the browser gave no picture")
    picture = work / f"{kind}-maplibre.png"
    picture.write_bytes(server.picture)
    return picture


def ink(path, size, margin):
    picture = Image.open(path).convert("RGBA")
    paper = Image.new("RGBA", picture.size, "white")
    dark = numpy.asarray(Image.alpha_composite(paper, picture).convert("L")) < 128
    width, height = size
    return dark[margin:height - margin, margin:width - margin]


def edges(mask):
    return mask & ~ndimage.binary_erosion(mask, border_value=1)


def distances(a, b):
    """From each edge pixel of either to the nearest of the other."""
    one, other = edges(a), edges(b)
    return numpy.concatenate([ndimage.distance_transform_edt(~other)[one],
                              ndimage.distance_transform_edt(~one)[other]])


def side_by_side(pairs, work):
    shown = [[Image.open(path).convert("RGBA") for path in pair] for pair in pairs]
    width, height = shown[0][0].size
    sheet = Image.new("RGB", (2 * width // 2 + 8, len(shown) * (height // 2 + 8)), "#888888")
    for row, pair in enumerate(shown):
        for column, picture in enumerate(pair):
            paper = Image.new("RGBA", picture.size, "white")
            small = Image.alpha_composite(paper, picture).convert("RGB")
            sheet.paste(small.resize((width // 2, height // 2), Image.LANCZOS),
                        (column * (width // 2 + 8), row * (height // 2 + 8)))
    sheet.quantize(16).save(work / "side-by-side.png", optimize=True)


def main():
    facmap = pathlib.Path(sys.argv[1]).resolve()
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None or not (HERE / "node_modules").exists():
        print("skipped: needs Chromium, and `npm ci` in tests/maplibre")
        sys.exit(77)
    work = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp(prefix="maplibre-"))
    work.mkdir(parents=True, exist_ok=True)
    (work / "w.sqlite").unlink(missing_ok=True)
    run(facmap, "init", work / "w.sqlite", "--crs", "EPSG:3857", "--quiet")
    for kind in PAINT:
        (work / f"{kind}.geojson").write_text(json.dumps(collection(kind)))
        run(facmap, "load", work / "w.sqlite", work / f"{kind}.geojson", "--layer", kind, "--quiet")
    pairs, failed = [], False
    for kind in PAINT:
        ours, m_per_px, west, north = draw_facmap(facmap, work, kind)
        size = Image.open(ours).size
        theirs = draw_maplibre(browser, work, kind, size, m_per_px, west, north)
        margin = math.ceil(MARGIN_MM / 25.4 * 96) + 2
        far = distances(ink(ours, size, margin), ink(theirs, size, margin))
        print(f"{kind:6} {len(far)} edge pixels: median {numpy.median(far):.2f}, "
              f"largest {far.max():.2f} px")
        failed |= bool(far.max() > MOST_PX)
        pairs.append((ours, theirs))
    side_by_side(pairs, work)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
