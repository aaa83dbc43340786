"""What a mistyped word may have meant."""

import pytest

from app.core.spelling import Known

NAMES = [
    "Raman spectrometer", "طیف‌سنج رامان", "Scanning electron microscope", "میکروسکوپ الکترونی",
    "X-ray diffractometer", "LabRAM HR", "BET", "کارگاه برق",
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("ramna", "Raman", id="two letters swapped"),
        pytest.param("rman", "Raman", id="a letter too few"),
        pytest.param("raaman", "Raman", id="a letter too many"),
        pytest.param("spectormetre", "spectrometer", id="two slips in a long word"),
        pytest.param("microscpoe", "microscope", id="in the middle"),
        pytest.param("spectorm", "spectrometer", id="not typed to the end"),
        pytest.param("رمان", "رامان", id="Persian"),
        pytest.param("طیفسنچ", "طیف‌سنج", id="without the half-space"),
        pytest.param("ميکرسکوپ", "میکروسکوپ", id="from an Arabic keyboard"),
        pytest.param("ramna spectrometer", "Raman spectrometer", id="what is right stays"),
        pytest.param("ramna zzzzzzz", "Raman", id="what resembles nothing is left out"),
    ],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    assert Known(NAMES).mended(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("raman", id="known"),
        pytest.param("spectro", id="known as far as it goes"),
        pytest.param("raman microscope", id="known, if of different things"),
        pytest.param("bat", id="too short to guess"),
        pytest.param("centrifuge", id="resembles nothing"),
        pytest.param("rammmna", id="too many slips"),
        pytest.param("", id="nothing"),
        pytest.param("- / .", id="no word"),
    ],
)
def test_nothing_is_made_up(typed: str) -> None:
    assert Known(NAMES).mended(typed) is None


def test_who_knows_no_word_mends_none() -> None:
    assert Known([]).mended("ramna") is None
