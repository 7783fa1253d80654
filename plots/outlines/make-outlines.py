#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make the outlines of West Africa from a TopoJSON file of the world.

Usage: make-outlines.py countries-50m.json
writes west-africa.tsv (coasts and borders, as lines) and
west-africa-land.tsv (land, as surfaces to fill) to the working folder.

TopoJSON stores a coast or a border once, as an arc which the countries on
both sides share. So the arcs are the lines of the map: nothing has to be
merged, and no border is drawn twice. The steps are: decode, clip to a box,
simplify (Douglas and Peucker), write. Only the standard library is used.

The land is clipped ring by ring (Sutherland and Hodgman); lakes stay land.

Output: a header line, then lines of lon_deg, lat_deg and, for lines, sides
(1 coast, 2 border: the number of countries that share it), TABs between,
three decimals (about 100 m), a blank line between polylines.
SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import sys

# The map shows 18.5 W to 5 E and 3.5 N to 19.5 N; the box is wider so that
# no line ends inside the picture when its shape asks for some more.
WEST, EAST, SOUTH, NORTH = -23.0, 9.0, 1.5, 24.0
TOLERANCE_DEG = 0.01
OUTPUT_LIMIT_BYTES = 60 * 1024


def used_arcs(geometry, found):
    """Counts the uses of each arc of a geometry; ~i is arc i backwards."""
    def walk(item):
        if isinstance(item, int):
            arc = item if item >= 0 else ~item
            found[arc] = found.get(arc, 0) + 1
        else:
            for part in item:
                walk(part)
    for part in geometry.get("geometries", []):
        used_arcs(part, found)
    walk(geometry.get("arcs", []))


def decode(arc, transform):
    """Undoes the delta encoding: the points of one arc in degrees."""
    (scale_x, scale_y) = transform["scale"]
    (move_x, move_y) = transform["translate"]
    x = y = 0
    points = []
    for step in arc:
        x += step[0]
        y += step[1]
        points.append((x * scale_x + move_x, y * scale_y + move_y))
    return points


def clip_segment(start, end):
    """Liang and Barsky: the part of a segment inside the box, or None."""
    (dx, dy) = (end[0] - start[0], end[1] - start[1])
    (enter, leave) = (0.0, 1.0)
    for (run, gap) in ((-dx, start[0] - WEST), (dx, EAST - start[0]),
                       (-dy, start[1] - SOUTH), (dy, NORTH - start[1])):
        if run == 0:
            if gap < 0:
                return None
        elif run < 0:
            enter = max(enter, gap / run)
        else:
            leave = min(leave, gap / run)
    if enter > leave:
        return None
    return ((start[0] + enter * dx, start[1] + enter * dy),
            (start[0] + leave * dx, start[1] + leave * dy))


def clip(points):
    """The pieces of a polyline inside the box."""
    pieces = []
    for (start, end) in zip(points, points[1:]):
        part = clip_segment(start, end)
        if part is None or part[0] == part[1]:
            continue
        if pieces and pieces[-1][-1] == part[0]:
            pieces[-1].append(part[1])
        else:
            pieces.append(list(part))
    return pieces


def distance(point, start, end):
    """From a point to a segment, in degrees."""
    (dx, dy) = (end[0] - start[0], end[1] - start[1])
    length2 = dx * dx + dy * dy
    along = 0.0
    if length2 > 0:
        along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy)
        along = min(1.0, max(0.0, along / length2))
    return ((point[0] - start[0] - along * dx) ** 2
            + (point[1] - start[1] - along * dy) ** 2) ** 0.5


def simplify(points):
    """Douglas and Peucker, with a stack instead of recursion."""
    keep = {0, len(points) - 1}
    todo = [(0, len(points) - 1)]
    while todo:
        (first, last) = todo.pop()
        (worst, at) = (TOLERANCE_DEG, None)
        for i in range(first + 1, last):
            off = distance(points[i], points[first], points[last])
            if off > worst:
                (worst, at) = (off, i)
        if at is not None:
            keep.add(at)
            todo += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def ring_points(ring, world):
    """The points of a ring of arcs, each arc joined to the one before."""
    points = []
    for i in ring:
        arc = decode(world["arcs"][i if i >= 0 else ~i], world["transform"])
        points += (arc if i >= 0 else arc[::-1])[1 if points else 0:]
    return points


def clip_ring(ring):
    """Sutherland and Hodgman: a ring cut to the box, side after side."""
    for (axis, limit, sign) in ((0, WEST, 1), (0, EAST, -1),
                                (1, SOUTH, 1), (1, NORTH, -1)):
        cut = []
        for (a, b) in zip(ring, ring[1:] + ring[:1]):
            (off_a, off_b) = (sign * (a[axis] - limit),
                              sign * (b[axis] - limit))
            if off_a >= 0:
                cut.append(a)
            if (off_a >= 0) != (off_b >= 0):
                t = off_a / (off_a - off_b)
                cut.append((a[0] + t * (b[0] - a[0]),
                            a[1] + t * (b[1] - a[1])))
        ring = cut
    return ring


def write(name, lines):
    """Writes a file of lines, unless it is too long."""
    text = "\n".join(lines).rstrip("\n") + "\n"
    if len(text) > OUTPUT_LIMIT_BYTES:
        sys.exit("make-outlines.py: %s too long, raise TOLERANCE_DEG" % name)
    with open(name, "w", encoding="utf-8", newline="\n") as out:
        out.write(text)


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: make-outlines.py countries-50m.json")
    with open(sys.argv[1], encoding="utf-8") as source:
        world = json.load(source)
    arcs = {}
    used_arcs(world["objects"]["countries"], arcs)
    lines = ["lon_deg\tlat_deg\tsides"]
    for i in sorted(arcs):
        for piece in clip(decode(world["arcs"][i], world["transform"])):
            lines += ["%.3f\t%.3f\t%d" % (x, y, min(arcs[i], 2))
                      for (x, y) in simplify(piece)] + [""]
    write("west-africa.tsv", lines)
    land = ["lon_deg\tlat_deg"]
    for geometry in world["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            ring = clip_ring(ring_points(polygon[0], world))
            if len(ring) > 2:
                ring = simplify(ring + ring[:1])
                land += ["%.3f\t%.3f" % point for point in ring] + [""]
    write("west-africa-land.tsv", land)


if __name__ == "__main__":
    main()
