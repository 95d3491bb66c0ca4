"""The rules of tests/conftest.py, each broken on purpose in a test run of its own."""

from pathlib import Path

import pytest
from hypothesis import Phase, settings

pytest_plugins = ["pytester"]
RULES = Path(__file__).with_name("conftest.py")

THREAD = """
import threading
def test_leaves_a_thread():
    threading.Timer(0.3, print).start()
"""
PROCESS = """
import subprocess, sys
def test_leaves_a_process():
    test_leaves_a_process.child = subprocess.Popen([sys.executable, "-c", "input()"],
                                                   stdin=subprocess.PIPE)
"""
NETWORK = """
import socket
def test_looks_a_name_up():
    socket.getaddrinfo("example.org", 80)
"""
QUIET = """
import socket, subprocess, sys, threading
def test_cleans_up():
    thread = threading.Thread(target=print)
    thread.start()
    thread.join()
    subprocess.run([sys.executable, "-c", ""], check=True)
    socket.getaddrinfo("localhost", 80)
"""


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (THREAD, "threads left running"),
        (PROCESS, "processes left running"),
        (NETWORK, "must not use the network"),
    ],
    ids=["thread", "process", "network"],
)
def test_a_broken_rule_fails_the_test(pytester: pytest.Pytester, body: str, complaint: str) -> None:
    pytester.makeconftest(RULES.read_text("utf-8").replace("GRACE_S = 2.0", "GRACE_S = 0.01"))
    pytester.makepyfile(body)
    result = pytester.runpytest_inprocess()
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines([f"*{complaint}*"])


def test_a_test_that_cleans_up_passes(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(RULES.read_text("utf-8"))
    pytester.makepyfile(QUIET)
    pytester.runpytest_inprocess().assert_outcomes(passed=1)


@pytest.mark.parametrize("profile", ["same_each_time", "explore"])
def test_failing_examples_are_not_explained_at_length(profile: str) -> None:
    assert Phase.explain not in settings.get_profile(profile).phases
