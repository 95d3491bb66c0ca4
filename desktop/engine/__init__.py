"""The audio engine: a process of its own that plays the song; the window steers it by `client`.

The clock (`transport`) says block by block what sounds, `mixer` puts it together as
`desktop.mixing` says, `device` writes it to PortAudio. `readers` decodes takes ahead of time, so
that the thread that writes never waits for a file; `synth` sounds notes that have no take.
"""
