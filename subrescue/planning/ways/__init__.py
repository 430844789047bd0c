"""The ways of an asset to the datum: by own ship, by road, by air, by air-drop; the best of all of them."""
