"""What a song sounds like, in one place, for the export and for the audio engine.

A stem is what a track plays after its fader and balance; the mix is the sum of the stems of the
tracks that are heard. Stems lie on a grid of 24 bits, so the sum is exact in any order below
+6 dBFS, in 32-bit floats as in 64; above it, the order of the tracks is the order of summing.

One thing is heard that no stem holds: the sketch, notes that have no take yet. The engine lets a
synth play them for orientation, through the fader of their track, until a take is in their place.
"""
