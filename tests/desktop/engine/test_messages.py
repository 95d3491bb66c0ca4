import pytest

from desktop.engine.messages import AudioSettings


@pytest.mark.parametrize("frames", [15, 16385])
def test_a_block_that_no_device_takes_is_refused(frames: int) -> None:
    with pytest.raises(ValueError, match=f"16..16384, got {frames}"):
        AudioSettings(block_frames=frames)


@pytest.mark.parametrize("latency_s", [0.0, -1.0, 2.1, float("nan")])
def test_a_latency_that_makes_no_sense_is_refused(latency_s: float) -> None:
    with pytest.raises(ValueError, match="latency_s must be"):
        AudioSettings(latency_s=latency_s)
