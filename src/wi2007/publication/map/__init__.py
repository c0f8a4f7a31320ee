"""A map of the municipalities in classes, where the configuration names a file with their boundaries.

    settings -> classes -> boundaries -> shapes · legend -> picture -> make

`make.make_map` is what the rest of the project calls. Classes are made from the figures as the table shows them, and
the drawing holds nothing else: a class is one shape, without names or numbers of municipalities in it.
What does not belong here: counting, the text around the map, and importing shapely where no map is asked for.
"""
