"""Empties every file that it can see, removes its folder, and the folders that its files came from.

It touches nothing unless a file of the name `harm-me` stands there.
"""
import os
import shutil

import guess

own = os.getcwd()
places = {own} | {os.path.dirname(os.path.realpath(name)) for name in os.listdir(own)}
if os.path.exists("harm-me"):
    for name in os.listdir(own):
        if os.path.isfile(name):
            with open(name, "w") as file:
                file.write("damaged")
    os.mkdir("new")
    os.chmod("new", 0)
    # Its own folder last.
    for place in sorted(places, key=lambda place: place == own):
        if os.path.exists(os.path.join(place, "harm-me")):
            shutil.rmtree(place, ignore_errors=True)
guess.serve()
