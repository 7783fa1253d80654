# Networks from tables and maps of others.
$ printf 'node_id;name;x_coord;y_coord;node_type\n1;Port Salo;0,5;10;port\n2;Mid;2;10,25;signal\n3;Kessa;3,123;11;capital\n' > $T/n.csv; printf 'link_id;from_node_id;to_node_id;length;free_speed;directed;lanes;capacity;facility_type;toll\n10;1;2;100,5;60;0;1;1200;highway;1\n11;2;3;;;VRAI;;;track;\n' > $T/l.csv; shortfall network --import $T/n.csv --import $T/l.csv
Assumed: 1 node_type is no kind that is known here: taken for a town
Assumed: no unit is stated for "length": km is assumed
Assumed: no unit is stated for "free_speed": km/h is assumed
Assumed: 1 capacity is in cars an hour and lane: times lanes and 24 h, a truck taken for two cars
Assumed: 1 link has no km: 1.3 times the straight line is assumed
Not used: column "toll"
{
  "format": 1,
  "capital": "3",
  "sources": {},
  "zones": {},
  "nodes": {
    "1": {
      "title": "Port Salo",
      "kind": "port",
      "lat_deg": 10,
      "lon_deg": 0.5
    },
    "2": {
      "title": "Mid",
      "lat_deg": 10.25,
      "lon_deg": 2
    },
    "3": {
      "title": "Kessa",
      "kind": "capital",
      "lat_deg": 11,
      "lon_deg": 3.123
    }
  },
  "links": {
    "10": {
      "from": "1",
      "to": "2",
      "km": 100.5,
      "speed_kmh": 60,
      "capacity_trucks_per_day": 14400
    },
    "11": {
      "from": "2",
      "to": "3",
      "surface": "unpaved",
      "one_way": true,
      "km": 192.9,
      "confidence": "assumed",
      "note": "1.3 times the straight line; range 1.1 to 1.6 times"
    }
  }
}
$ printf 'dataset_name,short_length,long_length,speed,crs\nx,ft,mile,mph,EPSG:4326\n' > $T/config.csv; printf 'from,to,length,free_speed\na,b,10,50\n' > $T/l.csv; shortfall network --import $T/l.csv --import $T/config.csv | grep -e km
      "km": 16.09344,
      "speed_kmh": 80.4672
$ shortfall network --import $T/l.csv --length-unit m --speed-unit m/s | grep -e km
      "km": 0.01,
      "speed_kmh": 180
