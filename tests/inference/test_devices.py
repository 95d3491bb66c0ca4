from pathlib import Path

import onnxruntime as ort  # type: ignore[import-untyped]
import pytest

from inference.errors import DeviceError
from inference.pack import load_pack
from inference.sessions import PROVIDERS, Net, choose_device, has_nvidia_driver


def test_the_cpu_is_there_without_any_fallback(tiny_pack: Path) -> None:
    device = choose_device(load_pack(tiny_pack), "cpu", 1)
    assert (device.name, device.provider, device.fallbacks) == ("cpu", "CPUExecutionProvider", ())


def test_auto_takes_a_device_that_works_and_says_why_others_do_not(tiny_pack: Path) -> None:
    pack = load_pack(tiny_pack)
    device = choose_device(pack, "auto", 1)
    assert Net(pack, "decoder", device).providers[0] == device.provider
    tried = [fallback.device for fallback in device.fallbacks]
    built_in = [name for name in PROVIDERS if PROVIDERS[name] in ort.get_available_providers()]
    assert [*tried, device.name] == built_in[: len(tried) + 1]
    assert all(fallback.reason for fallback in device.fallbacks)


def test_a_device_that_this_build_lacks_is_a_clear_error(
    tiny_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ort, "get_available_providers", lambda: ["CPUExecutionProvider"])
    with pytest.raises(DeviceError, match=r"'cuda' cannot be used: this build .* try auto or cpu"):
        choose_device(load_pack(tiny_pack), "cuda")


def test_a_machine_without_an_nvidia_driver_hears_just_that(
    tiny_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ort, "get_available_providers", lambda: list(PROVIDERS.values()))
    monkeypatch.setattr("inference.sessions.has_nvidia_driver", lambda: False)
    with pytest.raises(DeviceError, match="there is no NVIDIA driver; try auto or cpu"):
        choose_device(load_pack(tiny_pack), "cuda")


def test_a_driver_is_there_when_its_library_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("ctypes.CDLL", asked.append)
    assert has_nvidia_driver()
    assert len(asked) == 1


@pytest.mark.parametrize(("device", "threads"), [("toaster", 1), ("cpu", 0)])
def test_nonsense_is_refused(tiny_pack: Path, device: str, threads: int) -> None:
    with pytest.raises(DeviceError, match="must be"):
        choose_device(load_pack(tiny_pack), device, threads)


@pytest.mark.parametrize("threads", [-1, 0, 10**6])
def test_a_number_of_threads_that_no_machine_has_is_refused(tiny_pack: Path, threads: int) -> None:
    with pytest.raises(DeviceError, match=rf"threads must be in 1\.\.1024, got {threads}"):
        choose_device(load_pack(tiny_pack), "cpu", threads)
