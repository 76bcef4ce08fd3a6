"""The tasks of bench-network with scipy.sparse.csgraph: prints the seconds of the call as JSON.

    csgraph_scipy.py GRAPH reach|nearest|single LIMIT ANSWER

The answer is laid out as bench-network's.  Service areas go in blocks of ends: scipy answers with a
matrix of all nodes, which would not fit for all ends at once.
"""
import json
import pathlib
import sys
import time

import numpy
import scipy.sparse
from scipy.sparse.csgraph import dijkstra

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import roads

BLOCK = 50

path, task, limit, answer = sys.argv[1:]
limit = float(limit)
graph = roads.Graph.load(path)
# Of parallel arcs scipy would add up the costs: only the cheapest is kept.
order = numpy.lexsort((graph.costs, graph.heads, graph.tails))
tails, heads, costs = (column[order] for column in (graph.tails, graph.heads, graph.costs))
first = numpy.concatenate([[True], (tails[1:] != tails[:-1]) | (heads[1:] != heads[:-1])])
matrix = scipy.sparse.csr_matrix(
    (costs[first], (tails[first].astype("i4"), heads[first].astype("i4"))), shape=(graph.n_nodes,) * 2)

begun = time.monotonic()
if task == "reach":
    found = []
    for block in range(0, len(graph.ends), BLOCK):
        reached = dijkstra(matrix, indices=graph.ends[block:block + BLOCK], limit=limit)
        within = numpy.isfinite(reached)
        found.append(numpy.column_stack([within.sum(axis=1), reached.sum(axis=1, where=within)]))
    found = numpy.concatenate(found)
elif task == "nearest":
    found = dijkstra(matrix, indices=graph.ends, limit=limit, min_only=True)
else:
    found = dijkstra(matrix, indices=int(graph.ends[0]), limit=limit)
seconds = time.monotonic() - begun
numpy.ascontiguousarray(found, "<f8").tofile(answer)
print(json.dumps({task: seconds}))