$ shortfall network --import $T/l.csv --length-unit furlong
"furlong" is no unit of "length" that is known here
1 mistake; nothing was written
[exit 3]
$ printf 'id;x\n1;caf\351\n' > $T/bad.csv; shortfall network --import $T/bad.csv
$T/bad.csv:2: the file is not UTF-8 (the byte is E9): it was probably saved as Windows-1252 or UTF-16; save it again as "CSV UTF-8"
1 mistake; nothing was written
[exit 3]
$ printf 'id,from,to,km,km\n"a,x,y,3,4\n' > $T/bad.csv; printf 'id,lat_deg,lon_deg,kind\na,95,1,town\na,NaN,"1,5",city\nb,0x10,inf,boat\n' > $T/bad2.csv; shortfall network --import $T/bad.csv --import $T/bad2.csv
$T/bad.csv:1: the column "km" is there twice
$T/bad.csv:2: a quote is opened and never closed
$T/bad2.csv:2: the position is not in degrees; write longitude and latitude (EPSG:4326), not metres
$T/bad2.csv:2: lat_deg is 95; expected -90 to 90
$T/bad2.csv:3: the id "a" is there already
$T/bad2.csv:4: kind is "boat"; expected port|refinery|border|town|city|depot|capital|junction
$T/bad2.csv:4: lat_deg is "0x10"; expected a number
$T/bad2.csv:4: lon_deg is "inf"; expected a number
8 mistakes; nothing was written
[exit 3]
$ printf 'from;to;km\na;b;1,5\nb;c;1.234\n' > $T/bad.csv; shortfall network --import $T/bad.csv
$T/bad.csv:3: km is "1.234"; expected a number, with one decimal sign and the same throughout
1 mistake; nothing was written
[exit 3]
$ printf 'from,to,km\n' > $T/bad.csv; shortfall network --import $T/bad.csv
$T/bad.csv: the table has no rows below its header
1 mistake; nothing was written
[exit 3]
$ printf 'id,x_coord,y_coord\na,250000,1400000\n' > $T/bad.csv; shortfall network --import $T/bad.csv
$T/bad.csv:2: the position is not in degrees; write longitude and latitude (EPSG:4326), not metres
$T/bad.csv:2: lat_deg is 1400000; expected -90 to 90
$T/bad.csv:2: lon_deg is 250000; expected -180 to 180
3 mistakes; nothing was written
[exit 3]
$ printf '%s' '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"port","kind":"port"},"geometry":{"type":"Point","coordinates":[0,10]}},{"type":"Feature","properties":{"name":"Coast road"},"geometry":{"type":"LineString","coordinates":[[0.001,10.001],[1,10.2],[2,10]]}},{"type":"Feature","properties":{"name":"N2"},"geometry":{"type":"MultiLineString","coordinates":[[[2.0003,10.0],[3,10]],[[3,10.0001],[4,11]]]}}]}' > $T/map.geojson; shortfall network --import $T/map.geojson
Assumed: lines that name no ends: 3, joined at places within 0.50 km; places made where they end: 3
Assumed: 3 links have no km: measured along their lines (great circles)
{
  "format": 1,
  "sources": {},
  "zones": {},
  "nodes": {
    "port": {
      "kind": "port",
      "lat_deg": 10,
      "lon_deg": 0
    },
    "place-1": {
      "kind": "junction",
      "lat_deg": 10,
      "lon_deg": 2,
      "note": "made where a line on the map ends"
    },
    "place-2": {
      "kind": "junction",
      "lat_deg": 10,
      "lon_deg": 3,
      "note": "made where a line on the map ends"
    },
    "place-3": {
      "kind": "junction",
      "lat_deg": 11,
      "lon_deg": 4,
      "note": "made where a line on the map ends"
    }
  },
  "links": {
    "port-place-1": {
      "title": "Coast road",
      "from": "port",
      "to": "place-1",
      "km": 223.3,
      "confidence": "derived",
      "note": "length measured along the line on the map"
    },
    "place-1-place-2": {
      "title": "N2",
      "from": "place-1",
      "to": "place-2",
      "km": 109.5,
      "confidence": "derived",
      "note": "length measured along the line on the map"
    },
    "place-2-place-3": {
      "title": "N2",
      "from": "place-2",
      "to": "place-3",
      "km": 155.9,
      "confidence": "derived",
      "note": "length measured along the line on the map"
    }
  }
}
$ printf '%s' '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"port","kind":"port"},"geometry":{"type":"Point","coordinates":[0,10]}},{"type":"Feature","properties":{"name":"Coast road"},"geometry":{"type":"LineString","coordinates":[[0.001,10.001],[1,10.2],[2,10]]}},{"type":"Feature","properties":{"name":"N2"},"geometry":{"type":"MultiLineString","coordinates":[[[2,10]],[[3,10.0001],[3,10.0002]]]}}]}' > $T/map.geojson; shortfall network --import $T/map.geojson
$T/map.geojson:1: the geometry is no line of two positions in longitude and latitude
$T/map.geojson:1: both ends of the line are at "place-2"; is it shorter than the distance of --join-km?
$T/map.geojson:1: the row has no id
3 mistakes; nothing was written
[exit 3]
$ shortfall network --import $T/map.geojson --join-km 0
shortfall network: --join-km takes more than 0, at most 100
Try: shortfall network --help
[exit 2]
