"""Positions of ships from AIS: NMEA 0183 sentences from a file, over TCP or UDP, hostile until they are parsed.

`listening.Listener` is the way in: source, sentences, reports, tracks, journal.
"""
