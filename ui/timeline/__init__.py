"""The timeline: ruler, track headers, clips and regions."""
